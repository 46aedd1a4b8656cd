import type { CanonicalRecord, Entity } from '@sync/domain';
import { changedInXero, changedSince, fieldsOf, isNewer, sameForm } from '../agreement.js';
import type { XeroSide } from '../decide.js';
import { type EntityDefinition, parentKey } from '../definition.js';
import { flowsToXero } from '../directions.js';
import type { CrmReading } from '../ports/crm.js';
import type { Binding, ClaimedOperation, ParentInCrm, ParentState, XeroCopy } from '../ports/stores.js';
import type { BackReferences, XeroRecord } from '../ports/xero.js';
import { crmIdsOf, type Names, namesInCrm } from './back-references.js';
import type { DrainContext } from './context.js';
import { absorb } from './identities.js';

/** What is known of Xero's side of one record, before it is put into the CRM's terms. */
export interface KnownInXero {
  copy: XeroCopy;
  news: boolean;
  /** The contact that it was merged into. */
  mergedInto: XeroCopy | null;
  /** As it was agreed. */
  agreed: XeroRecord | null;
  names: readonly { entity: Entity; xeroId: string }[];
  parents: readonly ParentInCrm[];
  translation: Names;
}

/** What Xero holds of claimed records, by binding id: of those for whose decision it matters. */
export async function knownInXero(
  context: DrainContext,
  definition: EntityDefinition,
  {
    operations,
    readings,
  }: { operations: readonly ClaimedOperation[]; readings: ReadonlyMap<string, CrmReading> },
): Promise<Map<string, KnownInXero>> {
  const { entity } = definition;
  const ids = operations.flatMap(({ binding: { xeroId } }) => xeroId ?? []);
  const unknown = operations.flatMap(({ binding: { crmId, xeroId } }) =>
    crmId === null ? (xeroId ?? []) : [],
  );
  const copies = await copiesOf(context, entity, { ids, wanted: unknown });
  const mattering = operations.flatMap(({ binding }) => {
    const copy = copies.get(binding.xeroId ?? '');
    const reading = binding.crmId === null ? undefined : readings.get(binding.crmId);
    return copy && matters(context, definition, { binding, copy, reading }) ? [{ binding, copy }] : [];
  });
  if (mattering.length === 0) return new Map();
  const merged = mattering.flatMap(({ copy }) => copy.record.derived.mergedInto ?? []);
  const survivors = await copiesOf(context, entity, { ids: merged, wanted: merged });
  const { xero, stores } = context.parts;
  const found = mattering.map(({ binding, copy }) => {
    const agreed = agreedRecord(binding, copy);
    const names = xero.refersTo(entity, copy.record);
    return { binding, copy, agreed, names, before: agreed ? xero.refersTo(entity, agreed) : [] };
  });
  const wanted = found.flatMap(({ names, before }) => [...names, ...before]);
  const parents = await stores.operations.parentsInXero(context.organization.id, wanted);
  const translation = await namesInCrm(context, entity);
  return new Map(
    found.map(({ binding, copy, agreed, names }) => {
      const news = isNews(definition, binding, copy);
      const mergedInto = survivors.get(copy.record.derived.mergedInto ?? '') ?? null;
      return [binding.id, { copy, news, mergedInto, agreed, names, parents, translation }];
    }),
  );
}

/** What we know of these records; of those that are wanted, what our copy does not hold is read by id. */
async function copiesOf(
  context: DrainContext,
  entity: Entity,
  { ids, wanted }: { ids: readonly string[]; wanted: readonly string[] },
): Promise<Map<string, XeroCopy>> {
  const { identities } = context.parts.stores;
  const load = async (some: readonly string[]) => {
    const copies = await identities.copies(context.organization.id, entity, some);
    return copies.map((copy) => [copy.record.xeroId, copy] as const);
  };
  const known = new Map(await load(ids));
  const missing = wanted.filter((id) => !known.has(id));
  if (missing.length === 0 || entity === 'credit-applications') return known;
  for (let start = 0; start < missing.length; start += IDS_PER_CALL) {
    const part = missing.slice(start, start + IDS_PER_CALL);
    const { records } = await context.session.read({ entity, ids: part, lane: 'event' });
    await absorb(context, entity, records);
  }
  return new Map([...known, ...(await load(missing))]);
}

/** Ids that Xero takes in one reading call. */
export const IDS_PER_CALL = 40;

function matters(
  { organization }: DrainContext,
  definition: EntityDefinition,
  { binding, copy, reading }: { binding: Binding; copy: XeroCopy; reading: CrmReading | undefined },
): boolean {
  if (binding.crmId === null || definition.editForbidden !== null) return true;
  if (reading?.state !== 'found' || definition.exclusion(reading.record) !== null) return true;
  if (!copy.live && isNewer(binding, copy)) return true;
  return isNews(definition, binding, copy) || !flowsToXero(organization.settings, definition.entity);
}

/** A copy in an older form says nothing until it is read anew; one in a newer form only if Xero changed it since. */
function isNews({ codecVersion }: EntityDefinition, binding: Binding, copy: XeroCopy): boolean {
  if (copy.codecVersion !== codecVersion) return false;
  return sameForm(binding, copy) ? changedInXero(binding, copy).length > 0 : changedSince(binding, copy);
}

/** What Xero held when both sides last agreed: what the agreement does not know, as it is now. */
function agreedRecord(binding: Binding, copy: XeroCopy): XeroRecord | null {
  if (binding.xeroSnapshot === null || !sameForm(binding, copy)) return null;
  const { record } = copy;
  return {
    ...record,
    owned: { ...record.owned, ...fieldsOf(binding.xeroSnapshot) },
    derived: binding.xeroDerived ?? record.derived,
  };
}

/** Puts Xero's side into the CRM's terms. */
export function sideOf<E extends Entity>(
  { parts }: DrainContext,
  definition: EntityDefinition<E>,
  {
    known,
    reading,
    parents,
  }: {
    known: KnownInXero;
    reading: CrmReading<E> | null;
    parents: ReadonlyMap<string, ParentState>;
  },
): XeroSide<E> {
  const { copy, agreed, translation, names, news, mergedInto } = known;
  const base = reading?.state === 'found' ? reading.record : null;
  const crmIds = crmIdsOf([...known.parents, ...ownParents(definition, base, parents)]);
  const references: BackReferences = { ...translation, crmIds };
  const inCrm = (record: XeroRecord) =>
    parts.xero.canonical({ entity: definition.entity, record, base, references });
  const now = inCrm(copy.record);
  return {
    copy,
    news,
    mergedInto,
    names,
    parents: known.parents,
    now,
    before: agreed ? inCrm(agreed) : UNKNOWN,
  };
}

const UNKNOWN = { ok: false, code: 'UNEXPECTED', meta: {} } as const;

/** Of several records of the CRM that share one in Xero, a record keeps those that it names. */
function ownParents<E extends Entity>(
  definition: EntityDefinition<E>,
  base: CanonicalRecord<E> | null,
  parents: ReadonlyMap<string, ParentState>,
): ParentInCrm[] {
  if (base === null) return [];
  return definition.parents(base).flatMap((ref) => {
    const parent = parents.get(parentKey(ref));
    if (!parent || parent.xeroId === null) return [];
    const { entity, crmId, xeroId, status, live, issueCode } = parent;
    return [{ entity, crmId, xeroId, status, live, issueCode }];
  });
}
