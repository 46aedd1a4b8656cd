import { randomBytes } from 'node:crypto';
import type { Invoice } from '@sync/domain';
import { INVOICE } from '../codecs/statuses.js';
import { logInvoiceActivity } from './activity.js';
import { refreshInvoiceStatus } from './derived-status.js';
import { insertLines, lockDocument, replaceLines } from './document-lines.js';
import { AMOUNT_FIELDS, amountColumns, ownerColumns } from './document-values.js';
import { takeNumber } from './next-number.js';
import { allowedPaymentModes } from './payment-modes.js';
import { perfexLine } from './perfex-text.js';
import { amountsFor } from './perfex-totals.js';
import { refused } from './refusal.js';
import { insertRow, updateRow, type Values } from './rows.js';
import { storableLine } from './storable-line.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** Invoices. They are never deleted: what is void in Xero is cancelled here. */
export const invoiceWriter: Writer<'invoices'> = {
  rights: {
    invoices: ['INSERT', 'UPDATE'],
    itemable: ['INSERT', 'UPDATE', 'DELETE'],
    item_tax: ['INSERT', 'UPDATE', 'DELETE'],
    options: ['UPDATE'],
    sales_activity: ['INSERT'],
  },
  lock: (session, rowId) => lockDocument(session, 'invoices', { relType: 'invoice', rowId }),
  create,
  update,
};

async function create(session: WriteSession, record: Invoice): Promise<string> {
  refuseDraft(record);
  const number = await takeNumber(session, 'invoices', record.date);
  const lines = record.lines.map(storableLine);
  const rowId = await insertRow(session, 'invoices', {
    ...number,
    ...(await ownerColumns(session, record)),
    ...amountColumns(amountsFor(lines, record)),
    ...(await standardColumns(session, record)),
    date: record.date,
    duedate: record.dueDate,
  });
  await insertLines(session, { relType: 'invoice', rowId }, lines);
  await refreshInvoiceStatus(session, rowId);
  await logInvoiceActivity(session, rowId, 'Made from an invoice in Xero');
  return String(rowId);
}

/** What a new invoice has besides what Xero says. Reminders are off: the customer may have known the invoice for long. */
async function standardColumns(session: WriteSession, record: Invoice): Promise<Values> {
  const { number, reference, status } = record;
  const origin = [number, reference].filter((part) => part !== null).join(', ');
  return {
    status: status === 'cancelled' ? INVOICE.cancelled : INVOICE.unpaid,
    sent: status === 'cancelled' ? 1 : 0,
    datecreated: session.now.dateTime,
    hash: randomBytes(16).toString('hex'),
    adminnote: perfexLine(origin === '' ? 'From Xero' : `From Xero: ${origin}`),
    allowed_payment_modes: await allowedPaymentModes(session),
    cancel_overdue_reminders: 1,
    include_shipping: 0,
    show_quantity_as: 1,
    addedfrom: 0,
  };
}

/** The number stays: Perfex has numbered the invoice, whatever Xero calls it. */
async function update(session: WriteSession, change: Change<'invoices'>): Promise<string> {
  const { rowId, was, record, differs } = change;
  refuseDraft(record);
  const cancelled = record.status === 'cancelled' && differs('status');
  const lines = record.lines.map(storableLine);
  const values = {
    ...(differs('customerId', 'currency') ? await ownerColumns(session, record) : {}),
    ...(differs('date') ? { date: record.date } : {}),
    ...(differs('dueDate') ? { duedate: record.dueDate } : {}),
    ...(differs(...AMOUNT_FIELDS) ? amountColumns(amountsFor(lines, record)) : {}),
    ...(cancelled ? { status: INVOICE.cancelled, sent: 1 } : {}),
    ...(differs('status') && !cancelled ? { status: INVOICE.unpaid } : {}),
  };
  await updateRow(session, 'invoices', { id: rowId, values });
  if (differs('lines')) {
    await replaceLines(session, { relType: 'invoice', rowId }, { was: was.lines, lines: record.lines });
  }
  await refreshInvoiceStatus(session, rowId);
  if (Object.keys(values).length > 0 || differs('lines')) {
    await logInvoiceActivity(
      session,
      rowId,
      cancelled ? 'Cancelled, as in Xero' : 'Changed to what Xero says',
    );
  }
  return String(rowId);
}

function refuseDraft({ status }: Invoice): void {
  if (status === 'draft') throw refused('it is a draft in Xero');
}
