import { type Entity, NO_TAX_KEY, type TaxComponent, taxSetOf } from '@sync/domain';
import type { ParentInCrm } from '../ports/stores.js';
import type { BackReferences } from '../ports/xero.js';
import { chosenOf } from './chosen.js';
import type { DrainContext } from './context.js';

const PURCHASES: ReadonlySet<Entity> = new Set(['expenses', 'bills', 'purchase-orders']);

/** Everything that a codec needs to say what records of Xero are in the CRM's terms, but for the records they name. */
export type Names = Omit<BackReferences, 'crmIds'>;

/** What Xero's tax types, accounts and bank accounts are called in the CRM. */
export async function namesInCrm(context: DrainContext, entity: Entity): Promise<Names> {
  const { parts, organization, mappings, reference } = context;
  const taxes = await parts.stores.operations.bound(organization.id, 'taxes');
  const sold: Pair[] = [...chosenOf(mappings, 'tax'), ...taxes.map((tax): Pair => [tax.crmId, tax.xeroId])];
  const bought: Pair[] = [...chosenOf(mappings, 'purchase-tax'), ...sold];
  return {
    taxSets: taxSets(PURCHASES.has(entity) ? bought : sold),
    paymentModes: inverted([...chosenOf(mappings, 'payment-mode')].toSorted(noneLast)),
    expenseCategories: expenseCategories(context),
    baseCurrency: reference.organisation.baseCurrency,
  };
}

/** The records that a record of Xero names, by what the CRM calls them. */
export function crmIdsOf(parents: readonly ParentInCrm[]): BackReferences['crmIds'] {
  const found = new Map<Entity, Map<string, string>>();
  for (const { entity, xeroId, crmId } of parents) {
    if (crmId === null) continue;
    const ofEntity = found.get(entity) ?? new Map<string, string>();
    found.set(entity, ofEntity.set(xeroId, crmId));
  }
  return found;
}

type Pair = [key: string, value: string];

function taxSets(pairs: readonly Pair[]): Map<string, TaxComponent[][]> {
  const found = new Map<string, TaxComponent[][]>();
  for (const [taxType, keys] of inverted(pairs))
    found.set(
      taxType,
      keys.map((key) => (key === NO_TAX_KEY ? [] : (taxSetOf(key) ?? []))),
    );
  return found;
}

/** What goes by one name in Xero, each once, in the order in which it came. */
function inverted(pairs: readonly Pair[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const keys = found.get(value) ?? [];
    found.set(value, keys.includes(key) ? keys : [...keys, key]);
  }
  return found;
}

/** A mode of its own says more than none. */
function noneLast([a]: Pair, [b]: Pair): number {
  return Number(a === 'none') - Number(b === 'none');
}

/** Those without an account of their own go to the account of expenses in general. */
function expenseCategories({ mappings }: DrainContext): BackReferences['expenseCategories'] {
  const chosen = chosenOf(mappings, 'expense-category');
  const general = chosenOf(mappings, 'account').get('expenses');
  const found = new Map<string, { id: string; name: string }[]>();
  const all = mappings.filter(({ kind }) => kind === 'expense-category');
  for (const { key: id, label: name } of all.toSorted(
    (a, b) => Number(chosen.has(b.key)) - Number(chosen.has(a.key)),
  )) {
    const account = chosen.get(id) ?? general;
    if (account !== undefined) found.set(account, [...(found.get(account) ?? []), { id, name }]);
  }
  return found;
}
