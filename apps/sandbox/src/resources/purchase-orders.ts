import type { PurchaseOrder } from '../books/records.js';
import {
  createPurchaseOrder,
  purchaseOrderByKey,
  upsertPurchaseOrder,
} from '../rules/purchase-order-write.js';
import type { RuleContext } from '../rules/context.js';
import { purchaseOrderInput } from '../wire/document-inputs.js';
import { BadQuery } from '../wire/refusal.js';
import { readDay } from '../wire/values.js';
import { fieldsOf, type Filter } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { dayValue, list } from './listing.js';
import { listedOrder, writtenOrder } from './purchase-order-view.js';
import { writeBatch, type Writing } from './write-batch.js';

/** `/PurchaseOrders`: always in pages, and without `where`. Unit prices have four digits, whatever `unitdp` says. */
export const purchaseOrders: Resource = {
  scopes: ['accounting.invoices'],
  get: (call) => {
    const context = exact(rulesOf(call));
    const key = call.segments[1];
    if (key === undefined) return listOrders(call);
    return envelope(call, { PurchaseOrders: [listedOrder(context, purchaseOrderByKey(context, key))] });
  },
  put: (call) =>
    writeBatch(call, {
      ...writing,
      save: (context, input) => createPurchaseOrder(exact(context), input),
      summarizes: true,
    }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : purchaseOrderByKey(rulesOf(call), key).id;
    return writeBatch(call, {
      ...writing,
      save: (context, input) => upsertPurchaseOrder(exact(context), input),
      summarizes: id === undefined,
      id,
    });
  },
};

const exact = (context: RuleContext): RuleContext => ({ ...context, unitDigits: 4 });

const writing: Omit<Writing<typeof purchaseOrderInput, PurchaseOrder>, 'save'> = {
  name: 'PurchaseOrders',
  idKey: 'PurchaseOrderID',
  errorFlag: 'HasErrors',
  schema: purchaseOrderInput,
  render: (context, row) => writtenOrder(exact(context), row),
};

const fields = fieldsOf<PurchaseOrder>({
  PurchaseOrderID: (row) => row.id,
  PurchaseOrderNumber: (row) => row.number,
  Date: (row) => dayValue(row.date),
  DeliveryDate: (row) => dayValue(row.deliveryDate),
  UpdatedDateUTC: (row) => row.updatedAt,
  Status: (row) => row.status,
  Reference: (row) => row.reference,
  Total: (row) => Number(row.total),
});

const listOrders = (call: ApiCall): ReturnType<typeof list> =>
  list(call, {
    name: 'PurchaseOrders',
    rows: call.tenant.purchaseOrders,
    fields,
    paged: 'always',
    where: false,
    since: true,
    filters: filtersOf(call),
    render: (row) => listedOrder(exact(rulesOf(call)), row),
  });

function filtersOf({ query }: ApiCall): Filter<PurchaseOrder>[] {
  const status = query.get('Status') ?? query.get('status');
  const [from, to] = [dayOf(query, 'DateFrom'), dayOf(query, 'DateTo')];
  return [
    (row) => !status || row.status === status.toUpperCase(),
    (row) => from === null || row.date >= from,
    (row) => to === null || row.date <= to,
  ];
}

function dayOf(query: URLSearchParams, name: string): string | null {
  const sent = query.get(name) ?? query.get(name.charAt(0).toLowerCase() + name.slice(1));
  if (!sent) return null;
  const day = readDay(sent);
  if (day === null) throw new BadQuery(`${name} '${sent}' is not a date`);
  return day;
}
