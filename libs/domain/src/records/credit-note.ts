import { z } from 'zod';
import { isoDate } from '../dates.js';
import { currencyCode, decimalString } from '../money.js';
import { documentLineSchema } from './document-line.js';

/** What a customer is credited, in our neutral form; prices exclude tax; every amount is positive, as it is printed. */
export const creditNoteSchema = z.strictObject({
  id: z.string().min(1),
  /** The number printed on the document. */
  number: z.string().nullable(),
  reference: z.string().nullable(),
  customerId: z.string().min(1),
  date: isoDate,
  currency: currencyCode,
  /** Whether it is used up follows from applications and refunds, so it is no status here. */
  status: z.enum(['open', 'void']),
  lines: z.array(documentLineSchema),
  discountTiming: z.enum(['before-tax', 'after-tax']),
  /** The whole discount of the document, positive. */
  discountTotal: decimalString,
  /** A signed amount without tax. */
  adjustment: decimalString,
  /** Σ of the lines before any discount. */
  subtotal: decimalString,
  totalTax: decimalString,
  /** The truth: what the customer was credited. */
  total: decimalString,
  /** What of it was applied to invoices. */
  applied: decimalString,
  /** What of it was paid back. */
  refunded: decimalString,
});

/** What a customer is credited. */
export type CreditNote = z.infer<typeof creditNoteSchema>;

/** A part of a credit note that pays for an invoice: an allocation in Xero. */
export const creditApplicationSchema = z.strictObject({
  id: z.string().min(1),
  creditNoteId: z.string().min(1),
  invoiceId: z.string().min(1),
  date: isoDate,
  amount: decimalString,
  currency: currencyCode,
});

/** A part of a credit note that pays for an invoice. */
export type CreditApplication = z.infer<typeof creditApplicationSchema>;

/** Money paid back for a credit note. */
export const refundSchema = z.strictObject({
  id: z.string().min(1),
  creditNoteId: z.string().min(1),
  date: isoDate,
  amount: decimalString,
  currency: currencyCode,
  /** The CRM's payment mode: a row's id or a gateway's name. */
  modeId: z.string().min(1),
  reference: z.string().nullable(),
});

/** Money paid back for a credit note. */
export type Refund = z.infer<typeof refundSchema>;
