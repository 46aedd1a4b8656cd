import { addDays, type CanonicalRecord, type Entity, NO_TAX_KEY } from '@sync/domain';
import { needsWork } from '../decide.js';
import {
  type EntityDefinition,
  type Need,
  type ParentRef,
  parentKey,
  type PostingFacts,
  type Problem,
} from '../definition.js';
import { flowsToXero } from '../directions.js';
import type { ClaimedOperation, Mapping, Outcome, ParentState } from '../ports/stores.js';
import type { References, XeroReference } from '../ports/xero.js';
import { boundParent, type BoundParent, byEntity } from './bound-parents.js';
import { chosenOf } from './chosen.js';
import type { DrainContext } from './context.js';
import { purchaseTaxTypes } from './purchase-taxes.js';

/** What bears on whether a record can be posted at all. */
export function postingFacts({ reference, organization, crm }: DrainContext): PostingFacts {
  const { baseCurrency, lockDate } = reference.organisation;
  return {
    baseCurrency,
    currencies: [...new Set([baseCurrency, ...reference.currencies])],
    lockDate,
    toXero: crm.entities.filter((entity) => flowsToXero(organization.settings, entity)),
  };
}

/** What an admin chose for this record, where records of its entity can be mapped. */
export function mappedId(context: DrainContext, entity: Entity, crmId: string | null): string | null {
  if (entity !== 'taxes' || crmId === null) return null;
  return chosenOf(context.mappings, 'tax').get(crmId) ?? null;
}

/** Everything a codec needs for one record, or what stands in its way. */
export type Resolved =
  | { state: 'resolved'; references: References }
  /** What a tax of the purchase is in Xero follows from a record that is yet to be settled. */
  | { state: 'waits'; parents: ParentRef[] }
  | { state: 'lacks'; problem: Problem; awaits: ParentRef[] };

/** Resolves what a record refers to, from bindings, mappings and settings. */
export function resolveReferences<E extends Entity>(request: {
  context: DrainContext;
  definition: EntityDefinition<E>;
  record: CanonicalRecord<E>;
  parents: ReadonlyMap<string, ParentState>;
}): Resolved {
  const { context, definition, record, parents } = request;
  const bound = definition.parents(record).flatMap((ref) => boundParent(parents.get(parentKey(ref))));
  const references = referencesOf(context, bound);
  const lacking = definition.needs(record).filter((need) => !isThere(need, references));
  const [first] = lacking;
  if (!first) return { state: 'resolved', references };
  const taxes = taxesToCome(lacking, parents);
  const unsettled = taxes.filter((tax) => needsWork(parents.get(parentKey(tax))));
  if (unsettled.length > 0) return { state: 'waits', parents: unsettled };
  return { state: 'lacks', problem: problemOf(labelled(first, context.mappings)), awaits: taxes };
}

/** What becomes of a record whose references were not all resolved. */
export function unresolved(
  operation: ClaimedOperation,
  resolved: Exclude<Resolved, { state: 'resolved' }>,
  label: string,
): Outcome {
  if (resolved.state === 'waits')
    return { operation, kind: 'waiting', parents: resolved.parents, label, birthMark: null };
  return { operation, kind: 'parked', ...resolved.problem, label, awaits: resolved.awaits };
}

/** The CRM calls a payment mode by its id; people know it by the name under which it can be mapped. */
function labelled(need: Need, mappings: readonly Mapping[]): Need {
  const known = mappings.find(({ kind, key }) => kind === need.kind && key === need.key);
  return { ...need, label: known && need.kind === 'payment-mode' ? known.label : need.label };
}

/** One that is in Xero already and does not serve leaves nothing to wait for. */
function taxesToCome(lacking: readonly Need[], parents: ReadonlyMap<string, ParentState>): ParentRef[] {
  return lacking
    .filter(({ kind, key }) => kind === 'purchase-tax' && key !== NO_TAX_KEY)
    .map(({ key }): ParentRef => ({ entity: 'taxes', crmId: key, required: true }))
    .filter((tax) => boundParent(parents.get(parentKey(tax))).length === 0);
}

function referencesOf(context: DrainContext, bound: readonly BoundParent[]): References {
  const { mappings, organization, reference, parts } = context;
  const accounts = chosenOf(mappings, 'account');
  return {
    parents: byEntity(bound),
    taxTypes: taxTypes(context, bound),
    purchaseTaxTypes: purchaseTaxTypes(context, bound),
    accounts: {
      sales: accounts.get('sales') ?? '',
      rounding: accounts.get('rounding') ?? '',
      expenses: accounts.get('expenses') ?? null,
    },
    expenseAccounts: chosenOf(mappings, 'expense-category'),
    bankAccounts: chosenOf(mappings, 'payment-mode'),
    accountCurrencies: accountCurrencies(reference),
    publicUrl: parts.publicUrl,
    baseCurrency: reference.organisation.baseCurrency,
    allowedCents: organization.settings.allowedCents,
    invoiceStatus: organization.settings.invoiceStatus,
    openFrom: openFrom(context),
  };
}

function openFrom({ organization, reference }: DrainContext): string | null {
  const { lockDate } = reference.organisation;
  return organization.settings.lockedDates === 'move' && lockDate !== null ? addDays(lockDate, 1) : null;
}

function accountCurrencies({ accounts, organisation }: XeroReference): Map<string, string> {
  const banks = accounts.filter(({ type }) => type === 'BANK');
  return new Map(banks.map(({ accountId, currency }) => [accountId, currency ?? organisation.baseCurrency]));
}

function isThere({ kind, key }: Need, references: References): boolean {
  const { accounts, expenseAccounts, bankAccounts, taxTypes: sold, purchaseTaxTypes: bought } = references;
  switch (kind) {
    case 'account':
      return Boolean(accounts[key as keyof typeof accounts]);
    case 'expense-category':
      return expenseAccounts.has(key) || accounts.expenses !== null;
    case 'payment-mode':
      return bankAccounts.has(key);
    case 'tax':
      return sold.has(key);
    case 'purchase-tax':
      return bought.has(key);
  }
}

function problemOf({ kind, key, label }: Need): Problem {
  switch (kind) {
    case 'account':
      return { code: 'ACCOUNT_NOT_MAPPED', meta: { purpose: label, key } };
    case 'expense-category':
      return { code: 'EXPENSE_CATEGORY_NOT_MAPPED', meta: { category: label, key } };
    case 'payment-mode':
      return { code: 'PAYMENT_MODE_NOT_MAPPED', meta: { mode: label, key } };
    case 'tax':
      return { code: 'TAX_NOT_MAPPED', meta: { tax: label, key } };
    case 'purchase-tax':
      return { code: 'TAX_NOT_MAPPED', meta: { tax: `${label} on purchases`, key, kind: 'purchase' } };
  }
}

function taxTypes({ mappings }: DrainContext, parents: readonly BoundParent[]): Map<string, string> {
  const noTax = chosenOf(mappings, 'tax').get(NO_TAX_KEY);
  const found = new Map<string, string>(noTax === undefined ? [] : [[NO_TAX_KEY, noTax]]);
  for (const { entity, crmId, xeroId } of parents) if (entity === 'taxes') found.set(crmId, xeroId);
  return found;
}
