import { type Json, NO_TAX_KEY, type TaxComponent, taxSetKey, taxSetName } from '@sync/domain';
import type { References } from '@sync/engine';
import { type Refusal, refuse } from '../codec.js';
import type { PricedLine } from '../money/priced-line.js';
import { toWire } from '../wire-values.js';

/** What lines are named by in Xero: sales and purchases have tax rates of their own. */
export type LineNames = Pick<References, 'accounts' | 'parents'> & {
  taxTypes: ReadonlyMap<string, string>;
};

/** A line in Xero's wire form. */
export function lineElement({ accounts, parents, taxTypes }: LineNames, line: PricedLine): Json {
  const itemCode = line.itemId === null ? undefined : parents.get('items')?.get(line.itemId);
  return {
    Description: line.description,
    Quantity: toWire(line.quantity.toFixed()),
    UnitAmount: toWire(line.unitAmount.toFixed()),
    AccountCode: accounts[line.account] ?? undefined,
    TaxType: taxTypes.get(line.taxKey),
    ...(itemCode !== undefined && { ItemCode: itemCode }),
    ...discountFields(line),
    ...(line.taxIsOverridden && { TaxAmount: toWire(line.tax.toFixed()) }),
  };
}

function discountFields({ discount, discountRate }: PricedLine): { [field: string]: number } {
  if (discount.isZero()) return {};
  return discountRate === null
    ? { DiscountAmount: toWire(discount.toFixed()) }
    : { DiscountRate: toWire(discountRate.toFixed()) };
}

/** The first tax set of these lines that has no TaxType; null: all have one. `sets` are those of the CRM's lines. */
export function unmappedTax(
  lines: readonly PricedLine[],
  taxTypes: ReadonlyMap<string, string>,
  sets: readonly (readonly TaxComponent[])[],
): Refusal | null {
  const unmapped = firstUnmapped(lines, taxTypes, sets);
  return unmapped && refuse('TAX_NOT_MAPPED', unmapped);
}

/** The same of what is bought. */
export function unmappedPurchaseTax(
  lines: readonly PricedLine[],
  taxTypes: ReadonlyMap<string, string>,
  sets: readonly (readonly TaxComponent[])[],
): Refusal | null {
  const unmapped = firstUnmapped(lines, taxTypes, sets);
  if (unmapped === null) return null;
  return refuse('TAX_NOT_MAPPED', {
    tax: `${unmapped.tax} on purchases`,
    key: unmapped.key,
    kind: 'purchase',
  });
}

function firstUnmapped(
  lines: readonly PricedLine[],
  taxTypes: ReadonlyMap<string, string>,
  sets: readonly (readonly TaxComponent[])[],
): { tax: string; key: string } | null {
  const key = lines.map(({ taxKey }) => taxKey).find((wanted) => !taxTypes.has(wanted));
  if (key === undefined) return null;
  const set = sets.find((one) => taxSetKey(one) === key) ?? [];
  return { tax: key === NO_TAX_KEY ? 'No tax' : taxSetName(set), key };
}
