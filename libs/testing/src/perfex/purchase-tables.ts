import { companyColumns, personColumns } from './customer-tables.js';
import type { PurchaseShape } from './perfex-shape.js';

/** Columns of the tables of the Purchase module, as the version has them; none where it is not installed. */
export function purchaseTables(purchase: PurchaseShape): Record<string, string> {
  if (purchase === null) return {};
  const newer = purchase === '1.5.0';
  return {
    pur_vendor: `${companyColumns('unsigned')}${newer ? ', vendor_code varchar(100), payment_terms text' : ''}`,
    pur_contacts: personColumns('unsigned'),
    pur_orders: `id int unsigned not null auto_increment primary key, pur_order_name varchar(100) not null,
      vendor int not null, estimate int not null, pur_order_number varchar(30) not null, order_date date not null,
      status int not null default 1, approve_status int not null default 1, datecreated datetime not null,
      days_owed int not null, delivery_date date, subtotal decimal(15,2) not null, total_tax decimal(15,2) not null,
      total decimal(15,2) not null, addedfrom int not null, vendornote text, terms text,
      discount_percent decimal(15,2) default 0.00, discount_total decimal(15,2) default 0.00,
      discount_type varchar(30), buyer int not null default 0, status_goods int not null default 0, number int,
      expense_convert int default 0${newer ? NEWER_ORDER : ''}`,
    pur_order_detail: newer ? detail('decimal(15,2)', 'decimal(15,2)') : detail('int', 'decimal(15,0)'),
    purchase_option: `option_id int unsigned not null auto_increment primary key, option_name varchar(200) not null,
      option_val longtext, auto tinyint(1)`,
  };
}

const NEWER_ORDER = `, hash varchar(32), clients text, delivery_status int default 0, project int,
  tax_order_rate decimal(15,2), tax_order_amount decimal(15,2), sale_invoice int, currency int default 0,
  order_status varchar(30), shipping_note text, currency_rate decimal(15,6), from_currency varchar(20),
  to_currency varchar(20), shipping_fee decimal(15,2)`;

function detail(quantity: string, money: string): string {
  const newer = money === 'decimal(15,2)';
  return `id int not null auto_increment primary key, pur_order int not null, item_code varchar(100) not null,
    description text, unit_id int, unit_price ${money}, quantity ${quantity} not null, into_money ${money}, tax text,
    total ${money}, \`discount_%\` ${money}, discount_money ${money}, total_money ${money}
    ${newer ? ', tax_value decimal(15,2), tax_rate text, tax_name text, item_name text' : ''}`;
}
