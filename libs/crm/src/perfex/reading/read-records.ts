import { type CrmEntity, SyncError } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import type { Decoded } from '../codecs/decoded.js';
import { readCreditApplications, readCreditNotes, readRefunds } from './read-credit-notes.js';
import { readCustomers, readVendors } from './read-customers.js';
import { readExpenses } from './read-expenses.js';
import { readInvoices } from './read-invoices.js';
import { readItems } from './read-items.js';
import { readPayments } from './read-payments.js';
import { readPurchaseOrders } from './read-purchase-orders.js';
import { readTaxes, readTaxSet } from './read-taxes.js';
import { rowIdOf } from './row-id.js';
import type { PerfexSession } from './session.js';

/** How many ids one read may ask for. */
const MOST_IDS = 200;

type Reader<E extends CrmEntity> = (
  session: PerfexSession,
  ids: readonly number[],
) => Promise<Map<number, Decoded<E>>>;

const READERS: { readonly [E in CrmEntity]: Reader<E> } = {
  taxes: readTaxes,
  customers: readCustomers,
  vendors: readVendors,
  items: readItems,
  invoices: readInvoices,
  'credit-notes': readCreditNotes,
  'credit-applications': readCreditApplications,
  payments: readPayments,
  refunds: readRefunds,
  expenses: readExpenses,
  'purchase-orders': readPurchaseOrders,
};

/** Not missing: of a module that was taken out, nothing says that its records are gone. */
const NO_TABLES = 'its tables are not in the database, or the database user may not read them';

/** One reading for each id. What is no id of Perfex is missing; a row that cannot be read spoils none of the others. */
export async function readRecords<E extends CrmEntity>(
  session: PerfexSession,
  entity: E,
  ids: readonly string[],
): Promise<CrmReading<E>[]> {
  if (!session.schema.entities.includes(entity)) {
    return ids.map((id) => ({ id, state: 'invalid', reason: NO_TABLES }));
  }
  const rowIds = ids.map(rowIdOf).filter((id) => id !== null);
  const decoded: Map<number, Decoded<E>> = rowIds.length === 0
    ? new Map()
    : await READERS[entity](session, rowIds);
  return ids.map((id) => {
    const reading = decoded.get(rowIdOf(id) ?? 0);
    return reading === undefined ? unread(entity, id) : ({ id, ...reading } as CrmReading<E>);
  });
}

/** Refuses what would make one query too big. */
export function refuseTooManyIds(ids: readonly string[]): void {
  if (ids.length > MOST_IDS) {
    throw new SyncError('bug', `At most ${MOST_IDS} records can be read at once, not ${ids.length}.`);
  }
}

function unread<E extends CrmEntity>(entity: E, id: string): CrmReading<E> {
  const set = entity === 'taxes' ? readTaxSet(id) : null;
  return (set ?? { id, state: 'missing' }) as CrmReading<E>;
}
