import { creditNotesSql } from './fill-credit-notes.js';
import { purchasesSql } from './fill-purchases.js';
import type { PerfexDatabase } from './opened-database.js';
import { insertRows } from './rows.js';

/** How much business to make up. */
export interface PerfexVolume {
  customers: number;
  items: number;
  /** Those that should be in Xero. */
  invoices: number;
  /** At most one for each invoice. */
  payments: number;
  /** On top of `invoices`; none unless told. */
  drafts?: number;
  /** On top of `invoices`; none unless told. */
  cancelled?: number;
  /** None unless told; a third of them refunded, a quarter applied to an invoice that is not paid. */
  creditNotes?: number;
  /** None unless told. */
  vendors?: number;
  /** None unless told. */
  expenses?: number;
  /** None unless told; they need vendors. */
  purchaseOrders?: number;
}

/** What `npm start` shows: 200 customers, 40 items, 6 taxes, 1,000 invoices, 700 payments. */
export const SAMPLE_VOLUME: PerfexVolume = {
  customers: 200,
  items: 40,
  invoices: 1000,
  payments: 700,
  drafts: 30,
  cancelled: 20,
};

const TAXES = [
  ['Sales Tax', '8.25'],
  ['State', '6.00'],
  ['County', '1.50'],
  ['VAT', '20.00'],
  ['VAT reduced', '5.00'],
  ['GST', '10.00'],
] as const;

/**
 * Fills an unseeded database with any amount of business, within the server and so in seconds: one to five lines an
 * invoice, several taxes on some, discounts before and after tax, adjustments; totals as Perfex computes them.
 */
export async function fillPerfexDatabase(perfex: PerfexDatabase, volume: PerfexVolume): Promise<void> {
  if (volume.payments > volume.invoices) throw new Error('There is at most one payment for each invoice.');
  const run = (sql: string): Promise<unknown> => perfex.connection.query(named(perfex, sql));
  await insertRows(
    perfex.connection,
    perfex.table('taxes'),
    TAXES.map(([name, taxrate], index) => ({ id: index + 1, name, taxrate })),
  );
  await run(customersSql(volume.customers));
  await run(contactsSql(volume.customers));
  await run(itemsSql(volume.items));
  const documents = volume.invoices + (volume.drafts ?? 0) + (volume.cancelled ?? 0);
  await run(linesSql(documents));
  await run(lineTaxesSql(0, '(l.rel_id + l.item_order) % 10 <> 0'));
  await run(lineTaxesSql(3, 'l.rel_id % 5 = 0 and (l.rel_id + l.item_order) % 10 <> 0'));
  await run(invoicesSql(perfex, volume, documents));
  await run(paymentsSql(volume));
  await run(`update {invoices} i join {invoicepaymentrecords} p on p.invoiceid = i.id
    set i.status = if(p.amount = i.total, 2, 3)`);
  for (const sql of [...creditNotesSql(volume), ...purchasesSql(volume)]) await run(sql);
}

/** `{name}` stands for the full, quoted name of a table. */
function named({ connection, table }: PerfexDatabase, sql: string): string {
  return sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => connection.escapeId(table(name)));
}

function customersSql(count: number): string {
  return `insert into {clients} (userid, company, vat, phonenumber, address, city, zip, country, billing_street,
      billing_city, billing_country, datecreated)
    select seq, concat('Customer ', seq), concat('TAX-', 100000 + seq), concat('+1 555 ', 100000 + seq),
      concat(seq, ' Main Street'), 'Springfield', 62701, 236, concat('PO Box ', seq), 'Springfield', 236,
      date_add('2025-01-01 08:00:00', interval seq minute)
    from seq_1_to_${count}`;
}

function contactsSql(customers: number): string {
  return `insert into {contacts} (userid, is_primary, firstname, lastname, email, phonenumber, datecreated)
    select c.seq, n.seq = 1, concat('First', n.seq), concat('Last', c.seq),
      concat('person', n.seq, '@customer', c.seq, '.example'), '', '2025-01-01 08:00:00'
    from seq_1_to_${customers} c join seq_1_to_2 n on n.seq = 1 or c.seq % 4 = 0
    where c.seq % 10 <> 0`;
}

function itemsSql(count: number): string {
  return `insert into {items} (id, description, long_description, rate, tax, tax2)
    select seq, concat('Item ', seq), concat('Made for use ', seq, '<br />Sold by piece'), 5 + seq * 2.5,
      1 + seq % 6, if(seq % 8 = 0, 1 + (seq + 1) % 6, null)
    from seq_1_to_${count}`;
}

