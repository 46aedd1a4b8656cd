import type { Entity, Json, SyncError } from '@sync/domain';
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
  owned: { readonly [field: string]: Json };
  changed: string[] | null;
  taxTypes: string[];
}

/** What the scripted Xero holds. */
export interface XeroShelf {
  records(entity: Entity): XeroRecord[];
  put(entity: Entity, record: XeroRecord): void;
  /** Does a call: once for each key, however often it comes. */
  take(request: {
    entity: Entity;
    key: string | null;
    elements: readonly Element[];
    members: readonly BatchMember[];
    refuse: (crmId: string) => SyncError | null;
  }): MemberResult[];
  list(entity: Entity, since: Date | null, page: number): XeroPage;
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
  const write = (entity: Entity, { xeroId, keys, owned, status }: Element): XeroRecord => {
    made += 1;
    const id = xeroId ?? `x-${entity}-${made}`;
    const shown = status === 'approved' && shelf.draftsOnly ? 'draft' : status;
    const record = { xeroId: id, keys, owned, derived: { status: shown }, updatedAt: clock.now() };
    of(entity).set(id, record);
    return record;
  };
  const shelf: XeroShelf = {
    draftsOnly: false,
    pageSize: 1000,
    records: (entity) => [...of(entity).values()],
    put: (entity, record) => void of(entity).set(record.xeroId, record),
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
    list: (entity, since, page) => {
      const changed = [...of(entity).values()]
        .filter(({ updatedAt }) => since === null || updatedAt === null || updatedAt >= since)
        .toSorted((a, b) => (a.updatedAt?.getTime() ?? 0) - (b.updatedAt?.getTime() ?? 0));
      const end = page * shelf.pageSize;
      const records = changed.slice(end - shelf.pageSize, end);
      return { records, more: changed.length > end, answeredAt: clock.now() };
    },
  };
  return shelf;
}
