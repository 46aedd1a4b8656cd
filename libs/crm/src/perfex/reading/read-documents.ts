import type { DocumentRow, DocumentRows } from '../codecs/document.js';
import type { LineRow, LineTaxRow } from '../codecs/document-line.js';
import type { PerfexTable } from '../table-names.js';
import { groupBy } from './group-by.js';
import { columnOrNull, type PerfexSession } from './session.js';

/** A kind of document whose lines lie in the table of lines. */
export interface DocumentKind {
  table: Extract<PerfexTable, 'invoices' | 'creditnotes'>;
  /** How lines and line taxes name the kind. */
  relType: 'invoice' | 'credit_note';
}

/** The columns that invoices and credit notes share, as SQL. `d` is the document, `currency` its currency. */
export function documentColumns(session: PerfexSession, table: DocumentKind['table']): string {
  return `d.id, d.clientid as customerId, d.number, d.prefix, d.number_format as numberFormat,
    ${columnOrNull(session, table, 'formatted_number')} as formattedNumber, d.datecreated as createdAt, d.date,
    currency.name as currencyName, d.subtotal, d.total_tax as totalTax, d.total, d.adjustment,
    d.discount_total as discountTotal, d.discount_type as discountType, d.status`;
}

/** Adds to documents their charged lines and the lines' taxes. */
export async function withLines<Row extends DocumentRow>(
  session: PerfexSession,
  relType: DocumentKind['relType'],
  headers: readonly Row[],
): Promise<DocumentRows<Row>[]> {
  if (headers.length === 0) return [];
  const ids = headers.map(({ id }) => id);
  const lines = groupBy(await lineRows(session, relType, ids), ({ documentId }) => documentId);
  const taxes = groupBy(await lineTaxRows(session, relType, ids), ({ documentId }) => documentId);
  return headers.map((header) => ({
    header,
    lines: lines.get(header.id) ?? [],
    lineTaxes: taxes.get(header.id) ?? [],
  }));
}

/** Charged lines in their order; one that was offered as an option and not chosen is not charged. */
export function lineRows(
  session: PerfexSession,
  relType: DocumentKind['relType'],
  ids: readonly number[],
): Promise<LineRow[]> {
  const { query, tables, schema } = session;
  const charged = schema.has('itemable', 'is_optional') ? 'and (is_optional = 0 or is_selected = 1)' : '';
  return query<LineRow>(
    `select id, rel_id as documentId, description, long_description as longDescription, qty as quantity, rate
     from ${tables('itemable')} where rel_id in (?) and rel_type = ? ${charged}
     order by rel_id, item_order, id`,
    [ids, relType],
  );
}

function lineTaxRows(
  { query, tables }: PerfexSession,
  relType: string,
  ids: readonly number[],
): Promise<LineTaxRow[]> {
  return query<LineTaxRow>(
    `select id, itemid as lineId, rel_id as documentId, taxname as name, taxrate as rate
     from ${tables('item_tax')} where rel_id in (?) and rel_type = ? order by id`,
    [ids, relType],
  );
}
