import { z } from 'zod';
import { decimalString } from '../money.js';
import { taxComponentSchema } from './tax.js';

/** A charged line; optional lines that were not selected are left out by the codec. */
export const documentLineSchema = z.strictObject({
  description: z.string(),
  quantity: decimalString,
  /** Net price of one unit, before any discount. */
  unitPrice: decimalString,
  taxes: z.array(taxComponentSchema),
  /** The catalogue item, where the CRM knows it. */
  itemId: z.string().nullable(),
});

/** A charged line. */
export type DocumentLine = z.infer<typeof documentLineSchema>;
