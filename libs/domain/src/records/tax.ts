import { z } from 'zod';
import { decimalString } from '../money.js';

/** One tax: its name and its rate in percent. */
export const taxComponentSchema = z.strictObject({ name: z.string().min(1), rate: decimalString });

/** A set of taxes that a line can carry. Its id is its key (`taxSetKey`), whatever row of the CRM it came from. */
export const taxSchema = z.strictObject({
  id: z.string().min(1),
  components: z.array(taxComponentSchema).min(1),
});

/** A set of taxes. */
export type Tax = z.infer<typeof taxSchema>;
