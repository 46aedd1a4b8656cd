import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';

/** What was taken from a credit note, with the note's currency. */
interface CreditUseRow {
  id: number;
  creditNoteId: number;
  amount: string;
  /** `YYYY-MM-DD`, the CRM's local day. */
  date: string;
  recordedAt: string | null;
  creditNoteExists: number;
  currencyName: string | null;
}

/** A part of a credit note that pays for an invoice. */
export interface CreditApplicationRow extends CreditUseRow {
  invoiceId: number;
  invoiceExists: number;
}

/** Money paid back for a credit note. */
export interface RefundRow extends CreditUseRow {
  mode: string;
}

const NO_CODE = 'the currency of its credit note is no ISO code such as USD';

/** Found whatever became of note and invoice, as long as both exist. */
export function decodeCreditApplication(row: CreditApplicationRow): Decoded<'credit-applications'> {
  if (row.creditNoteExists === 0) return invalid(`its credit note ${row.creditNoteId} does not exist`);
  if (row.invoiceExists === 0) return invalid(`its invoice ${row.invoiceId} does not exist`);
  const currency = currencyOf(row.currencyName);
  if (currency === null) return invalid(NO_CODE);
  const { date, amount } = row;
  return found(
    'credit-applications',
    {
      id: String(row.id),
      creditNoteId: String(row.creditNoteId),
      invoiceId: String(row.invoiceId),
      date,
      amount,
      currency,
    },
    birthMark(row.recordedAt),
  );
}

/** Perfex keeps no transaction id of a refund; its note is for people. */
export function decodeRefund(row: RefundRow): Decoded<'refunds'> {
  if (row.creditNoteExists === 0) return invalid(`its credit note ${row.creditNoteId} does not exist`);
  const modeId = row.mode.trim();
  if (modeId === '') return invalid('it has no payment mode');
  const currency = currencyOf(row.currencyName);
  if (currency === null) return invalid(NO_CODE);
  const { date, amount } = row;
  return found(
    'refunds',
    {
      id: String(row.id),
      creditNoteId: String(row.creditNoteId),
      date,
      amount,
      currency,
      modeId,
      reference: null,
    },
    birthMark(row.recordedAt),
  );
}
