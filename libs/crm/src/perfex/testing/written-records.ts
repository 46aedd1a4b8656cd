import type {
  CanonicalRecord,
  CreditNote,
  Customer,
  CrmEntity,
  Expense,
  Invoice,
  Payment,
} from '@sync/domain';
import type { CrmPort, CrmWriteResult } from '@sync/engine';
import { UNHURRIED } from './open-perfex.js';

/** A customer as it comes from Xero. */
export const CUSTOMER: Customer = {
  id: '',
  name: 'Newcomer Ltd',
  firstName: 'Nina',
  lastName: 'Newman',
  email: 'nina@newcomer.example',
  phone: '+1 555 0900',
  taxNumber: 'US-900',
  currency: 'EUR',
  billingAddress: {
    lines: ['PO Box 9', 'Dock 4'],
    city: 'Chicago',
    region: 'Illinois',
    postalCode: '60601',
    country: 'United States',
  },
  streetAddress: { lines: ['9 Quay'], city: 'Kiel', region: null, postalCode: '24103', country: 'Germany' },
  people: [{ firstName: 'Otto', lastName: 'Other', email: 'otto@newcomer.example' }],
  active: true,
};

/** An invoice as it comes from Xero: three lines whose taxes Xero rounds one by one, Perfex once. */
export const INVOICE: Invoice = {
  id: '',
  number: 'XI-0077',
  reference: 'PO 4711',
  customerId: '1',
  date: '2026-10-20',
  dueDate: '2026-11-20',
  currency: 'USD',
  status: 'open',
  lines: [1, 2, 3].map((place) => ({
    description: `Hour ${place}\nby day`,
    quantity: '1',
    unitPrice: '25.01',
    taxes: [{ name: 'VAT', rate: '20' }],
    itemId: null,
  })),
  discountTiming: 'before-tax',
  discountTotal: '0',
  adjustment: '0',
  subtotal: '75.03',
  totalTax: '15.00',
  total: '90.03',
  paid: '0',
  credited: '0',
};

/** A credit note as it comes from Xero. */
export const CREDIT_NOTE: CreditNote = {
  id: '',
  number: 'XCN-5',
  reference: 'RMA-9',
  customerId: '1',
  date: '2026-10-21',
  currency: 'USD',
  status: 'open',
  lines: [
    {
      description: 'Return',
      quantity: '1',
      unitPrice: '50.00',
      taxes: [{ name: 'VAT', rate: '20' }],
      itemId: null,
    },
  ],
  discountTiming: 'before-tax',
  discountTotal: '0',
  adjustment: '0',
  subtotal: '50.00',
  totalTax: '10.00',
  total: '60.00',
  applied: '0',
  refunded: '0',
};

/** A payment as it comes from Xero. */
export const PAYMENT: Payment = {
  id: '',
  invoiceId: '1',
  date: '2026-10-22',
  amount: '290.00',
  currency: 'USD',
  modeId: '1',
  reference: 'WIRE-99',
};

/** An expense as it comes from Xero. */
export const EXPENSE: Expense = {
  id: '',
  name: 'Stamps',
  note: 'For letters\nand parcels',
  reference: 'R-99',
  categoryId: '2',
  categoryName: 'Office & stationery',
  vendorId: '1',
  date: '2026-10-23',
  currency: 'USD',
  amount: '33.33',
  taxes: [
    { name: 'VAT', rate: '20' },
    { name: 'City', rate: '5' },
  ],
  total: '41.67',
  modeId: '1',
};

/** Writes a new record under a key of its own, unless told. */
export async function create<E extends CrmEntity>(
  crm: CrmPort,
  entity: E,
  record: CanonicalRecord<E>,
  key = `key-of-${entity}`,
): Promise<CrmWriteResult<E>> {
  return only(await crm.write(entity, [{ key, crmId: null, record, was: null }], UNHURRIED));
}

let changes = 0;

/** Changes fields of a record, from what the CRM holds now or from `was`. */
export async function change<E extends CrmEntity>(
  crm: CrmPort,
  entity: E,
  {
    id,
    to,
    was,
    key = `change-${(changes += 1)}`,
  }: {
    id: string;
    to: Partial<CanonicalRecord<E>>;
    was?: CanonicalRecord<E>;
    key?: string;
  },
): Promise<CrmWriteResult<E>> {
  const before = was ?? (await recordOf(crm, entity, id));
  const write = { key, crmId: id, record: { ...before, ...to }, was: before };
  return only(await crm.write(entity, [write], UNHURRIED));
}

/** What the CRM holds. */
export async function recordOf<E extends CrmEntity>(
  crm: CrmPort,
  entity: E,
  id: string,
): Promise<CanonicalRecord<E>> {
  const [reading] = await crm.read(entity, [id], UNHURRIED);
  if (reading?.state !== 'found') throw new Error(`${entity} ${id} is ${reading?.state ?? 'not answered'}.`);
  return reading.record;
}

/** The id under which a new record was written. */
export function idOf<E extends CrmEntity>(result: CrmWriteResult<E>): string {
  if (result.state !== 'written') throw new Error(`expected a record, got ${JSON.stringify(result)}`);
  return result.reading.id;
}

function only<T>(results: readonly T[]): T {
  const [result] = results;
  if (result === undefined || results.length > 1) throw new Error(`${results.length} results`);
  return result;
}
