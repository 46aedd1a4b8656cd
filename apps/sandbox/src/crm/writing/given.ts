import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FIELDS } from '../fields.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { WriteRefusal } from './refusal.js';

/** What the CRM computes by itself, whatever is sent. */
const DERIVED = ['subtotal', 'totalTax', 'total', 'paid', 'credited', 'applied', 'refunded', 'categoryName'];

const NOBODY = {
  company: null,
  contact: null,
  otherContacts: [],
  phone: null,
  taxNumber: null,
  currency: null,
  billingAddress: null,
  address: null,
  active: true,
};
const SALE = { number: null, reference: null, discount: null, adjustment: '0.00' };

/** What a new record holds where nothing is given. */
const BLANKS: Record<CrmEntity, object> = {
  taxes: {},
  customers: NOBODY,
  vendors: NOBODY,
  items: { code: null, description: null, taxes: [] },
  invoices: { ...SALE, dueDate: null, status: 'open', paid: '0.00', credited: '0.00' },
  'credit-notes': { ...SALE, status: 'open', applied: '0.00', refunded: '0.00' },
  'credit-applications': {},
  payments: { transactionId: null },
  refunds: { transactionId: null },
  expenses: { name: null, note: null, reference: null, vendorId: null, taxes: [], mode: null },
  'purchase-orders': {
    number: null,
    reference: null,
    deliveryDate: null,
    status: 'open',
    discount: null,
    shippingFee: '0.00',
  },
};

/** The fields that a write gives, in the CRM's own form; what the CRM does not know or derives is left out. */
export function readGiven<E extends CrmEntity>(entity: E, record: object): Partial<CrmRecords[E]> {
  const known = Object.entries(record).filter(([field]) => !DERIVED.includes(field));
  return parse(z.object(FIELDS[entity].partial().shape), Object.fromEntries(known));
}

/** The record before, or a blank one, with the fields that a write gives; refused where one is missing. */
export function completed<E extends CrmEntity>(
  entity: E,
  before: CrmRecords[E] | Pick<CrmRecords[E], 'id' | 'createdAt' | 'updatedAt'>,
  given: Partial<CrmRecords[E]>,
): CrmRecords[E] {
  const record = { ...BLANKS[entity], ...before, ...given };
  const required = Object.entries(FIELDS[entity].shape).filter(([field]) => !DERIVED.includes(field));
  parse(z.object(Object.fromEntries(required)), record);
  return record as CrmRecords[E];
}

/** Whether a record holds these fields already. */
export function holds(record: object, fields: object): boolean {
  const own: Record<string, unknown> = { ...record };
  return Object.entries(fields).every(
    ([field, value]) => !(field in own) || isDeepStrictEqual(own[field], value ?? null),
  );
}

function parse<T>(schema: z.ZodType, value: object): T {
  const parsed = schema.safeParse(value);
  // The schema of each entity is that of its record; zod's types lose the link to the entity.
  if (parsed.success) return parsed.data as T;
  const [issue] = parsed.error.issues;
  throw new WriteRefusal(
    'invalid-field',
    `"${issue?.path.join('.')}" ${issue?.message ?? 'is not understood'}.`,
  );
}
