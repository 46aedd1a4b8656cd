import type { TaxComponent } from '@sync/domain';
import type { Decoded } from '../codecs/decoded.js';
import type { PurchaseLineRow, TaxTable } from '../codecs/purchase-line.js';
import { decodePurchaseOrder, type PurchaseOrderRow } from '../codecs/purchase-order.js';
import { groupBy } from './group-by.js';
import { columnOrNull, type PerfexSession } from './session.js';

/** Reads purchase orders with their lines; versions of the module differ in what they store. */
export async function readPurchaseOrders(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'purchase-orders'>>> {
  const headers = await orderRows(session, ids);
  const lines = groupBy(await lineRows(session, ids), ({ orderId }) => orderId);
  const taxTable = await taxRows(session);
  return new Map(
    headers.map((header) => [
      header.id,
      decodePurchaseOrder({ header, lines: lines.get(header.id) ?? [], taxTable }),
    ]),
  );
}

function orderRows(session: PerfexSession, ids: readonly number[]): Promise<PurchaseOrderRow[]> {
  const { query, tables } = session;
  const column = (name: string): string => columnOrNull(session, 'pur_orders', name);
  return query<PurchaseOrderRow>(
    `select o.id, o.pur_order_name as name, o.vendor as vendorId, o.pur_order_number as number,
       o.order_date as date, o.delivery_date as deliveryDate, o.approve_status as approveStatus,
       ${column('order_status')} as orderStatus, o.datecreated as createdAt, currency.name as currencyName,
       o.total_tax as totalTax, o.total, o.discount_total as discountTotal,
       ${column('discount_type')} as discountType, ${column('shipping_fee')} as shippingFee
     from ${tables('pur_orders')} o
     left join ${tables('currencies')} currency on ${orderCurrency(session, 'currency', 'o')}
     where o.id in (?)`,
    [ids],
  );
}

/** An order without currency, or of a version that knows none, is in the base currency; as a condition in SQL. */
export function orderCurrency(session: PerfexSession, currency: string, order: string): string {
  const base = `${currency}.isdefault = 1`;
  if (!session.schema.has('pur_orders', 'currency')) return base;
  return `if(coalesce(${order}.currency, 0) = 0, ${base}, ${currency}.id = ${order}.currency)`;
}

function lineRows(session: PerfexSession, ids: readonly number[]): Promise<PurchaseLineRow[]> {
  const { query, tables } = session;
  const column = (name: string): string =>
    session.schema.has('pur_order_detail', name) ? `l.${name}` : 'null';
  return query<PurchaseLineRow>(
    `select l.id, l.pur_order as orderId, item.id as itemId, ${column('item_name')} as itemName,
       item.description as catalogueName, ${column('description')} as description,
       cast(l.quantity as char) as quantity, l.unit_price as unitPrice, l.into_money as amount,
       l.discount_money as discount, l.tax as taxIds, ${column('tax_name')} as taxNames,
       ${column('tax_rate')} as taxRates
     from ${tables('pur_order_detail')} l
     left join ${tables('items')} item on item.id = cast(l.item_code as unsigned) and l.item_code regexp '^[0-9]+$'
     where l.pur_order in (?) order by l.pur_order, l.id`,
    [ids],
  );
}

async function taxRows({ query, tables }: PerfexSession): Promise<TaxTable> {
  const rows = await query<TaxComponent & { id: number }>(
    `select id, name, taxrate as rate from ${tables('taxes')}`,
  );
  return new Map(rows.map(({ id, name, rate }) => [id, { name: name.trim(), rate }]));
}
