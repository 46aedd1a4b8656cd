import type { RowDataPacket } from 'mysql2/promise';
import type { PerfexDatabase } from './opened-database.js';

/** What should be in Xero of one entity; amounts are decimal text. */
export interface PerfexLedgerRow {
  count: number;
  total: string;
  tax: string;
  paid: string;
  due: string;
}

/** What should be in Xero. */
export interface PerfexLedger {
  entities: Record<'taxes' | 'customers' | 'items' | 'invoices' | 'payments', PerfexLedgerRow>;
}

const LIVE = 'i.status not in (5, 6) and i.number <> 1000000000';

/**
 * Adds up, in SQL, what the database holds and should be in Xero: no drafts, no cancelled invoices, no payments of such, no
 * customers without a name or not confirmed. Credits do not lower what is due, since they are not carried over. Taxes are
 * the rows of their table and the combinations on items and on lines of these invoices.
 */
export async function perfexLedger(perfex: PerfexDatabase): Promise<PerfexLedger> {
  return {
    entities: {
      taxes: await counted(perfex, taxesSql(perfex.shape === '3.4.0')),
      customers: await counted(perfex, CUSTOMERS),
      items: await counted(perfex, 'select count(*) as count from {items}'),
      invoices: await counted(perfex, INVOICES),
      payments: await counted(perfex, PAYMENTS),
    },
  };
}

const CUSTOMERS = `select count(*) as count from {clients} c where registration_confirmed = 1 and (
  trim(coalesce(company, '')) <> '' or exists (select 1 from {contacts} p where p.userid = c.userid
    and p.is_primary = 1 and trim(concat(p.firstname, p.lastname)) <> ''))`;

const INVOICES = `select count(*) as count, sum(i.total) as total, sum(i.total_tax) as tax, sum(p.paid) as paid,
    sum(i.total) - coalesce(sum(p.paid), 0) as due
  from {invoices} i left join (
    select invoiceid, sum(amount) as paid from {invoicepaymentrecords} group by invoiceid
  ) p on p.invoiceid = i.id where ${LIVE}`;

const PAYMENTS = `select count(*) as count, sum(p.amount) as total
  from {invoicepaymentrecords} p join {invoices} i on i.id = p.invoiceid where ${LIVE}`;

function taxesSql(optionalLines: boolean): string {
  const charged = optionalLines ? 'and (l.is_optional = 0 or l.is_selected = 1)' : '';
  return `select count(distinct taxes) as count from (
      select concat(name, '|', taxrate) as taxes from {taxes}
      union all
      select group_concat(x.name, '|', x.taxrate order by x.name, x.taxrate) as taxes
      from {items} t join {taxes} x on x.id in (t.tax, t.tax2) group by t.id
      union all
      select group_concat(substring_index(x.taxname, '|', 1), '|', x.taxrate order by x.taxname, x.taxrate) as taxes
      from {item_tax} x join {itemable} l on l.id = x.itemid join {invoices} i on i.id = x.rel_id
      where x.rel_type = 'invoice' and ${LIVE} ${charged} group by x.itemid
    ) sets`;
}

async function counted({ connection, table }: PerfexDatabase, sql: string): Promise<PerfexLedgerRow> {
  const named = sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => connection.escapeId(table(name)));
  const [[row]] = await connection.query<RowDataPacket[]>(named);
  const amount = (field: string): string => String(row?.[field] ?? '0.00');
  return {
    count: Number(row?.['count'] ?? 0),
    total: amount('total'),
    tax: amount('tax'),
    paid: amount('paid'),
    due: amount('due'),
  };
}
