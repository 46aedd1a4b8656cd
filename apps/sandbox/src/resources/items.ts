import type { Item, ItemDetails } from '../books/records.js';
import { createItem, itemByKey, upsertItem } from '../rules/item-write.js';
import { itemInput } from '../wire/inputs.js';
import { round } from '../rules/amounts.js';
import type { RuleContext } from '../rules/context.js';
import { empty } from '../wire/reply.js';
import { present, wireInstant } from '../wire/values.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { list } from './listing.js';
import { writeBatch, type Writing } from './write-batch.js';

const fields = fieldsOf<Item>({
  ItemID: (row) => row.id,
  Code: (row) => row.code,
  Name: (row) => row.name,
  Description: (row) => row.description,
  IsSold: (row) => row.isSold,
  IsPurchased: (row) => row.isPurchased,
  UpdatedDateUTC: (row) => row.updatedAt,
});

/** `/Items`; deletion is hard and leaves nothing behind. */
export const items: Resource = {
  scopes: ['accounting.settings', 'accounting.invoices'],
  get: (call) => (call.segments[1] === undefined ? listItems(call) : oneItem(call, call.segments[1])),
  put: (call) => writeBatch(call, { ...writing, save: saving(createItem), summarizes: true }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : itemByKey(rulesOf(call), key).id;
    return writeBatch(call, { ...writing, save: saving(upsertItem), summarizes: id === undefined, id });
  },
  delete: (call) => {
    const item = itemByKey(rulesOf(call), call.segments[1] ?? '');
    call.tenant.items.delete(item.id);
    return empty(204);
  },
};

const writing: Omit<Writing<typeof itemInput, Item>, 'save'> = {
  name: 'Items',
  idKey: 'ItemID',
  errorFlag: 'HasValidationErrors',
  schema: itemInput,
  render: (context, row) => ({ ...view(context, row), ValidationErrors: [] }),
};

const saving =
  (save: typeof createItem): Writing<typeof itemInput, Item>['save'] =>
  (context, input) => ({ row: save(context, input), warnings: [] });

const listItems = (call: ApiCall): ReturnType<typeof list> =>
  list(call, {
    name: 'Items',
    rows: call.tenant.items,
    fields,
    since: true,
    render: (row) => view(rulesOf(call), row),
  });

function oneItem(call: ApiCall, key: string): ReturnType<typeof list> {
  const context = rulesOf(call);
  return envelope(call, { Items: [view(context, itemByKey(context, key))] });
}

function view(context: RuleContext, item: Item): Record<string, unknown> {
  return present({
    ItemID: item.id,
    Code: item.code,
    Description: item.description,
    PurchaseDescription: item.purchaseDescription,
    UpdatedDateUTC: wireInstant(item.updatedAt),
    PurchaseDetails: details(context, item.purchase),
    SalesDetails: details(context, item.sales),
    Name: item.name,
    IsTrackedAsInventory: false,
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
  });
}

const details = (
  { unitDigits }: RuleContext,
  { unitPrice, accountCode, taxType }: ItemDetails,
): Record<string, unknown> =>
  present({
    UnitPrice: unitPrice === undefined ? undefined : round(unitPrice, unitDigits).toNumber(),
    AccountCode: accountCode,
    TaxType: taxType,
  });
