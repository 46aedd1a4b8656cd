import type { Decoded } from '../codecs/decoded.js';
import { decodeInvoice, type InvoiceRow } from '../codecs/invoice.js';
import { readSettings } from '../settings.js';
import { documentColumns, withLines } from './read-documents.js';
import type { PerfexSession } from './session.js';

/** Reads invoices with their charged lines, the lines' taxes, and what was paid and credited. */
export async function readInvoices(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'invoices'>>> {
  const settings = await readSettings(session.query, session.tables);
  const documents = await withLines(session, 'invoice', await headerRows(session, ids));
  return new Map(documents.map((rows) => [rows.header.id, decodeInvoice(rows, settings)]));
}

function headerRows(session: PerfexSession, ids: readonly number[]): Promise<InvoiceRow[]> {
  const { query, tables } = session;
  return query<InvoiceRow>(
    `select ${documentColumns(session, 'invoices')}, d.duedate as dueDate, d.sent,
       (select coalesce(sum(amount), 0.00) from ${tables('invoicepaymentrecords')} where invoiceid = d.id) as paid,
       coalesce(credit.amount, 0.00) as credited
     from ${tables('invoices')} d
     left join ${tables('currencies')} currency on currency.id = d.currency
     left join (
       select invoice_id, sum(amount) as amount from ${tables('credits')} where invoice_id in (?) group by invoice_id
     ) credit on credit.invoice_id = d.id
     where d.id in (?)`,
    [ids, ids],
  );
}
