import {
  type CreditApplicationRow,
  decodeCreditApplication,
  decodeRefund,
  type RefundRow,
} from '../codecs/credit-use.js';
import { type CreditNoteRow, decodeCreditNote } from '../codecs/credit-note.js';
import type { Decoded } from '../codecs/decoded.js';
import { readSettings } from '../settings.js';
import { documentColumns, withLines } from './read-documents.js';
import type { PerfexSession } from './session.js';

/** Reads credit notes with their charged lines, the lines' taxes, and what was applied and refunded. */
export async function readCreditNotes(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'credit-notes'>>> {
  const settings = await readSettings(session.query, session.tables);
  const documents = await withLines(session, 'credit_note', await headerRows(session, ids));
  return new Map(documents.map((rows) => [rows.header.id, decodeCreditNote(rows, settings)]));
}

/** Neither applications nor refunds have an index by note: both are summed up in one pass. */
function headerRows(session: PerfexSession, ids: readonly number[]): Promise<CreditNoteRow[]> {
  const { query, tables } = session;
  const used = (table: string, note: string): string =>
    `(select ${note} as id, sum(amount) as amount from ${table} where ${note} in (?) group by ${note})`;
  return query<CreditNoteRow>(
    `select ${documentColumns(session, 'creditnotes')}, d.reference_no as reference,
       coalesce(applied.amount, 0.00) as applied, coalesce(refunded.amount, 0.00) as refunded
     from ${tables('creditnotes')} d
     left join ${tables('currencies')} currency on currency.id = d.currency
     left join ${used(tables('credits'), 'credit_id')} applied on applied.id = d.id
     left join ${used(tables('creditnote_refunds'), 'credit_note_id')} refunded on refunded.id = d.id
     where d.id in (?)`,
    [ids, ids, ids],
  );
}

/** Reads what of credit notes was applied to invoices; the currency is that of the note. */
export async function readCreditApplications(
  { query, tables }: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'credit-applications'>>> {
  const rows = await query<CreditApplicationRow>(
    `select a.id, a.credit_id as creditNoteId, a.invoice_id as invoiceId, a.amount, a.date,
       a.date_applied as recordedAt, note.id is not null as creditNoteExists,
       invoice.id is not null as invoiceExists, currency.name as currencyName
     from ${tables('credits')} a
     left join ${tables('creditnotes')} note on note.id = a.credit_id
     left join ${tables('invoices')} invoice on invoice.id = a.invoice_id
     left join ${tables('currencies')} currency on currency.id = note.currency
     where a.id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodeCreditApplication(row)]));
}

/** Reads what of credit notes was paid back; the currency is that of the note. */
export async function readRefunds(
  { query, tables }: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'refunds'>>> {
  const rows = await query<RefundRow>(
    `select r.id, r.credit_note_id as creditNoteId, r.amount, r.refunded_on as date, r.created_at as recordedAt,
       r.payment_mode as mode, note.id is not null as creditNoteExists, currency.name as currencyName
     from ${tables('creditnote_refunds')} r
     left join ${tables('creditnotes')} note on note.id = r.credit_note_id
     left join ${tables('currencies')} currency on currency.id = note.currency
     where r.id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodeRefund(row)]));
}
