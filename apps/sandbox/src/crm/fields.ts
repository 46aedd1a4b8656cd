import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { CrmEntity } from './records.js';

const text = z.string().nullable();
const amount = decimal(2);
const number = decimal(4);
const day = z.iso.date();
const tax = z.object({ name: z.string().min(1), rate: number });
const taxes = z.array(tax);
const known = text.default(null);
const person = z.object({ firstName: known, lastName: known, email: known });
const address = z.object({ street: known, city: known, region: known, postalCode: known, country: known });
const line = z.object({
  itemId: known,
  description: known.transform((given) => given ?? ''),
  quantity: number,
  price: number,
  taxes: taxes.default([]),
});
const orderLine = line.extend({ discount: amount.default('0.00') });
const orderDiscount = z.object({ percent: number.nullable().default(null), total: amount });
const discount = orderDiscount.extend({ timing: z.enum(['before_tax', 'after_tax']) });

const contact = z.strictObject({
  company: text,
  contact: person.nullable(),
  otherContacts: z.array(person),
  phone: text,
  taxNumber: text,
  currency: text,
  billingAddress: address.nullable(),
  address: address.nullable(),
  active: z.boolean(),
});

const totals = { subtotal: amount, totalTax: amount, total: amount };
const document = {
  number: text,
  reference: text,
  customerId: z.string(),
  date: day,
  currency: z.string(),
  lines: z.array(line),
  discount: discount.nullable(),
  adjustment: amount,
  ...totals,
};
const settlement = { date: day, amount, currency: z.string() };
const money = { mode: z.string(), transactionId: text };

/** The fields of each entity that can be given, besides its id and stamps; amounts come out with two decimals. */
export const FIELDS = {
  taxes: z.strictObject(tax.shape),
  customers: contact,
  vendors: contact,
  items: z.strictObject({ code: text, name: z.string(), description: text, price: number, taxes }),
  invoices: z.strictObject({
    ...document,
    dueDate: day.nullable(),
    status: z.enum(['draft', 'open', 'cancelled']),
    sent: z.boolean().optional(),
    paid: amount,
    credited: amount,
  }),
  'credit-notes': z.strictObject({
    ...document,
    status: z.enum(['open', 'void']),
    applied: amount,
    refunded: amount,
  }),
  'credit-applications': z.strictObject({ creditNoteId: z.string(), invoiceId: z.string(), ...settlement }),
  payments: z.strictObject({ invoiceId: z.string(), ...settlement, ...money }),
  refunds: z.strictObject({ creditNoteId: z.string(), ...settlement, ...money }),
  expenses: z.strictObject({
    name: text,
    note: text,
    reference: text,
    categoryId: z.string(),
    categoryName: z.string(),
    vendorId: text,
    date: day,
    currency: z.string(),
    amount,
    taxes,
    total: amount,
    mode: text,
  }),
  'purchase-orders': z.strictObject({
    number: text,
    reference: text,
    vendorId: z.string(),
    date: day,
    deliveryDate: day.nullable(),
    currency: z.string(),
    status: z.enum(['open', 'approved', 'rejected', 'cancelled']),
    lines: z.array(orderLine),
    discount: orderDiscount.nullable(),
    shippingFee: amount,
    ...totals,
  }),
} as const satisfies Record<CrmEntity, z.ZodObject>;

/** A decimal string of so many decimals at most; it comes out with two at least. */
function decimal(digits: 2 | 4) {
  return z
    .string()
    .regex(
      digits === 2 ? /^-?\d{1,12}(\.\d{1,2})?$/ : /^-?\d{1,12}(\.\d{1,4})?$/,
      `must be a decimal string with at most ${digits} decimals`,
    )
    .transform((given) => {
      const exact = new Decimal(given);
      return exact.toFixed(Math.max(2, exact.decimalPlaces()));
    });
}
