import { ENTITIES, type Entity, type SyncError } from '@sync/domain';
import type {
  BatchMember,
  IdentityKeys,
  MemberResult,
  XeroDerived,
  XeroPage,
  XeroRecord,
} from '../ports/xero.js';
import type { MovedClock } from './moved-clock.js';

/** An element of a body, in the scripted Xero's own wire form. */
export interface Element {
  crmId: string;
  xeroId: string | null;
  status: XeroDerived['status'];
  keys: IdentityKeys;
  owned: XeroRecord['owned'];
  changed: string[] | null;
  taxTypes: string[];
}

/** What the scripted Xero holds. */
export interface XeroShelf {
  records(entity: Entity): XeroRecord[];
  put(entity: Entity, record: XeroRecord): void;
  /** Edits a record as a person in Xero would, a second after whatever happened to it before. */
  edit(entity: Entity, xeroId: string, change: Partial<Pick<XeroRecord, 'owned' | 'derived' | 'keys'>>): void;
  /** Takes a record out without a trace. */
  lose(entity: Entity, xeroId: string): void;
  /** Does a call: once for each key, however often it comes. */
  take(request: {
    entity: Entity;
    key: string | null;
    elements: readonly Element[];
    members: readonly BatchMember[];
    refuse: (crmId: string) => SyncError | null;
  }): MemberResult[];
  /** A page of a listing that holds these entities, the first of them asked for. */
  list(entities: readonly Entity[], since: Date | null, page: number): XeroPage;
  read(entity: Entity, ids: readonly string[]): XeroPage;
  /** Approved invoices are saved as drafts, as for a user who may not approve them. */
  draftsOnly: boolean;
  pageSize: number;
}

/** Makes an empty one. */
export function createXeroShelf(clock: MovedClock): XeroShelf {
  const held = new Map<Entity, Map<string, XeroRecord>>();
  const done = new Map<string, MemberResult[]>();
  let made = 0;
  const of = (entity: Entity) => {
    const records = held.get(entity) ?? new Map<string, XeroRecord>();
    held.set(entity, records);
    return records;
  };
  const write = (entity: Entity, element: Element): XeroRecord => {
    const { xeroId, keys, status } = element;
    made += 1;
    const id = xeroId ?? `x-${entity}-${made}`;
    const before = of(entity).get(id);
    const shown = status === 'approved' && shelf.draftsOnly ? 'draft' : status;
    const owned = ownedAfter(before, element);
    const record = { xeroId: id, keys, owned, derived: { status: shown }, updatedAt: clock.now() };
    of(entity).set(id, record);
    return record;
  };
  const shelf: XeroShelf = {
    draftsOnly: false,
    pageSize: 1000,
    records: (entity) => [...of(entity).values()],
    put: (entity, record) => void of(entity).set(record.xeroId, record),
    lose: (entity, xeroId) => void of(entity).delete(xeroId),
    edit: (entity, xeroId, { owned, derived, keys }) => {
      const record = of(entity).get(xeroId);
      if (!record) throw new Error(`Xero holds no ${entity} ${xeroId}`);
      const after = Math.max(clock.now().getTime(), (record.updatedAt?.getTime() ?? 0) + 1000);
      of(entity).set(xeroId, {
        ...record,
        owned: { ...record.owned, ...owned },
        derived: { ...record.derived, ...derived },
        keys: { ...record.keys, ...keys },
        updatedAt: new Date(after),
      });
    },
    take: ({ entity, key, elements, members, refuse }) => {
      const before = key === null ? undefined : done.get(key);
      if (before) return before;
      const results = elements.map((element, index): MemberResult => {
        const bindingId = members[index]?.bindingId ?? '';
        const error = refuse(element.crmId);
        if (error) return { bindingId, state: 'refused', error };
        return { bindingId, state: 'accepted', record: write(entity, element), warnings: [] };
      });
      if (key !== null) done.set(key, results);
      return results;
    },
    list: (entities, since, page) => {
      const changed = entities
        .flatMap((entity) => [...of(entity).values()].map((record) => ({ entity, record })))
        .filter(({ record: { updatedAt } }) => since === null || updatedAt === null || updatedAt >= since)
        .toSorted((a, b) => timeOf(a) - timeOf(b));
      const end = page * shelf.pageSize;
      return pageOf(entities, withParts(of, changed.slice(end - shelf.pageSize, end)), {
        more: changed.length > end,
        changedUpTo: changed.slice(0, end).at(-1)?.record.updatedAt ?? null,
        answeredAt: clock.now(),
      });
    },
    read: (entity, ids) => {
      const found = ids.flatMap((id) => of(entity).get(id) ?? []).map((record) => ({ entity, record }));
      const entities = Object.values(WITHIN).includes(entity) ? [entity, ...partsOf(entity)] : [entity];
      return pageOf(entities, withParts(of, found), {
        more: false,
        changedUpTo: found.at(-1)?.record.updatedAt ?? null,
        answeredAt: clock.now(),
      });
    },
  };
  return shelf;
}

/** An update changes the fields that it names, and leaves the others as they are. */
function ownedAfter(before: XeroRecord | undefined, { owned, changed }: Element): XeroRecord['owned'] {
  if (!before || changed === null) return owned;
  const sent = Object.entries(owned).filter(([field]) => changed.includes(field));
  return { ...before.owned, ...Object.fromEntries(sent) };
}

interface Shelved {
  entity: Entity;
  record: XeroRecord;
}

/** What Xero lists inside of something else: of that it lists all. */
const WITHIN: Readonly<Partial<Record<Entity, Entity>>> = { 'credit-applications': 'credit-notes' };

function partsOf(whole: Entity): Entity[] {
  return ENTITIES.filter((entity) => WITHIN[entity] === whole);
}

function withParts(of: (entity: Entity) => Map<string, XeroRecord>, found: readonly Shelved[]): Shelved[] {
  const parts = found.flatMap(({ entity: whole, record: { xeroId } }) =>
    partsOf(whole).flatMap((entity) =>
      [...of(entity).values()]
        .filter(({ keys }) => keys.parentXeroId === xeroId)
        .map((record) => ({ entity, record })),
    ),
  );
  return [...found, ...parts];
}

function timeOf({ record }: Shelved): number {
  return record.updatedAt?.getTime() ?? 0;
}

function pageOf(
  [asked, ...others]: readonly Entity[],
  found: readonly Shelved[],
  answer: Pick<XeroPage, 'more' | 'changedUpTo' | 'answeredAt'>,
): XeroPage {
  const ofEntity = (entity: Entity | undefined) =>
    found.filter((one) => one.entity === entity).map(({ record }) => record);
  return {
    ...answer,
    records: ofEntity(asked),
    others: new Map(others.map((entity) => [entity, ofEntity(entity)])),
    wholeOf: new Map(
      [asked, ...others].flatMap((entity) => {
        const whole = entity === undefined ? undefined : WITHIN[entity];
        return entity && whole ? [[entity, ofEntity(whole).map(({ xeroId }) => xeroId)]] : [];
      }),
    ),
  };
}
