import { SyncError } from '@sync/domain';

/** A table of Perfex that is read, by its bare name; those of `pur_` belong to the Purchase module. */
export type PerfexTable =
  | 'clients'
  | 'contacts'
  | 'countries'
  | 'creditnote_refunds'
  | 'creditnotes'
  | 'credits'
  | 'currencies'
  | 'expenses'
  | 'expenses_categories'
  | 'invoicepaymentrecords'
  | 'invoices'
  | 'item_tax'
  | 'itemable'
  | 'items'
  | 'options'
  | 'payment_modes'
  | 'pur_contacts'
  | 'pur_order_detail'
  | 'pur_orders'
  | 'pur_vendor'
  | 'taxes';

/** Gives the quoted full name of a table. */
export type TableNames = (table: PerfexTable) => string;

/**
 * The table names of an installation. A prefix goes into the text of every query, so anything but letters, digits and
 * underscores is refused.
 */
export function tableNames(prefix: string): TableNames {
  if (!/^\w{0,32}$/.test(prefix)) {
    throw new SyncError('validation', 'The table prefix may hold only letters, digits and underscores.', {
      code: 'CRM_SCHEMA_UNKNOWN',
      meta: { reason: 'the table prefix may hold only letters, digits and underscores' },
    });
  }
  return (table) => `\`${prefix}${table}\``;
}
