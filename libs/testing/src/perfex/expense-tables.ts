import type { PurchaseShape } from './perfex-shape.js';

/** Columns of expenses and their categories, alike in all versions; the Purchase module adds the vendor. */
export function expenseTables(purchase: PurchaseShape): Record<string, string> {
  return {
    expenses: `id int not null auto_increment primary key, category int not null, currency int not null,
      amount decimal(15,2) not null, tax int, tax2 int not null default 0, reference_no varchar(100),
      note mediumtext, expense_name varchar(191), clientid int not null, project_id int not null default 0,
      billable int default 0, invoiceid int, paymentmode varchar(50), date date not null,
      recurring_type varchar(10), repeat_every int, recurring int not null default 0,
      cycles int not null default 0, total_cycles int not null default 0,
      custom_recurring int not null default 0, last_recurring_date date, create_invoice_billable tinyint(1),
      send_invoice_to_customer tinyint(1) not null, recurring_from int, dateadded datetime not null,
      addedfrom int not null, ${purchase === null ? '' : 'vendor int,'} key clientid (clientid),
      key project_id (project_id), key category (category), key currency (currency)`,
    expenses_categories: `id int not null auto_increment primary key, name varchar(191) not null,
      description mediumtext`,
  };
}
