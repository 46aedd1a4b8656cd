import type { PerfexDatabase } from './opened-database.js';

const LIVE = 'i.status not in (5, 6) and i.number <> 1000000000';

/** The question for each entity, `{name}` for the table of that name; null where the tables are not there. */
export function ledgerQueries({ shape, purchase }: Pick<PerfexDatabase, 'shape' | 'purchase'>) {
  const charged = shape === '3.4.0' ? 'and (l.is_optional = 0 or l.is_selected = 1)' : '';
  return {
    taxes: taxesSql(charged),
    customers: companies('clients', 'contacts'),
    vendors: purchase === null ? null : companies('pur_vendor', 'pur_contacts'),
    items: 'select count(*) as count from {items}',
    invoices: INVOICES,
    'credit-notes': CREDIT_NOTES,
    'credit-applications': CREDIT_APPLICATIONS,
    payments: PAYMENTS,
    refunds: `select count(*) as count, sum(r.amount) as total
      from {creditnote_refunds} r join {creditnotes} n on n.id = r.credit_note_id where n.status <> 3`,
    expenses: EXPENSES,
    'purchase-orders': purchase === '1.5.0' ? PURCHASE_ORDERS : null,
  };
}

function companies(company: string, person: string): string {
  return `select count(*) as count from {${company}} c where registration_confirmed = 1 and (
    trim(coalesce(company, '')) <> '' or exists (select 1 from {${person}} p where p.userid = c.userid
      and p.is_primary = 1 and trim(concat(p.firstname, p.lastname)) <> ''))`;
}

const INVOICES = `select count(*) as count, sum(i.total) as total, sum(i.total_tax) as tax,
    coalesce(sum(p.paid), 0.00) as paid, sum(i.total) - coalesce(sum(p.paid), 0) - coalesce(sum(c.credited), 0) as due
  from {invoices} i
  left join (select invoiceid, sum(amount) as paid from {invoicepaymentrecords} group by invoiceid) p
    on p.invoiceid = i.id
  left join (
    select a.invoice_id, sum(a.amount) as credited from {credits} a join {creditnotes} n on n.id = a.credit_id
    where n.status <> 3 group by a.invoice_id
  ) c on c.invoice_id = i.id where ${LIVE}`;

const CREDIT_NOTES = `select count(*) as count, sum(n.total) as total, sum(n.total_tax) as tax,
    coalesce(sum(r.refunded), 0.00) as paid,
    sum(n.total) - coalesce(sum(r.refunded), 0) - coalesce(sum(c.applied), 0) as due
  from {creditnotes} n
  left join (select credit_note_id, sum(amount) as refunded from {creditnote_refunds} group by credit_note_id) r
    on r.credit_note_id = n.id
  left join (select credit_id, sum(amount) as applied from {credits} group by credit_id) c on c.credit_id = n.id
  where n.status <> 3`;

const CREDIT_APPLICATIONS = `select count(*) as count, sum(a.amount) as total from {credits} a
  join {creditnotes} n on n.id = a.credit_id join {invoices} i on i.id = a.invoice_id where n.status <> 3 and ${LIVE}`;

const PAYMENTS = `select count(*) as count, sum(p.amount) as total
  from {invoicepaymentrecords} p join {invoices} i on i.id = p.invoiceid where ${LIVE}`;

const EXPENSES = `select count(*) as count, sum(e.amount + e.tax) as total, sum(e.tax) as tax from (
    select e.amount, round(e.amount * coalesce(a.taxrate, 0) / 100, 2)
      + round(e.amount * coalesce(b.taxrate, 0) / 100, 2) as tax
    from {expenses} e left join {taxes} a on a.id = e.tax left join {taxes} b on b.id = e.tax2
  ) e`;

const PURCHASE_ORDERS = `select count(*) as count, sum(total) as total, sum(total_tax) as tax from {pur_orders}
  where approve_status in (1, 2) and coalesce(order_status, '') <> 'cancelled'`;

function taxesSql(charged: string): string {
  const onLines = (relType: string, documents: string, live: string): string =>
    `select group_concat(substring_index(x.taxname, '|', 1), '|', x.taxrate order by x.taxname, x.taxrate) as taxes
     from {item_tax} x join {itemable} l on l.id = x.itemid join {${documents}} i on i.id = x.rel_id
     where x.rel_type = '${relType}' and ${live} ${charged} group by x.itemid`;
  return `select count(distinct taxes) as count from (
      select concat(name, '|', taxrate) as taxes from {taxes}
      union all
      select group_concat(x.name, '|', x.taxrate order by x.name, x.taxrate) as taxes
      from {items} t join {taxes} x on x.id in (t.tax, t.tax2) group by t.id
      union all ${onLines('invoice', 'invoices', LIVE)}
      union all ${onLines('credit_note', 'creditnotes', 'i.status <> 3')}
    ) sets`;
}
