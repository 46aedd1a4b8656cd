import { z } from 'zod';
import { isoDate } from '../dates.js';
import { currencyCode, decimalString } from '../money.js';
import { taxComponentSchema } from './tax.js';

/** A purchase that was paid at once, in our neutral form: one amount, no lines. */
export const expenseSchema = z.strictObject({
  id: z.string().min(1),
  /** What people call it; null where the CRM has only a category. */
  name: z.string().nullable(),
  note: z.string().nullable(),
  /** The receipt's number. */
  reference: z.string().nullable(),
  /** The CRM's expense category. */
  categoryId: z.string().min(1),
  categoryName: z.string(),
  /** Whom it was paid to; null: the CRM does not know, and the configured supplier is taken. */
  vendorId: z.string().nullable(),
  date: isoDate,
  currency: currencyCode,
  /** Net of tax; each tax is computed on it by itself. */
  amount: decimalString,
  taxes: z.array(taxComponentSchema),
  /** Net plus taxes, each tax rounded once to cents. */
  total: decimalString,
  /** The CRM's payment mode; null where none was chosen. */
  modeId: z.string().nullable(),
});

/** A purchase that was paid at once. */
export type Expense = z.infer<typeof expenseSchema>;
