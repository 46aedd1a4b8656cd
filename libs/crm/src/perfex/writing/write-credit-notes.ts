import type { CreditNote } from '@sync/domain';
import { CREDIT_NOTE } from '../codecs/statuses.js';
import { refreshCreditNoteStatus } from './derived-status.js';
import { insertLines, lockDocument, replaceLines } from './document-lines.js';
import { AMOUNT_FIELDS, amountColumns, ownerColumns } from './document-values.js';
import { takeNumber } from './next-number.js';
import { perfexLine } from './perfex-text.js';
import { amountsFor } from './perfex-totals.js';
import { refused } from './refusal.js';
import { insertRow, updateRow } from './rows.js';
import { storableLine } from './storable-line.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** Credit notes. They are never deleted: what is void in Xero is void here, if nothing of it was used. */
export const creditNoteWriter: Writer<'credit-notes'> = {
  rights: {
    creditnotes: ['INSERT', 'UPDATE'],
    itemable: ['INSERT', 'UPDATE', 'DELETE'],
    item_tax: ['INSERT', 'UPDATE', 'DELETE'],
    options: ['UPDATE'],
  },
  lock: (session, rowId) => lockDocument(session, 'creditnotes', { relType: 'credit_note', rowId }),
  create,
  update,
};

async function create(session: WriteSession, record: CreditNote): Promise<string> {
  const number = await takeNumber(session, 'credit-notes', record.date);
  const lines = record.lines.map(storableLine);
  const rowId = await insertRow(session, 'creditnotes', {
    ...number,
    ...(await ownerColumns(session, record)),
    ...amountColumns(amountsFor(lines, record)),
    status: record.status === 'void' ? CREDIT_NOTE.void : CREDIT_NOTE.open,
    date: record.date,
    datecreated: session.now.dateTime,
    reference_no: perfexLine(record.reference),
    adminnote: perfexLine(record.number === null ? 'From Xero' : `From Xero: ${record.number}`),
    include_shipping: 0,
    show_quantity_as: 1,
    addedfrom: 0,
  });
  await insertLines(session, { relType: 'credit_note', rowId }, lines);
  await refreshCreditNoteStatus(session, rowId);
  return String(rowId);
}

async function update(session: WriteSession, change: Change<'credit-notes'>): Promise<string> {
  const { rowId, was, record, differs } = change;
  const lines = record.lines.map(storableLine);
  const values = {
    ...(differs('customerId', 'currency') ? await ownerColumns(session, record) : {}),
    ...(differs('date') ? { date: record.date } : {}),
    ...(differs('reference') ? { reference_no: perfexLine(record.reference) } : {}),
    ...(differs(...AMOUNT_FIELDS) ? amountColumns(amountsFor(lines, record)) : {}),
    ...(differs('status') ? { status: await statusOf(session, rowId, record) } : {}),
  };
  await updateRow(session, 'creditnotes', { id: rowId, values });
  if (differs('lines')) {
    await replaceLines(session, { relType: 'credit_note', rowId }, { was: was.lines, lines: record.lines });
  }
  await refreshCreditNoteStatus(session, rowId);
  return String(rowId);
}

/** Perfex lets nobody make a note void of which something was used. */
async function statusOf(
  { query, tables }: WriteSession,
  rowId: number,
  { status }: CreditNote,
): Promise<number> {
  if (status !== 'void') return CREDIT_NOTE.open;
  const [used] = await query(
    `select 1 from ${tables('credits')} where credit_id = ?
     union all select 1 from ${tables('creditnote_refunds')} where credit_note_id = ? limit 1`,
    [rowId, rowId],
  );
  if (used)
    throw refused('a part of the credit note was applied or refunded, so that it cannot be made void');
  return CREDIT_NOTE.void;
}
