import type { Entity } from '@sync/domain';
import type { PerfexSession } from '../reading/session.js';
import type { PerfexTable } from '../table-names.js';

/** Rows that make up a part of each record of an entity, as pieces of SQL. */
export interface WatchedRows {
  from: string;
  where?: string;
  /** The id of the record that a row belongs to. */
  recordId: string;
  /** What is watched, the row's primary key first: just what the codec reads, so that a mere visit is no change. */
  values: readonly string[];
}

/** All rows of an entity; the first are the records themselves, the others belong to them. */
export type WatchedEntity = readonly [records: WatchedRows, ...parts: WatchedRows[]];

/** The table whose rows are the records of an entity, and its key. */
export const RECORD_TABLES: Readonly<Record<Entity, { table: PerfexTable; key: string }>> = {
  taxes: { table: 'taxes', key: 'id' },
  customers: { table: 'clients', key: 'userid' },
  items: { table: 'items', key: 'id' },
  invoices: { table: 'invoices', key: 'id' },
  payments: { table: 'invoicepaymentrecords', key: 'id' },
};

const WATCHED: Readonly<Record<Entity, (session: PerfexSession) => WatchedEntity>> = {
  taxes: ({ tables }) => [
    { from: `${tables('taxes')} r`, recordId: 'r.id', values: ['r.id', 'r.name', 'r.taxrate'] },
  ],
  customers: watchedCustomers,
  items: watchedItems,
  invoices: watchedInvoices,
  payments: watchedPayments,
};

/** What is watched of an entity in this installation. */
export function watchedRows(session: PerfexSession, entity: Entity): WatchedEntity {
  return WATCHED[entity](session);
}

function watchedCustomers({ tables }: PerfexSession): WatchedEntity {
  const customer = `userid company vat phonenumber address city state zip country billing_street billing_city
    billing_state billing_zip billing_country datecreated active default_currency registration_confirmed`;
  const person = 'id userid is_primary firstname lastname email phonenumber active invoice_emails';
  return [
    {
      from: `${tables('clients')} r left join ${tables('currencies')} c on c.id = r.default_currency`,
      recordId: 'r.userid',
      values: [...columnsOf(customer), 'c.name'],
    },
    { from: `${tables('contacts')} r`, recordId: 'r.userid', values: columnsOf(person) },
  ];
}

/** An item shows name and rate of its taxes, so those count as its own. */
function watchedItems({ tables, schema }: PerfexSession): WatchedEntity {
  const codes = ['sku_code', 'commodity_code'].filter((column) => schema.has('items', column));
  return [
    {
      from: `${tables('items')} r left join ${tables('taxes')} a on a.id = r.tax
        left join ${tables('taxes')} b on b.id = r.tax2`,
      recordId: 'r.id',
      values: [
        ...columnsOf(['id description long_description rate', ...codes].join(' ')),
        'a.name',
        'a.taxrate',
        'b.name',
        'b.taxrate',
      ],
    },
  ];
}

/**
 * Payments are left out: what is paid is derived, and a payment is a record of its own. For the same reason the status
 * only counts where it is set by hand: draft and cancelled.
 */
function watchedInvoices({ tables, schema }: PerfexSession): WatchedEntity {
  const formatted = schema.has('invoices', 'formatted_number') ? 'formatted_number' : '';
  const optional = schema.has('itemable', 'is_optional') ? 'is_optional is_selected' : '';
  const header = `id clientid number prefix number_format ${formatted} datecreated date duedate subtotal total_tax
    total adjustment discount_total discount_type`;
  const line = `id rel_id description long_description qty rate item_order ${optional}`;
  const where = "r.rel_type = 'invoice'";
  return [
    {
      from: `${tables('invoices')} r left join ${tables('currencies')} c on c.id = r.currency`,
      recordId: 'r.id',
      values: [...columnsOf(header), 'c.name', 'if(r.status in (5, 6), r.status, 1)'],
    },
    { from: `${tables('itemable')} r`, where, recordId: 'r.rel_id', values: columnsOf(line) },
    {
      from: `${tables('item_tax')} r`,
      where,
      recordId: 'r.rel_id',
      values: columnsOf('id itemid rel_id taxname taxrate'),
    },
    {
      from: `${tables('credits')} r`,
      recordId: 'r.invoice_id',
      values: columnsOf('id invoice_id amount'),
    },
  ];
}

function watchedPayments({ tables }: PerfexSession): WatchedEntity {
  return [
    {
      from: `${tables('invoicepaymentrecords')} r left join ${tables('invoices')} i on i.id = r.invoiceid
        left join ${tables('currencies')} c on c.id = i.currency`,
      recordId: 'r.id',
      values: [
        ...columnsOf('id invoiceid amount paymentmode date daterecorded transactionid'),
        'i.id',
        'c.name',
      ],
    },
  ];
}

function columnsOf(names: string): string[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `r.\`${name}\``);
}
