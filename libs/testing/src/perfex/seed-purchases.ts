import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';
import { COMPANY, PERSON } from './seed-customers.js';

const VENDORS: readonly NewRow[] = [
  {
    ...COMPANY,
    userid: 1,
    company: 'Paper & Co',
    vat: 'US-777',
    phonenumber: '+1 555 0700',
    address: '7 Mill Lane',
    city: 'Springfield',
    country: 236,
  },
  { ...COMPANY, userid: 2, company: 'Möbelhaus GmbH', country: 83, default_currency: 2 },
  { ...COMPANY, userid: 3, company: 'Closed Supplier', active: 0 },
];

const PEOPLE: readonly NewRow[] = [
  { ...PERSON, id: 1, is_primary: 1, firstname: 'Pia', lastname: 'Paper', email: 'pia@paper.example' },
];

const ORDER: NewRow = {
  id: 0,
  pur_order_name: 'Stationery',
  vendor: 1,
  estimate: 0,
  pur_order_number: '',
  order_date: '2026-10-02',
  approve_status: 2,
  datecreated: '2026-10-02 08:00:00',
  days_owed: 30,
  delivery_date: null,
  subtotal: '10.00',
  total_tax: '0.00',
  total: '10.00',
  addedfrom: 1,
  discount_percent: '0.00',
  discount_total: '0.00',
  discount_type: 'before_tax',
  number: 0,
  currency: 0,
  order_status: 'new',
  shipping_fee: '0.00',
};

/**
 * 1 not approved yet, a line discount; 2 approved, two taxes, ten percent off the order before tax, a shipping fee;
 * 3 rejected; 4 cancelled, in another currency; 5 discounts after tax; 6 approved, then cancelled.
 */
const ORDERS: readonly NewRow[] = [
  {
    ...ORDER,
    id: 1,
    pur_order_name: 'Office chairs',
    approve_status: 1,
    delivery_date: '2026-11-02',
    subtotal: '120.00',
    total_tax: '18.00',
    total: '128.00',
  },
  {
    ...ORDER,
    id: 2,
    subtotal: '80.00',
    total_tax: '18.00',
    total: '95.00',
    discount_percent: '10.00',
    discount_total: '8.00',
    shipping_fee: '5.00',
  },
  { ...ORDER, id: 3, approve_status: 3 },
  { ...ORDER, id: 4, vendor: 2, currency: 2, approve_status: 4 },
  {
    ...ORDER,
    id: 5,
    subtotal: '50.00',
    total_tax: '10.00',
    total: '53.00',
    discount_total: '2.00',
    discount_type: 'after_tax',
  },
  { ...ORDER, id: 6, order_status: 'cancelled' },
];

const LINE: NewRow = {
  pur_order: 0,
  item_code: '',
  description: '',
  unit_price: '10.00',
  quantity: '1.00',
  into_money: '10.00',
  tax: '',
  total: '10.00',
  'discount_%': null,
  discount_money: '0.00',
  total_money: '10.00',
  tax_rate: '',
  tax_name: '',
  item_name: 'Paper',
};

const LINES: readonly NewRow[] = [
  {
    ...LINE,
    pur_order: 1,
    item_code: '2',
    item_name: null,
    description: 'Four pieces<br />\nblack',
    unit_price: '25.00',
    quantity: '4.00',
    into_money: '100.00',
    tax: '1',
    total: '118.00',
    'discount_%': '10.00',
    discount_money: '10.00',
    total_money: '108.00',
    tax_rate: '20.00',
    tax_name: 'VAT',
  },
  {
    ...LINE,
    pur_order: 1,
    item_name: 'Lamp',
    unit_price: '20.00',
    into_money: '20.00',
    total: '20.00',
    total_money: '20.00',
  },
  {
    ...LINE,
    pur_order: 2,
    unit_price: '40.00',
    quantity: '2.00',
    into_money: '80.00',
    tax: '1|2',
    total: '100.00',
    total_money: '100.00',
    tax_rate: '20.00|5.00',
    tax_name: 'VAT|City',
  },
  { ...LINE, pur_order: 3 },
  { ...LINE, pur_order: 4 },
  {
    ...LINE,
    pur_order: 5,
    unit_price: '50.00',
    into_money: '50.00',
    tax: '1',
    total: '60.00',
    discount_money: '5.00',
    total_money: '55.00',
    tax_rate: '20.00',
    tax_name: 'VAT',
  },
  { ...LINE, pur_order: 6 },
];

/** Stores vendors; orders too, where the module is new enough to hold them. */
export async function seedPurchases({ connection, table, purchase }: PerfexDatabase): Promise<void> {
  if (purchase === null) return;
  await insertRows(connection, table('pur_vendor'), VENDORS);
  await insertRows(connection, table('pur_contacts'), PEOPLE);
  if (purchase !== '1.5.0') return;
  const orders = ORDERS.map((order) => ({
    ...order,
    pur_order_number: `#PO-0000${order['id']}`,
    number: order['id'] ?? 0,
  }));
  await insertRows(connection, table('pur_orders'), orders);
  await insertRows(connection, table('pur_order_detail'), LINES);
}
