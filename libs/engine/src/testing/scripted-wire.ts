import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import type { Definitions, EntityDefinition, XeroIdOf } from '../definition.js';
import type {
  BackReferences,
  EncodeRequest,
  EncodeResult,
  IdentityKeys,
  WriteAction,
  WriteCall,
  XeroPort,
  XeroRecord,
} from '../ports/xero.js';
import type { Element } from './xero-shelf.js';

/** The scripted Xero tells what is done by the method alone. */
export const METHODS = { create: 'PUT', update: 'POST', void: 'DELETE' } as const satisfies Record<
  WriteAction,
  string
>;

/** What a call does. */
export function actionOf(method: WriteCall['method']): WriteAction {
  return method === 'PUT' ? 'create' : method === 'POST' ? 'update' : 'void';
}

/** The indexes of elements, in parts of at most this size. */
export function inParts(elements: readonly unknown[], size: number): number[][] {
  const parts: number[][] = [];
  elements.forEach((_, index) => {
    const last = parts.at(-1);
    if (last && last.length < size) last.push(index);
    else parts.push([index]);
  });
  return parts;
}

/** What takes a record out: contacts are archived, drafts deleted, documents voided. */
export function voided(entity: Entity, { xeroId, keys, owned, derived }: XeroRecord): Element {
  const contact = entity === 'customers' || entity === 'vendors';
  const status = contact ? 'archived' : derived.status === 'draft' ? 'deleted' : 'voided';
  return { crmId: '', xeroId, status, keys, owned, changed: null, taxTypes: [] };
}

/** What has no room for a marker. */
const UNMARKED: ReadonlySet<Entity> = new Set(['taxes', 'items', 'credit-applications']);

/** An element as the definition has it, its keys and its owned fields. */
export function encoded(definitions: Definitions, request: EncodeRequest): EncodeResult {
  const { entity, record, marker, xeroId, references, distinctName, changed } = request;
  const definition = definitions[entity] as EntityDefinition;
  const xeroIdOf: XeroIdOf = (parent, id) => references.parents.get(parent)?.get(id) ?? null;
  const keys: IdentityKeys = definition.keys(record, xeroIdOf);
  const bears = !UNMARKED.has(entity);
  const element: Element = {
    crmId: record.id,
    xeroId,
    status: entity === 'invoices' && references.invoiceStatus === 'AUTHORISED' ? 'approved' : 'active',
    keys: {
      ...keys,
      marker: bears ? marker : null,
      name: distinctName ? `${keys.name} (${record.id})` : keys.name,
    },
    owned: definition.owned(record),
    changed: changed === null ? null : [...changed],
    taxTypes: [...references.taxTypes.values()],
  };
  const expected = entity === 'invoices' ? { status: element.status } : {};
  return {
    ok: true,
    element: element as unknown as Json,
    expected,
    adjusted: { taxCents: 0, roundingCents: 0 },
  };
}

/** What is asked of `canonical`. */
export type CanonicalRequest<E extends Entity> = Parameters<XeroPort['canonical']>[0] & {
  entity: E;
  base: CanonicalRecord<E> | null;
};

/** What a record of the CRM has that Xero does not own. */
const BLANK: Readonly<Partial<Record<Entity, object>>> = {
  customers: { active: true },
  vendors: { active: true },
  invoices: { status: 'open', sent: false, paid: '0', credited: '0' },
};

const PARENT_FIELDS: Readonly<Record<string, Entity>> = {
  customerId: 'customers',
  vendorId: 'vendors',
  invoiceId: 'invoices',
  creditNoteId: 'credit-notes',
};

/** Its wire form is ours, but for parents that somebody named by their ids in Xero: those begin with `x-`. */
export function namedIn(owned: XeroRecord['owned']): { entity: Entity; xeroId: string; field: string }[] {
  return Object.entries(PARENT_FIELDS).flatMap(([field, entity]) => {
    const xeroId = owned[field];
    return typeof xeroId === 'string' && xeroId.startsWith('x-') ? [{ entity, xeroId, field }] : [];
  });
}

/** The record in the CRM's terms; `base` and `BLANK` have what Xero does not own. */
export function inCrm<E extends Entity>({
  entity,
  record,
  base,
  references,
}: CanonicalRequest<E>): CanonicalRecord<E> {
  const owned = withCrmIds(record, references);
  return { id: '', ...BLANK[entity], ...base, ...owned } as CanonicalRecord<E>;
}

function withCrmIds({ owned }: XeroRecord, { crmIds }: BackReferences): XeroRecord['owned'] {
  const named = namedIn(owned).map(({ entity, xeroId, field }) => [
    field,
    crmIds.get(entity)?.get(xeroId) ?? xeroId,
  ]);
  return { ...owned, ...Object.fromEntries(named) };
}
