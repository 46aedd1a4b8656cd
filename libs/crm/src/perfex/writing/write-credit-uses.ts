import { type CreditApplication, money, type Refund } from '@sync/domain';
import { CREDIT_NOTE } from '../codecs/statuses.js';
import { logInvoiceActivity } from './activity.js';
import { refreshCreditNoteStatus, refreshInvoiceStatus } from './derived-status.js';
import { lockParent } from './parents.js';
import { refused } from './refusal.js';
import { insertRow, updateRow, type Values } from './rows.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** What of credit notes pays for invoices; the statuses of both follow. */
export const creditApplicationWriter: Writer<'credit-applications'> = {
  rights: {
    credits: ['INSERT', 'UPDATE', 'DELETE'],
    invoices: ['UPDATE'],
    creditnotes: ['UPDATE'],
    sales_activity: ['INSERT'],
  },
  lock: async ({ query, tables }, rowId) => {
    await query(
      `select c.id from ${tables('credits')} c left join ${tables('invoices')} i on i.id = c.invoice_id
       left join ${tables('creditnotes')} n on n.id = c.credit_id where c.id = ? for update`,
      [rowId],
    );
  },
  create: async (session, record) => {
    const parents = await lockBoth(session, record);
    const rowId = await insertRow(session, 'credits', {
      ...(await applicationValues(session, record)),
      staff_id: 0,
      date_applied: session.now.dateTime,
    });
    await applied(session, parents, `Credit of ${money(record.amount)} ${record.currency} applied in Xero`);
    return String(rowId);
  },
  update: async (session, { rowId, was, record }) => {
    const parents = [await lockBoth(session, was), await lockBoth(session, record)];
    await updateRow(session, 'credits', { id: rowId, values: await applicationValues(session, record) });
    for (const one of parents) await applied(session, one, 'Applied credit changed to what Xero says');
    return String(rowId);
  },
  remove: async (session, rowId, was) => {
    const parents = await lockBoth(session, was);
    await session.run(`delete from ${session.tables('credits')} where id = ?`, [rowId]);
    await applied(session, parents, 'Applied credit taken off, as in Xero');
  },
};

interface Parents {
  invoice: number;
  creditNote: number;
}

async function lockBoth(session: WriteSession, record: CreditApplication): Promise<Parents> {
  const invoice = await lockParent(session, 'invoices', record.invoiceId);
  return { invoice, creditNote: await lockParent(session, 'credit-notes', record.creditNoteId) };
}

async function applicationValues(session: WriteSession, record: CreditApplication): Promise<Values> {
  await refuseVoid(session, record.creditNoteId);
  const { invoiceId, creditNoteId, date, amount } = record;
  return { invoice_id: Number(invoiceId), credit_id: Number(creditNoteId), date, amount: money(amount) };
}

async function applied(session: WriteSession, parents: Parents, activity: string): Promise<void> {
  await refreshInvoiceStatus(session, parents.invoice);
  await refreshCreditNoteStatus(session, parents.creditNote);
  await logInvoiceActivity(session, parents.invoice, activity);
}

/** What of credit notes was paid back. */
export const refundWriter: Writer<'refunds'> = {
  rights: { creditnote_refunds: ['INSERT', 'UPDATE', 'DELETE'], creditnotes: ['UPDATE'] },
  lock: async ({ query, tables }, rowId) => {
    await query(
      `select r.id from ${tables('creditnote_refunds')} r
       left join ${tables('creditnotes')} n on n.id = r.credit_note_id where r.id = ? for update`,
      [rowId],
    );
  },
  create: async (session, record, key) => {
    const creditNote = await lockParent(session, 'credit-notes', record.creditNoteId);
    await refuseVoid(session, record.creditNoteId);
    const rowId = await insertRow(session, 'creditnote_refunds', {
      ...refundValues(record),
      staff_id: 0,
      note: record.reference ?? key,
      created_at: session.now.dateTime,
    });
    await refreshCreditNoteStatus(session, creditNote);
    return String(rowId);
  },
  update: updateRefund,
  remove: async (session, rowId, { creditNoteId }) => {
    const creditNote = await lockParent(session, 'credit-notes', creditNoteId);
    await session.run(`delete from ${session.tables('creditnote_refunds')} where id = ?`, [rowId]);
    await refreshCreditNoteStatus(session, creditNote);
  },
};

async function updateRefund(
  session: WriteSession,
  { rowId, was, record }: Change<'refunds'>,
): Promise<string> {
  const notes = [was, record].map(({ creditNoteId }) => creditNoteId);
  const creditNotes: number[] = [];
  for (const note of notes) creditNotes.push(await lockParent(session, 'credit-notes', note));
  await refuseVoid(session, record.creditNoteId);
  await updateRow(session, 'creditnote_refunds', { id: rowId, values: refundValues(record) });
  for (const creditNote of new Set(creditNotes)) await refreshCreditNoteStatus(session, creditNote);
  return String(rowId);
}

function refundValues({ creditNoteId, date, amount, modeId }: Refund): Values {
  return {
    credit_note_id: Number(creditNoteId),
    refunded_on: date,
    payment_mode: modeId,
    amount: money(amount),
  };
}

async function refuseVoid({ query, tables }: WriteSession, creditNoteId: string): Promise<void> {
  const [note] = await query<{ status: number }>(`select status from ${tables('creditnotes')} where id = ?`, [
    creditNoteId,
  ]);
  if (note?.status === CREDIT_NOTE.void) throw refused('its credit note is void in Perfex');
}
