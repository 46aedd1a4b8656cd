import { z } from 'zod';
import { wireDay, wireMoment, wireNumber, wireText } from './wire-values.js';

const lineWire = z.object({
  Description: wireText,
  Quantity: wireNumber.nullish(),
  UnitAmount: wireNumber.nullish(),
  LineAmount: wireNumber.nullish(),
  TaxAmount: wireNumber.nullish(),
  TaxType: wireText,
  AccountCode: wireText,
  ItemCode: wireText,
});

/** A line, as Xero sends it. */
export type LineWire = z.infer<typeof lineWire>;

/** What is read of an invoice. */
export const invoiceWire = z.object({
  Type: wireText,
  InvoiceID: z.string(),
  InvoiceNumber: wireText,
  Reference: wireText,
  Url: wireText,
  Contact: z.object({ ContactID: wireText }).nullish(),
  Date: wireDay,
  DueDate: wireDay,
  Status: wireText,
  CurrencyCode: wireText,
  LineItems: z.array(lineWire).nullish(),
  TotalTax: wireNumber.nullish(),
  Total: wireNumber.nullish(),
  AmountDue: wireNumber.nullish(),
  AmountPaid: wireNumber.nullish(),
  AmountCredited: wireNumber.nullish(),
  UpdatedDateUTC: wireMoment,
});

/** An invoice, as Xero sends it. */
export type InvoiceWire = z.infer<typeof invoiceWire>;
