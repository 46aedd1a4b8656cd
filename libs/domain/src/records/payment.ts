import { z } from 'zod';
import { isoDate } from '../dates.js';
import { currencyCode, decimalString } from '../money.js';

/** Money received for one invoice, in the invoice's currency. */
export const paymentSchema = z.strictObject({
  id: z.string().min(1),
  invoiceId: z.string().min(1),
  date: isoDate,
  amount: decimalString,
  currency: currencyCode,
  /** The CRM's payment mode: a row's id or a gateway's name. */
  modeId: z.string().min(1),
  /** The bank's or gateway's transaction id. */
  reference: z.string().nullable(),
});

/** Money received for one invoice. */
export type Payment = z.infer<typeof paymentSchema>;
