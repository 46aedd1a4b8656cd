import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import { NO_TAX_KEY } from '@sync/domain';
import { parentKey } from '../decide.js';
import type { EntityDefinition, PostingFacts, Problem } from '../definition.js';
import type { Mapping, ParentState } from '../ports/stores.js';
import type { References } from '../ports/xero.js';
import type { DrainContext } from './context.js';

/** What bears on whether a record can be posted at all. */
export function postingFacts({ reference }: DrainContext): PostingFacts {
  const { baseCurrency, lockDate } = reference.organisation;
  return { baseCurrency, currencies: [...new Set([baseCurrency, ...reference.currencies])], lockDate };
}

/** What an admin chose for this record, where records of its entity can be mapped. */
export function mappedId(context: DrainContext, entity: Entity, crmId: string | null): string | null {
  if (entity !== 'taxes') return null;
  const chosen = context.mappings.find(({ kind, key }) => kind === 'tax' && key === crmId);
  return chosen?.source === 'confirmed' ? chosen.value : null;
}

/** Account codes that every posting needs, or the problem that one is missing. */
export function accounts(mappings: readonly Mapping[]): { sales: string; rounding: string } | Problem {
  const code = (key: string) =>
    mappings.find(({ kind, key: held }) => kind === 'account' && held === key)?.value;
  const sales = code('sales');
  const rounding = code('rounding');
  if (!sales) return { code: 'ACCOUNT_NOT_MAPPED', meta: { purpose: 'sales', key: 'sales' } };
  if (!rounding)
    return { code: 'ACCOUNT_NOT_MAPPED', meta: { purpose: 'rounding differences', key: 'rounding' } };
  return { sales, rounding };
}

/** Everything a codec needs for one record. */
export function referencesFor<E extends Entity>(request: {
  context: DrainContext;
  definition: EntityDefinition<E>;
  record: CanonicalRecord<E>;
  parents: ReadonlyMap<string, ParentState>;
  accounts: { sales: string; rounding: string };
}): References {
  const { context, definition, record, parents } = request;
  const bound = definition
    .parents(record)
    .flatMap((ref) => parents.get(parentKey(ref)) ?? [])
    .flatMap((parent) => (parent.xeroId === null ? [] : [{ ...parent, xeroId: parent.xeroId }]));
  return {
    parents: byEntity(bound),
    taxTypes: taxTypes(context.mappings, bound),
    accounts: request.accounts,
    bankAccounts: chosen(context.mappings, 'payment-mode'),
    publicUrl: context.parts.publicUrl,
    baseCurrency: context.reference.organisation.baseCurrency,
    allowedCents: context.organization.settings.allowedCents,
    invoiceStatus: context.organization.settings.invoiceStatus,
  };
}

type BoundParent = ParentState & { xeroId: string };

function byEntity(parents: readonly BoundParent[]): Map<Entity, Map<string, string>> {
  const found = new Map<Entity, Map<string, string>>();
  for (const parent of parents) {
    const ofEntity = found.get(parent.entity) ?? new Map<string, string>();
    found.set(parent.entity, ofEntity.set(parent.crmId, referenceOf(parent)));
  }
  return found;
}

/** Lines name an item by its code, everything else by its id. */
function referenceOf({ entity, xeroId, xeroSnapshot }: BoundParent): string {
  return entity === 'items' ? (textField(xeroSnapshot, 'code') ?? xeroId) : xeroId;
}

function textField(snapshot: Json | null, field: string): string | null {
  if (snapshot === null || typeof snapshot !== 'object' || Array.isArray(snapshot)) return null;
  const value = (snapshot as { readonly [key: string]: Json | undefined })[field];
  return typeof value === 'string' ? value : null;
}

function taxTypes(mappings: readonly Mapping[], parents: readonly BoundParent[]): Map<string, string> {
  const noTax = mappings.find(({ kind, key }) => kind === 'tax' && key === NO_TAX_KEY)?.value;
  const found = new Map<string, string>(noTax ? [[NO_TAX_KEY, noTax]] : []);
  for (const { entity, crmId, xeroId } of parents) if (entity === 'taxes') found.set(crmId, xeroId);
  return found;
}

function chosen(mappings: readonly Mapping[], kind: Mapping['kind']): Map<string, string> {
  return new Map(
    mappings.flatMap((mapping) =>
      mapping.kind === kind && mapping.value ? [[mapping.key, mapping.value]] : [],
    ),
  );
}
