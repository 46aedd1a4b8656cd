import { save } from '../booking.js';
import { nextNumber } from '../numbers.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { type Desk, findRecord } from './desk.js';
import { withFields } from './merge.js';
import { readFields } from './read-fields.js';

/** Changes fields of a record, or something small of it where none are given. Returns its id. */
export function editRecord<E extends CrmEntity>(
  desk: Desk,
  entity: E,
  id: string | undefined,
  fields: unknown,
): string {
  const record = findRecord(desk, entity, id, (one) => !('status' in one) || one.status === 'open');
  const changed = withFields(entity, record, readFields(entity, fields ?? SMALL[entity](desk)));
  save(desk, entity, numbered(desk, changed));
  return record.id;
}

/** Something small, as people change it. */
const SMALL: { [E in CrmEntity]: (desk: Desk) => Partial<CrmRecords[E]> } = {
  taxes: () => ({}),
  customers: ({ random }) => ({ phone: random.fill('+1 503 555 01##') }),
  vendors: ({ random }) => ({ phone: random.fill('+1 503 555 01##') }),
  items: ({ random }) => ({ price: random.fill('##.##') }),
  invoices: ({ random }) => ({ reference: random.fill('PO-#####') }),
  'credit-notes': ({ random }) => ({ reference: random.fill('RMA-####') }),
  'credit-applications': () => ({}),
  payments: ({ random }) => ({ transactionId: random.fill('TRX ########') }),
  refunds: ({ random }) => ({ transactionId: random.fill('RF ######') }),
  expenses: ({ random }) => ({ reference: random.fill('R-######') }),
  'purchase-orders': ({ random }) => ({ reference: random.fill('Q-####') }),
};

/** An invoice that was a draft gets a number when it is opened. */
function numbered<T extends object>(desk: Desk, record: T): T {
  const unnumbered = 'number' in record && record.number === null;
  const issued = 'status' in record && record.status !== 'draft';
  return unnumbered && issued ? { ...record, number: nextNumber(desk.books, 'invoices') } : record;
}
