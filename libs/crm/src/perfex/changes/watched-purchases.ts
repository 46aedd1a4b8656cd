import { knowsVendors } from '../reading/read-expenses.js';
import { orderCurrency } from '../reading/read-purchase-orders.js';
import type { PerfexSession } from '../reading/session.js';
import { columnsOf, type WatchedEntity } from './watched.js';

/** An expense shows its category's name, and name and rate of its taxes, so those count as its own. */
export function watchedExpenses(session: PerfexSession): WatchedEntity {
  const { tables } = session;
  const vendors = knowsVendors(session);
  return [
    {
      from: `${tables('expenses')} r left join ${tables('currencies')} c on c.id = r.currency
        left join ${tables('expenses_categories')} g on g.id = r.category
        left join ${tables('taxes')} a on a.id = r.tax left join ${tables('taxes')} b on b.id = r.tax2
        ${vendors ? `left join ${tables('pur_vendor')} v on v.userid = r.vendor` : ''}`,
      recordId: 'r.id',
      values: [
        ...columnsOf('id category amount reference_no note expense_name paymentmode date dateadded'),
        'c.name',
        'g.name',
        'a.name',
        'a.taxrate',
        'b.name',
        'b.taxrate',
        ...(vendors ? ['v.userid'] : []),
      ],
    },
  ];
}

/** Purchase orders with their lines, of what this version stores; where the goods are is nobody's business. */
export function watchedPurchaseOrders(session: PerfexSession): WatchedEntity {
  const { tables, schema } = session;
  const ofHeader = ['discount_type', 'shipping_fee'];
  const ofLine = ['description', 'item_name', 'tax_name', 'tax_rate'];
  const header = ofHeader.filter((name) => schema.has('pur_orders', name)).join(' ');
  const line = ofLine.filter((name) => schema.has('pur_order_detail', name)).join(' ');
  return [
    {
      from: `${tables('pur_orders')} r left join ${tables('currencies')} c on ${orderCurrency(session, 'c', 'r')}`,
      recordId: 'r.id',
      values: [
        ...columnsOf(`id pur_order_name vendor pur_order_number order_date approve_status datecreated
          delivery_date total_tax total discount_total ${header}`),
        'c.name',
        ...(schema.has('pur_orders', 'order_status') ? ["coalesce(r.order_status, '') = 'cancelled'"] : []),
      ],
    },
    {
      from: `${tables('pur_order_detail')} r`,
      recordId: 'r.pur_order',
      values: columnsOf(`id pur_order item_code unit_price quantity into_money tax discount_money ${line}`),
    },
  ];
}
