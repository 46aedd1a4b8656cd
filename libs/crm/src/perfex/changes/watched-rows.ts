import type { CrmEntity } from '@sync/domain';
import type { PerfexSession } from '../reading/session.js';
import type { PerfexTable } from '../table-names.js';
import { columnsOf, type Watch, type WatchedEntity } from './watched.js';
import { watchedCompanies } from './watched-companies.js';
import { watchedCreditNotes, watchedInvoices } from './watched-documents.js';
import { watchedCreditApplications, watchedPayments, watchedRefunds } from './watched-money.js';
import { watchedExpenses, watchedPurchaseOrders } from './watched-purchases.js';

/** The table whose rows are the records of an entity, and its key. */
export const RECORD_TABLES: Readonly<Record<CrmEntity, { table: PerfexTable; key: string }>> = {
  taxes: { table: 'taxes', key: 'id' },
  customers: { table: 'clients', key: 'userid' },
  vendors: { table: 'pur_vendor', key: 'userid' },
  items: { table: 'items', key: 'id' },
  invoices: { table: 'invoices', key: 'id' },
  'credit-notes': { table: 'creditnotes', key: 'id' },
  'credit-applications': { table: 'credits', key: 'id' },
  payments: { table: 'invoicepaymentrecords', key: 'id' },
  refunds: { table: 'creditnote_refunds', key: 'id' },
  expenses: { table: 'expenses', key: 'id' },
  'purchase-orders': { table: 'pur_orders', key: 'id' },
};

const WATCHED: Readonly<Record<CrmEntity, Watch>> = {
  taxes: ({ tables }) => [
    { from: `${tables('taxes')} r`, recordId: 'r.id', values: columnsOf('id name taxrate') },
  ],
  customers: watchedCompanies('customers'),
  vendors: watchedCompanies('vendors'),
  items: watchedItems,
  invoices: watchedInvoices,
  'credit-notes': watchedCreditNotes,
  'credit-applications': watchedCreditApplications,
  payments: watchedPayments,
  refunds: watchedRefunds,
  expenses: watchedExpenses,
  'purchase-orders': watchedPurchaseOrders,
};

/** What is watched of an entity in this installation. */
export function watchedRows(session: PerfexSession, entity: CrmEntity): WatchedEntity {
  return WATCHED[entity](session);
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