function linesSql(documents: number): string {
  return `insert into {itemable} (rel_id, rel_type, description, long_description, qty, rate, unit, item_order)
    select d.seq, 'invoice', concat('Item ', 1 + (d.seq * 3 + k.seq) % 40), concat('Delivery ', d.seq),
      1 + (d.seq * 3 + k.seq) % 4 + if(d.seq % 10 = 0, 0.5, 0), round(10 + (d.seq * 37 + k.seq * 1103) % 50000 / 100, 2),
      'pc', k.seq
    from seq_1_to_${documents} d join seq_1_to_5 k on k.seq <= 1 + d.seq * 7 % 5`;
}

/** The first tax of a line follows from its invoice and place, the second from the first. */
function lineTaxesSql(shift: number, where: string): string {
  const choice = `(l.rel_id + l.item_order + ${shift}) % ${TAXES.length}`;
  const cases = (field: 0 | 1): string =>
    TAXES.map((tax, index) => `when ${index} then '${tax[field]}'`).join(' ');
  return `insert into {item_tax} (itemid, rel_id, rel_type, taxrate, taxname)
    select l.id, l.rel_id, 'invoice', case ${choice} ${cases(1)} end, case ${choice} ${cases(0)} end
    from {itemable} l where l.rel_type = 'invoice' and ${where}`;
}

function invoicesSql({ shape }: PerfexDatabase, volume: PerfexVolume, documents: number): string {
  const drafts = volume.drafts ?? 0;
  const isDraft = `d.seq > ${volume.invoices} and d.seq <= ${volume.invoices + drafts}`;
  const status = `case when ${isDraft} then 6 when d.seq > ${volume.invoices + drafts} then 5 else 1 end`;
  const label = `if(${isDraft}, 'INV-DRAFT', concat('INV-', lpad(d.seq, 6, '0')))`;
  const formatted = shape === '3.4.0' ? { column: ', formatted_number', value: `, ${label}` } : null;
  return `insert into {invoices} (id, clientid, number, prefix, number_format, datecreated, date, duedate, currency,
      subtotal, total_tax, total, adjustment, discount_percent, discount_total, discount_type, status, hash,
      include_shipping, addedfrom${formatted?.column ?? ''})
    select d.seq, 1 + d.seq * 7 % ${volume.customers}, if(${isDraft}, 1000000000, d.seq), 'INV-', 1,
      date_add('2026-01-01 00:00:01', interval d.seq second), date_add('2026-01-01', interval d.seq % 300 day),
      date_add('2026-01-31', interval d.seq % 300 day), 1, s.subtotal, t.tax,
      s.subtotal - before_tax + t.tax - after_tax + adjustment, if(adjustment = 0, null, adjustment), percent,
      before_tax + after_tax, if(percent > 0, 'before_tax', if(after_tax > 0, 'after_tax', '')), ${status},
      md5(d.seq), 0, 1${formatted?.value ?? ''}
    from ${documentParts(documents)}`;
}

/** Sums of the lines, and what the discount and adjustment of each document come to. */
function documentParts(documents: number): string {
  return `(select seq, if(seq % 9 = 0, 10.00, 0.00) as percent, if(seq % 13 = 0 and seq % 9 <> 0, 5.00, 0.00) as after_tax,
      if(seq % 17 = 0, -0.50, 0.00) as adjustment from seq_1_to_${documents}) d
    join (select rel_id, sum(round(qty * rate, 2)) as subtotal, round(sum(round(qty * rate, 2)) *
        if(rel_id % 9 = 0, 0.10, 0.00), 2) as before_tax
      from {itemable} where rel_type = 'invoice' group by rel_id) s on s.rel_id = d.seq
    join (select l.rel_id, round(coalesce(sum(l.qty * l.rate * x.taxrate / 100), 0) *
        if(l.rel_id % 9 = 0, 0.90, 1.00), 2) as tax
      from {itemable} l left join {item_tax} x on x.itemid = l.id
      where l.rel_type = 'invoice' group by l.rel_id) t on t.rel_id = d.seq`;
}

function paymentsSql({ invoices, payments }: PerfexVolume): string {
  if (payments === 0) return 'do 0';
  return `insert into {invoicepaymentrecords} (id, invoiceid, amount, paymentmode, date, daterecorded, note, transactionid)
    select p.seq, i.id, if(p.seq % 2 = 0, i.total, round(i.total * 0.4, 2)), if(p.seq % 5 = 0, 'stripe', '1'),
      i.duedate, concat(i.duedate, ' 12:00:00'), '', concat('TX-', p.seq)
    from seq_1_to_${payments} p join {invoices} i on i.id = floor((p.seq - 1) * ${invoices} / ${payments}) + 1`;
}
