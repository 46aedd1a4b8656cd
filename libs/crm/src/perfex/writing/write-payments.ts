import { decimal, money, type Payment } from '@sync/domain';
import { currencyOf } from '../codecs/currency.js';
import { INVOICE } from '../codecs/statuses.js';
import { logInvoiceActivity } from './activity.js';
import { refreshInvoiceStatus } from './derived-status.js';
import { lockParent } from './parents.js';
import { perfexLine } from './perfex-text.js';
import { refused } from './refusal.js';
import { insertRow, updateRow } from './rows.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** Payments. Perfex mails receipts from its own form only; here nobody gets one. */
export const paymentWriter: Writer<'payments'> = {
  rights: {
    invoicepaymentrecords: ['INSERT', 'UPDATE', 'DELETE'],
    invoices: ['UPDATE'],
    sales_activity: ['INSERT'],
  },
  lock: async ({ query, tables }, rowId) => {
    await query(
      `select p.id from ${tables('invoicepaymentrecords')} p
       left join ${tables('invoices')} i on i.id = p.invoiceid where p.id = ? for update`,
      [rowId],
    );
  },
  create,
  update,
  remove: async (session, rowId, { invoiceId }) => {
    const invoice = await lockParent(session, 'invoices', invoiceId);
    await session.run(`delete from ${session.tables('invoicepaymentrecords')} where id = ?`, [rowId]);
    await settled(session, invoice, 'Payment taken out, as in Xero');
  },
};

async function create(session: WriteSession, record: Payment, key: string): Promise<string> {
  const invoice = await payableInvoice(session, record);
  const rowId = await insertRow(session, 'invoicepaymentrecords', {
    invoiceid: invoice,
    amount: money(record.amount),
    paymentmode: record.modeId,
    paymentmethod: '',
    date: record.date,
    daterecorded: session.now.dateTime,
    note: '',
    transactionid: perfexLine(record.reference) ?? key,
  });
  await settled(session, invoice, `Payment of ${money(record.amount)} ${record.currency} recorded in Xero`);
  return String(rowId);
}

async function update(session: WriteSession, change: Change<'payments'>): Promise<string> {
  const { rowId, was, record, differs } = change;
  const before = await lockParent(session, 'invoices', was.invoiceId);
  const invoice = await payableInvoice(session, record);
  const values = {
    ...(differs('invoiceId') ? { invoiceid: invoice } : {}),
    ...(differs('amount') ? { amount: money(record.amount) } : {}),
    ...(differs('modeId') ? { paymentmode: record.modeId } : {}),
    ...(differs('date') ? { date: record.date } : {}),
    ...(differs('reference') ? { transactionid: perfexLine(record.reference) } : {}),
  };
  await updateRow(session, 'invoicepaymentrecords', { id: rowId, values });
  for (const one of new Set([before, invoice])) {
    await settled(session, one, 'Payment changed to what Xero says');
  }
  return String(rowId);
}

/** An invoice that can be paid with this: a payment is in the currency of its invoice, and a draft has no number yet. */
async function payableInvoice(session: WriteSession, record: Payment): Promise<number> {
  const invoice = await lockParent(session, 'invoices', record.invoiceId);
  if (decimal(record.amount).lte(0)) throw refused('its amount is not above zero');
  const { query, tables } = session;
  const [row] = await query<{ status: number; currencyName: string | null }>(
    `select i.status, c.name as currencyName from ${tables('invoices')} i
     left join ${tables('currencies')} c on c.id = i.currency where i.id = ?`,
    [invoice],
  );
  if (row?.status === INVOICE.draft) throw refused('its invoice is a draft in Perfex');
  if (currencyOf(row?.currencyName ?? null) === record.currency) return invoice;
  throw refused(`it is in ${record.currency}, and its invoice in Perfex is not`);
}

async function settled(session: WriteSession, invoice: number, activity: string): Promise<void> {
  await refreshInvoiceStatus(session, invoice);
  await logInvoiceActivity(session, invoice, activity);
}
