import { z } from 'zod';
import { wireDay, wireMoment, wireNumber, wireText } from '../wire-values.js';

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

/** What is read of whatever has lines. */
export const documentWire = z.object({
  Type: wireText,
  Reference: wireText,
  Contact: z.object({ ContactID: wireText }).nullish(),
  Date: wireDay,
  Status: wireText,
  CurrencyCode: wireText,
  LineAmountTypes: wireText,
  LineItems: z.array(lineWire).nullish(),
  TotalTax: wireNumber.nullish(),
  Total: wireNumber.nullish(),
  UpdatedDateUTC: wireMoment,
});

/** Whatever has lines, as Xero sends it. */
export type DocumentWire = z.infer<typeof documentWire>;
