import { z } from 'zod';
import { decimalString } from '../money.js';
import { taxComponentSchema } from './tax.js';

/** Something that is sold, in our neutral form. */
export const itemSchema = z.strictObject({
  id: z.string().min(1),
  /** The CRM's own code or SKU; null when it has none, and one is derived from the id. */
  code: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  /** Net price of one unit. */
  unitPrice: decimalString,
  taxes: z.array(taxComponentSchema),
});

/** Something that is sold. */
export type Item = z.infer<typeof itemSchema>;
