import { plainLine } from '../../plain-text.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';

/** A payment with the currency of its invoice. */
export interface PaymentRow {
  id: number;
  invoiceId: number;
  amount: string;
  mode: string | null;
  /** `YYYY-MM-DD`, the CRM's local day. */
  date: string;
  recordedAt: string;
  transactionId: string | null;
  /** Null when the invoice does not exist, or its currency does not. */
  currencyName: string | null;
  invoiceExists: number;
}

/** A payment is found whatever became of its invoice: what that means is decided where both sides are known. */
export function decodePayment(row: PaymentRow): Decoded<'payments'> {
  if (row.invoiceExists === 0) return invalid(`its invoice ${row.invoiceId} does not exist`);
  const modeId = row.mode?.trim() ?? '';
  if (modeId === '') return invalid('it has no payment mode');
  const currency = currencyOf(row.currencyName);
  if (currency === null) return invalid('the currency of its invoice is no ISO code such as USD');
  return found(
    'payments',
    {
      id: String(row.id),
      invoiceId: String(row.invoiceId),
      date: row.date,
      amount: row.amount,
      currency,
      modeId,
      reference: plainLine(row.transactionId),
    },
    birthMark(row.recordedAt),
  );
}
