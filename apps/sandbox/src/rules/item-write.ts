import { isId, newId } from '../books/ids.js';
import type { Item, ItemDetails } from '../books/records.js';
import type { ItemInput } from '../wire/inputs.js';
import { round } from './amounts.js';
import type { RuleContext } from './context.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

/** PUT: makes a new item, or refuses. */
export function createItem(context: RuleContext, input: ItemInput): Item {
  const blank: Item = {
    id: newId(),
    updatedAt: context.books.stamp(),
    code: '',
    name: null,
    description: null,
    purchaseDescription: null,
    isSold: true,
    isPurchased: true,
    sales: {},
    purchase: {},
  };
  return save(context, merge(context, blank, input));
}

/** POST: updates the item that the id, else the code points at, and makes one when none does. */
export function upsertItem(context: RuleContext, input: ItemInput): Item {
  const { items } = context.tenant;
  if (input.ItemID !== undefined && !items.get(input.ItemID.toLowerCase()))
    throw new UnknownId('item', input.ItemID);
  const found = input.ItemID ? items.get(input.ItemID.toLowerCase()) : items.by('code', input.Code ?? '')[0];
  if (!found) return createItem(context, input);
  return save(context, { ...merge(context, found, input), updatedAt: context.books.stamp() });
}

/** `/Items/{key}`: an id or a code. */
export function itemByKey({ tenant }: RuleContext, key: string): Item {
  const found =
    (isId(key) ? tenant.items.get(key.toLowerCase()) : undefined) ?? tenant.items.by('code', key)[0];
  if (!found) throw new UnknownId('item', key);
  return found;
}

// Turning IsSold or IsPurchased off clears that side, as Xero documents.
function merge(context: RuleContext, item: Item, input: ItemInput): Item {
  const isSold = input.IsSold ?? item.isSold;
  const isPurchased = input.IsPurchased ?? item.isPurchased;
  return {
    ...item,
    isSold,
    isPurchased,
    code: input.Code ?? item.code,
    name: input.Name ?? item.name,
    description: isSold ? (input.Description ?? item.description) : null,
    purchaseDescription: isPurchased ? (input.PurchaseDescription ?? item.purchaseDescription) : null,
    sales: isSold ? { ...item.sales, ...detailsOf(context, input.SalesDetails) } : {},
    purchase: isPurchased ? { ...item.purchase, ...detailsOf(context, input.PurchaseDetails) } : {},
  };
}

function detailsOf({ unitDigits }: RuleContext, sent: ItemInput['SalesDetails']): ItemDetails {
  const { UnitPrice: price, AccountCode: accountCode, TaxType: taxType } = sent ?? {};
  return {
    ...(price !== undefined && { unitPrice: round(price, unitDigits).toString() }),
    ...(accountCode !== undefined && { accountCode }),
    ...(taxType !== undefined && { taxType }),
  };
}

function save({ tenant }: RuleContext, item: Item): Item {
  if (item.code === '') refuse('The item Code must be specified');
  refuseIfAny([
    item.code.length > 30 && 'The item Code must not exceed 30 characters',
    (item.name?.length ?? 0) > 50 && 'The item Name must not exceed 50 characters',
    (item.description?.length ?? 0) > 4000 && 'The item Description must not exceed 4000 characters',
    (item.purchaseDescription?.length ?? 0) > 4000 &&
      'The item PurchaseDescription must not exceed 4000 characters',
    tenant.items.by('code', item.code).some(({ id }) => id !== item.id) &&
      `Price List Item with Code '${item.code}' already exists`,
    ...[item.sales, item.purchase].flatMap((side) => detailProblems(tenant, side)),
  ]);
  return tenant.items.put(item);
}

function detailProblems(
  tenant: RuleContext['tenant'],
  { accountCode, taxType }: ItemDetails,
): (string | false)[] {
  const account = tenant.accounts.by('code', accountCode ?? '')[0];
  const rate = tenant.taxRates.get(taxType ?? '');
  return [
    !!accountCode &&
      account?.status !== 'ACTIVE' &&
      `Account code '${accountCode}' is not a valid code for this item.`,
    !!taxType && rate?.status !== 'ACTIVE' && `TaxType code '${taxType}' does not exist or is not active.`,
  ];
}
