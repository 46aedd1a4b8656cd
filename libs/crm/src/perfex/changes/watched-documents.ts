import { CREDIT_NOTE, INVOICE } from '../codecs/statuses.js';
import type { DocumentKind } from '../reading/read-documents.js';
import type { PerfexSession } from '../reading/session.js';
import { columnsOf, type WatchedEntity, type WatchedRows } from './watched.js';

const BY_HAND = `${INVOICE.cancelled}, ${INVOICE.draft}`;
const AMOUNTS = 'subtotal total_tax total adjustment discount_total discount_type';

/**
 * Payments are left out: what is paid is derived, and a payment is a record of its own. For the same reason the status
 * only counts where it is set by hand: draft and cancelled.
 */
export function watchedInvoices(session: PerfexSession): WatchedEntity {
  const rows = header(session, 'invoices', 'datecreated date duedate');
  return [
    { ...rows, values: [...rows.values, 'c.name', `if(r.status in (${BY_HAND}), r.status, 1)`] },
    ...lines(session, 'invoice'),
    {
      from: `${session.tables('credits')} r`,
      recordId: 'r.invoice_id',
      values: columnsOf('id invoice_id amount'),
    },
  ];
}

/** Applications and refunds are records of their own, and whether a note is used up follows from them. */
export function watchedCreditNotes(session: PerfexSession): WatchedEntity {
  const rows = header(session, 'creditnotes', 'datecreated date reference_no');
  return [
    { ...rows, values: [...rows.values, 'c.name', `r.status = ${CREDIT_NOTE.void}`] },
    ...lines(session, 'credit_note'),
  ];
}

function header({ tables, schema }: PerfexSession, table: DocumentKind['table'], facts: string): WatchedRows {
  const formatted = schema.has(table, 'formatted_number') ? 'formatted_number' : '';
  return {
    from: `${tables(table)} r left join ${tables('currencies')} c on c.id = r.currency`,
    recordId: 'r.id',
    values: columnsOf(`id clientid number prefix number_format ${formatted} ${facts} ${AMOUNTS}`),
  };
}

function lines({ tables, schema }: PerfexSession, relType: DocumentKind['relType']): WatchedRows[] {
  const optional = schema.has('itemable', 'is_optional') ? 'is_optional is_selected' : '';
  const where = `r.rel_type = '${relType}'`;
  return [
    {
      from: `${tables('itemable')} r`,
      where,
      recordId: 'r.rel_id',
      values: columnsOf(`id rel_id description long_description qty rate item_order ${optional}`),
    },
    {
      from: `${tables('item_tax')} r`,
      where,
      recordId: 'r.rel_id',
      values: columnsOf('id itemid rel_id taxname taxrate'),
    },
  ];
}
