import type { PerfexDatabase } from '../../libs/testing/src/perfex/index.js';

/** An invoice as stored, and what Perfex's rule makes of its lines, payments and dates. */
export interface RuledInvoice {
  id: string;
  number: number;
  formatted: string | null;
  status: number;
  /** Subtotal, tax and total. */
  stored: string;
  byRule: string;
  statusByRule: number;
  total: string;
  paid: string;
  due: string;
}

/** Every invoice beside what Perfex would compute: lines rounded and added, taxes added unrounded and rounded once. */
export async function ruledInvoices(
  { connection, table, shape }: PerfexDatabase,
  today: string,
): Promise<RuledInvoice[]> {
  const formatted = shape === '3.4.0' ? 'i.formatted_number' : 'null';
  const charged = shape === '3.4.0' ? 'and (l.is_optional = 0 or l.is_selected = 1)' : '';
  const names = {
    '{i}': 'invoices',
    '{l}': 'itemable',
    '{x}': 'item_tax',
    '{p}': 'invoicepaymentrecords',
    '{c}': 'credits',
  };
  const sql = Object.entries(names).reduce(
    (text, [sign, name]) => text.replaceAll(sign, connection.escapeId(table(name))),
    INVOICES.replace('{formatted}', formatted).replaceAll('{charged}', charged),
  );
  const [rows] = await connection.query(sql, [today]);
  return rows as RuledInvoice[];
}

const INVOICES = `
  select cast(ruled.id as char) as id, number, formatted, status, total, paid, cast(total - paid - credited as decimal(15,2)) as due,
    concat_ws(' ', subtotal, total_tax, total) as stored,
    concat_ws(' ', lines_sum, ruled_tax, cast(lines_sum - discount + ruled_tax + coalesce(adjustment, 0) as decimal(15,2))) as byRule,
    case when status in (5, 6) then status when paid + credited >= total then 2 when paid + credited > 0 then 3
      when duedate < ? then 4 else 1 end as statusByRule
  from (select raw.*, cast(round(case when discount_type = 'before_tax' and lines_sum <> 0
      then taxes * (1 - discount / lines_sum) else taxes end, 2) as decimal(15,2)) as ruled_tax
    from (select i.*, {formatted} as formatted, coalesce(i.discount_total, 0) as discount,
      (select coalesce(sum(round(l.qty * l.rate, 2)), 0) from {l} l
        where l.rel_type = 'invoice' and l.rel_id = i.id {charged}) as lines_sum,
      (select coalesce(sum(l.qty * l.rate * x.taxrate / 100), 0) from {l} l join {x} x
        on x.itemid = l.id and x.rel_type = 'invoice'
        where l.rel_type = 'invoice' and l.rel_id = i.id {charged}) as taxes,
      (select cast(coalesce(sum(p.amount), 0) as decimal(15,2)) from {p} p where p.invoiceid = i.id) as paid,
      (select coalesce(sum(c.amount), 0) from {c} c where c.invoice_id = i.id) as credited
    from {i} i) raw) ruled
  order by ruled.id`;
