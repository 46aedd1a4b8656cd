import { decimal } from '@sync/domain';
import { CREDIT_NOTE, INVOICE } from '../codecs/statuses.js';
import type { WriteSession } from './write-session.js';

/** What the status of an invoice follows from. */
export interface InvoiceFacts {
  status: number;
  total: string;
  dueDate: string | null;
  /** Payments and applied credits together. */
  settled: string;
}

/**
 * The status by Perfex's rule: draft and cancelled stay; an invoice of which something is paid is never overdue, however
 * late; nothing to pay is paid.
 */
export function invoiceStatus({ status, total, dueDate, settled }: InvoiceFacts, today: string): number {
  if (status === INVOICE.cancelled || status === INVOICE.draft) return status;
  if (decimal(settled).gte(total)) return INVOICE.paid;
  if (decimal(settled).gt(0)) return INVOICE.partlyPaid;
  const late = dueDate !== null && !dueDate.startsWith('0000') && dueDate < today;
  return late ? INVOICE.overdue : INVOICE.unpaid;
}

/** Brings the status of an invoice up to date with its payments and applied credits. */
export async function refreshInvoiceStatus(session: WriteSession, invoiceId: number): Promise<void> {
  const { query, run, tables, now } = session;
  const paid = `select sum(amount) from ${tables('invoicepaymentrecords')} where invoiceid = i.id`;
  const credited = `select sum(amount) from ${tables('credits')} where invoice_id = i.id`;
  const [facts] = await query<InvoiceFacts>(
    `select i.status, i.total, i.duedate as dueDate, coalesce((${paid}), 0) + coalesce((${credited}), 0) as settled
     from ${tables('invoices')} i where i.id = ?`,
    [invoiceId],
  );
  if (!facts) return;
  const status = invoiceStatus(facts, now.date);
  if (status !== facts.status) {
    await run(`update ${tables('invoices')} set status = ? where id = ?`, [status, invoiceId]);
  }
}

/** Brings the status of a credit note up to date: closed once it is used up; void stays. */
export async function refreshCreditNoteStatus(session: WriteSession, creditNoteId: number): Promise<void> {
  const { query, run, tables } = session;
  const applied = `select sum(amount) from ${tables('credits')} where credit_id = n.id`;
  const refunded = `select sum(amount) from ${tables('creditnote_refunds')} where credit_note_id = n.id`;
  const [note] = await query<{ status: number; total: string; used: string }>(
    `select n.status, n.total, coalesce((${applied}), 0) + coalesce((${refunded}), 0) as used
     from ${tables('creditnotes')} n where n.id = ?`,
    [creditNoteId],
  );
  if (!note || note.status === CREDIT_NOTE.void) return;
  const status = decimal(note.used).gte(note.total) ? CREDIT_NOTE.closed : CREDIT_NOTE.open;
  if (status !== note.status) {
    await run(`update ${tables('creditnotes')} set status = ? where id = ?`, [status, creditNoteId]);
  }
}
