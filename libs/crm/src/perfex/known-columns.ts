import type { CrmEntity } from '@sync/domain';
import type { PerfexTable } from './table-names.js';

const names = (text: string): string[] => text.split(/\s+/);

const COMPANY = `userid company vat phonenumber address city state zip country billing_street billing_city
  billing_state billing_zip billing_country datecreated active default_currency registration_confirmed`;
const PERSON = 'id userid is_primary firstname lastname email phonenumber active invoice_emails';
const DOCUMENT = `id clientid number prefix number_format datecreated date currency subtotal total_tax total adjustment
  discount_total discount_type status`;

/** Columns without which a table cannot be read: those that Perfex 2.9.4 to 3.4.0, or all versions of a module, share. */
export const REQUIRED_COLUMNS: Readonly<Record<PerfexTable, readonly string[]>> = {
  clients: names(COMPANY),
  contacts: names(PERSON),
  countries: names('country_id short_name'),
  creditnote_refunds: names('id credit_note_id refunded_on payment_mode amount created_at'),
  creditnotes: names(`${DOCUMENT} reference_no`),
  credits: names('id invoice_id credit_id amount date date_applied'),
  currencies: names('id name isdefault'),
  expenses: names(
    `id category currency amount tax tax2 reference_no note expense_name paymentmode date dateadded`,
  ),
  expenses_categories: names('id name'),
  invoicepaymentrecords: names('id invoiceid amount paymentmode date daterecorded transactionid'),
  invoices: names(`${DOCUMENT} duedate`),
  item_tax: names('id itemid rel_id rel_type taxrate taxname'),
  itemable: names('id rel_id rel_type description long_description qty rate item_order'),
  items: names('id description long_description rate tax tax2'),
  options: names('name value'),
  payment_modes: names('id name active'),
  pur_contacts: names(PERSON),
  pur_order_detail: names('id pur_order item_code unit_price quantity into_money tax discount_money'),
  pur_orders:
    names(`id pur_order_name vendor pur_order_number order_date approve_status datecreated delivery_date
    total_tax total discount_total`),
  pur_vendor: names(COMPANY),
  taxes: names('id name taxrate'),
};

/** Columns that only some versions or modules have. */
export const OPTIONAL_COLUMNS: Partial<Record<PerfexTable, readonly string[]>> = {
  countries: ['long_name', 'iso2', 'iso3'],
  creditnotes: ['formatted_number'],
  expenses: ['vendor'],
  invoices: ['formatted_number'],
  itemable: ['is_optional', 'is_selected'],
  items: ['sku_code', 'commodity_code'],
  payment_modes: ['selected_by_default', 'expenses_only'],
  pur_order_detail: ['description', 'item_name', 'tax_name', 'tax_rate'],
  pur_orders: ['currency', 'discount_type', 'order_status', 'shipping_fee'],
};

/** Tables without which nothing is read at all. */
export const CORE_TABLES: readonly PerfexTable[] = [
  'clients',
  'contacts',
  'countries',
  'credits',
  'currencies',
  'invoicepaymentrecords',
  'invoices',
  'item_tax',
  'itemable',
  'items',
  'options',
  'payment_modes',
  'taxes',
];

/** What an entity needs besides; where one of these is not there, or may not be read, the CRM does not have the entity. */
export const TABLES_OF: Partial<Record<CrmEntity, readonly PerfexTable[]>> = {
  vendors: ['pur_vendor', 'pur_contacts'],
  'credit-notes': ['creditnotes', 'creditnote_refunds'],
  'credit-applications': ['creditnotes', 'creditnote_refunds'],
  refunds: ['creditnotes', 'creditnote_refunds'],
  expenses: ['expenses', 'expenses_categories'],
  'purchase-orders': ['pur_orders', 'pur_order_detail', 'pur_vendor', 'pur_contacts'],
};
