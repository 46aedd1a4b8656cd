import { DOCUMENT_ADDRESSES } from './customer-tables.js';
import type { PerfexShape } from './perfex-shape.js';

/** Columns of invoices, credit notes, their lines and what was paid, as the version has them. */
export function documentTables(shape: PerfexShape): Record<string, string> {
  const newer = shape === '3.4.0';
  const formattedNumber = newer
    ? 'formatted_number varchar(100), key formatted_number (formatted_number),'
    : '';
  const optionalLines = newer
    ? 'is_optional tinyint not null default 0, is_selected tinyint not null default 1,'
    : '';
  return { ...headerTables(formattedNumber), ...lineTables(optionalLines), ...moneyTables() };
}

function headerTables(formattedNumber: string): Record<string, string> {
  const shared = `id int not null auto_increment primary key, clientid int not null,
    deleted_customer_name varchar(100), number int not null, prefix varchar(50), ${formattedNumber}
    datecreated datetime not null, date date not null, currency int not null, subtotal decimal(15,2) not null,
    total_tax decimal(15,2) not null default 0.00, total decimal(15,2) not null, adjustment decimal(15,2),
    discount_percent decimal(15,2) default 0.00, discount_total decimal(15,2) default 0.00,
    discount_type varchar(30) not null, status int default 1, clientnote mediumtext, adminnote mediumtext,
    terms mediumtext, ${DOCUMENT_ADDRESSES}, include_shipping tinyint(1) not null,
    show_quantity_as int not null default 1, addedfrom int, key clientid (clientid), key currency (currency)`;
  return {
    invoices: `${shared}, number_format int not null default 0, sent tinyint(1) not null default 0,
      datesend datetime, duedate date, hash varchar(32) not null, short_link varchar(100), token longtext,
      allowed_payment_modes longtext, recurring int not null default 0, recurring_type varchar(10),
      custom_recurring tinyint(1) not null default 0, cycles int not null default 0,
      total_cycles int not null default 0, is_recurring_from int, last_recurring_date date,
      show_shipping_on_invoice tinyint(1) not null default 1, project_id int default 0,
      subscription_id int not null default 0, sale_agent int not null default 0, last_overdue_reminder date,
      last_due_reminder date, cancel_overdue_reminders int not null default 0, key total (total),
      key status (status), key project_id (project_id), key sale_agent (sale_agent)`,
    creditnotes: `${shared}, number_format int not null default 1, reference_no varchar(100),
      project_id int not null default 0, show_shipping_on_credit_note tinyint(1) not null default 1`,
  };
}

function lineTables(optionalLines: string): Record<string, string> {
  return {
    itemable: `id int not null auto_increment primary key, rel_id int not null, rel_type varchar(15) not null,
      description longtext not null, long_description longtext, qty decimal(15,2) not null,
      rate decimal(15,2) not null, unit varchar(40), ${optionalLines} item_order int,
      key rel_id (rel_id), key rel_type (rel_type), key qty (qty), key rate (rate)`,
    item_tax: `id int not null auto_increment primary key, itemid int not null, rel_id int not null,
      rel_type varchar(20) not null, taxrate decimal(15,2) not null, taxname varchar(100) not null,
      key itemid (itemid), key rel_id (rel_id)`,
  };
}

function moneyTables(): Record<string, string> {
  return {
    invoicepaymentrecords: `id int not null auto_increment primary key, invoiceid int not null,
      amount decimal(15,2) not null, paymentmode varchar(40), paymentmethod varchar(191), date date not null,
      daterecorded datetime not null, note mediumtext, transactionid longtext, key invoiceid (invoiceid),
      key paymentmethod (paymentmethod)`,
    credits: `id int not null auto_increment primary key, invoice_id int not null, credit_id int not null,
      staff_id int not null, date date not null, date_applied datetime not null, amount decimal(15,2) not null`,
    creditnote_refunds: `id int not null auto_increment primary key, credit_note_id int not null,
      staff_id int not null, refunded_on date not null, payment_mode varchar(40) not null, note mediumtext,
      amount decimal(15,2) not null, created_at datetime`,
    sales_activity: `id int not null auto_increment primary key, rel_type varchar(20), rel_id int not null,
      description mediumtext not null, additional_data mediumtext, staffid varchar(11), full_name varchar(100),
      date datetime not null`,
  };
}
