import { decodeInvoice, type InvoiceRow } from '../codecs/invoice.js';
import type { LineRow, LineTaxRow } from '../codecs/invoice-line.js';
import type { Decoded } from '../codecs/decoded.js';
import { readSettings } from '../settings.js';
import { columnOrNull, type PerfexSession } from './session.js';

/** Reads invoices with their charged lines, the lines' taxes, and what was paid and credited. */
export async function readInvoices(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'invoices'>>> {
  const settings = await readSettings(session.query, session.tables);
  const headers = await headerRows(session, ids);
  const lines = byInvoice(await lineRows(session, ids));
  const taxes = byInvoice(await lineTaxRows(session, ids));
  return new Map(
    headers.map((header) => [
      header.id,
      decodeInvoice(
        { header, lines: lines.get(header.id) ?? [], lineTaxes: taxes.get(header.id) ?? [] },
        settings,
      ),
    ]),
  );
}

function byInvoice<Row extends { invoiceId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.invoiceId) ?? [];
    group.push(row);
    groups.set(row.invoiceId, group);
  }
  return groups;
}

function headerRows(session: PerfexSession, ids: readonly number[]): Promise<InvoiceRow[]> {
  const { query, tables } = session;
  return query<InvoiceRow>(
    `select i.id, i.clientid as customerId, i.number, i.prefix, i.number_format as numberFormat,
       ${columnOrNull(session, 'invoices', 'formatted_number')} as formattedNumber, i.datecreated as createdAt,
       i.date, i.duedate as dueDate, currency.name as currencyName, i.subtotal, i.total_tax as totalTax, i.total,
       i.adjustment, i.discount_total as discountTotal, i.discount_type as discountType, i.status,
       (select coalesce(sum(amount), 0.00) from ${tables('invoicepaymentrecords')} where invoiceid = i.id) as paid,
       coalesce(credit.amount, 0.00) as credited
     from ${tables('invoices')} i
     left join ${tables('currencies')} currency on currency.id = i.currency
     left join (
       select invoice_id, sum(amount) as amount from ${tables('credits')} where invoice_id in (?) group by invoice_id
     ) credit on credit.invoice_id = i.id
     where i.id in (?)`,
    [ids, ids],
  );
}

/** A line that was offered as an option and not chosen is not charged. */
function lineRows(session: PerfexSession, ids: readonly number[]): Promise<LineRow[]> {
  const { query, tables, schema } = session;
  const charged = schema.has('itemable', 'is_optional') ? 'and (is_optional = 0 or is_selected = 1)' : '';
  return query<LineRow>(
    `select id, rel_id as invoiceId, description, long_description as longDescription, qty as quantity, rate
     from ${tables('itemable')} where rel_id in (?) and rel_type = 'invoice' ${charged}
     order by rel_id, item_order, id`,
    [ids],
  );
}

function lineTaxRows({ query, tables }: PerfexSession, ids: readonly number[]): Promise<LineTaxRow[]> {
  return query<LineTaxRow>(
    `select id, itemid as lineId, rel_id as invoiceId, taxname as name, taxrate as rate
     from ${tables('item_tax')} where rel_id in (?) and rel_type = 'invoice' order by id`,
    [ids],
  );
}
