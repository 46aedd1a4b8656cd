import { z } from 'zod';
import type { CrmEntity, CrmRecords } from '../records.js';
import { ActError } from './request.js';

const text = z.string().nullable();
const amount = z.string().regex(/^-?\d{1,12}\.\d{2}$/, 'must be a decimal string with two decimals');
const day = z.iso.date();
const tax = z.strictObject({ name: z.string(), rate: amount });
const person = z.strictObject({ firstName: text, lastName: text, email: text });
const address = z.strictObject({ street: text, city: text, region: text, postalCode: text, country: text });
const line = z.strictObject({
  itemId: text,
  description: z.string(),
  quantity: amount,
  price: amount,
  taxes: z.array(tax),
});
const discount = z.strictObject({
  timing: z.enum(['before_tax', 'after_tax']),
  percent: amount.nullable(),
  total: amount,
});

const FIELDS = {
  taxes: tax,
  customers: z.strictObject({
    company: text,
    contact: person.nullable(),
    otherContacts: z.array(person),
    phone: text,
    taxNumber: text,
    currency: text,
    billingAddress: address.nullable(),
    address: address.nullable(),
    active: z.boolean(),
  }),
  items: z.strictObject({
    code: text,
    name: z.string(),
    description: text,
    price: amount,
    taxes: z.array(tax),
  }),
  invoices: z.strictObject({
    number: text,
    reference: text,
    customerId: z.string(),
    date: day,
    dueDate: day.nullable(),
    currency: z.string(),
    status: z.enum(['draft', 'open', 'cancelled']),
    lines: z.array(line),
    discount: discount.nullable(),
    adjustment: amount,
    subtotal: amount,
    totalTax: amount,
    total: amount,
    paid: amount,
    credited: amount,
  }),
  payments: z.strictObject({
    invoiceId: z.string(),
    date: day,
    amount,
    currency: z.string(),
    mode: z.string(),
    transactionId: text,
  }),
} as const;

/** The fields of an entity that an act may give; others are refused with a sentence. */
export function readFields<E extends CrmEntity>(entity: E, fields: unknown): Partial<CrmRecords[E]> {
  const result = FIELDS[entity].partial().safeParse(fields ?? {});
  if (!result.success) throw new ActError(400, `fields: ${z.prettifyError(result.error)}`);
  // The schema of each entity is that of its record without id and stamps; zod's types lose the link to E.
  return result.data as Partial<CrmRecords[E]>;
}
