import { z } from 'zod';
import { isoDate } from '../dates.js';
import { currencyCode, decimalString } from '../money.js';
import { documentLineSchema } from './document-line.js';

/** A sales invoice, in our neutral form; prices exclude tax; amounts are as the CRM stores them. */
export const invoiceSchema = z.strictObject({
  id: z.string().min(1),
  /** The number printed on the document; null while it is a draft without one. */
  number: z.string().nullable(),
  /** The customer's own reference, such as a purchase order. */
  reference: z.string().nullable(),
  customerId: z.string().min(1),
  date: isoDate,
  dueDate: isoDate.nullable(),
  currency: currencyCode,
  /** Paid and overdue are derived, so they are no statuses here. */
  status: z.enum(['draft', 'open', 'cancelled']),
  /** Whether the customer was given it, as the CRM says. Xero is told so; nobody is sent anything. */
  sent: z.boolean(),
  lines: z.array(documentLineSchema),
  /** Whether the discount was taken before tax (and so lowers it) or off the taxed total. */
  discountTiming: z.enum(['before-tax', 'after-tax']),
  /** The whole discount of the document, positive. */
  discountTotal: decimalString,
  /** A signed amount without tax. */
  adjustment: decimalString,
  /** Σ of the lines before any discount. */
  subtotal: decimalString,
  totalTax: decimalString,
  /** The truth: what the customer was asked to pay. */
  total: decimalString,
  paid: decimalString,
  /** What credit notes took off. */
  credited: decimalString,
});

/** A sales invoice. */
export type Invoice = z.infer<typeof invoiceSchema>;
