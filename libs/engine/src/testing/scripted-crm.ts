import { canonicalHash, CRM_ENTITIES, type CanonicalRecord, type Entity } from '@sync/domain';
import type {
  ChangePage,
  CrmPort,
  CrmReference,
  CrmReading,
  CrmRemoval,
  CrmRemoveResult,
  CrmWrite,
  CrmWriteResult,
  ListChanges,
  ReferenceAddition,
} from '../ports/crm.js';

/** A CRM that holds what a spec puts into it. */
export interface ScriptedCrm extends CrmPort {
  put<E extends Entity>(entity: E, records: readonly CanonicalRecord<E>[], birthMark?: string): void;
  /** Answers for an id with something else than a record of that id. */
  answer<E extends Entity>(entity: E, reading: CrmReading<E>): void;
  /** Takes a record out, as a person in the CRM would. */
  lose(entity: Entity, id: string): void;
  /** Why a write or a removal is refused, by its key; null: it is not. */
  refuse: (key: string) => Pick<Extract<CrmWriteResult, { state: 'refused' }>, 'code' | 'meta'> | null;
  /** From now on every call ends with this; null: all is well. */
  fail(error: Error | null): void;
  /** What happens while a read is under way. */
  whileReading(work: ((entity: Entity, ids: readonly string[]) => Promise<void>) | null): void;
  /** The pages of the listings to come, in place of one page of everything. */
  pages(list: ((request: ListChanges) => ChangePage | Promise<ChangePage>) | null): void;
  /** What it has to choose from. */
  readonly lists: Pick<CrmReference, 'paymentModes' | 'expenseCategories'>;
  /** How often each call was made. */
  readonly calls: {
    read: number;
    list: number;
    check: number;
    write: number;
    remove: number;
    addReference: number;
  };
}

/** Makes an empty one. */
export function createScriptedCrm(
  declared: Partial<
    Pick<CrmPort, 'entities' | 'deletions' | 'writable' | 'removable' | 'referenceWritable'>
  > = {},
): ScriptedCrm {
  const held = new Map<string, CrmReading>();
  const script: {
    error: Error | null;
    reading: ((entity: Entity, ids: readonly string[]) => Promise<void>) | null;
    list: ((request: ListChanges) => ChangePage | Promise<ChangePage>) | null;
  } = { error: null, reading: null, list: null };
  const calls = { read: 0, list: 0, check: 0, write: 0, remove: 0, addReference: 0 };
  const answering = (call: keyof typeof calls) => {
    calls[call] += 1;
    if (script.error) throw script.error;
  };
  const everything = (entity: Entity): ChangePage => {
    const prefix = `${entity}/`;
    const found = [...held.keys()].filter((key) => key.startsWith(prefix));
    return {
      changes: found.map((key) => ({ recordId: key.slice(prefix.length) })),
      cursor: 'end',
      last: true,
    };
  };
  const writing = createWriting(held);
  const lists = {
    paymentModes: [{ id: '1', name: 'Bank', active: true }],
    expenseCategories: [{ id: '1', name: 'Travel' }],
  };
  const adding = createAdding(lists);
  const crm: ScriptedCrm = {
    entities: CRM_ENTITIES,
    deletions: 'by-listing',
    writable: CRM_ENTITIES,
    removable: CRM_ENTITIES,
    referenceWritable: ['expense-category', 'payment-mode'],
    ...declared,
    refuse: () => null,
    calls,
    lists,
    put: (entity, records, birthMark) => {
      for (const record of records) {
        const reading = { id: record.id, state: 'found', record, birthMark: birthMark ?? null } as CrmReading;
        held.set(`${entity}/${record.id}`, reading);
      }
    },
    answer: (entity, reading) => void held.set(`${entity}/${reading.id}`, reading as CrmReading),
    lose: (entity, id) => void held.delete(`${entity}/${id}`),
    fail: (error) => {
      script.error = error;
    },
    whileReading: (work) => {
      script.reading = work;
    },
    pages: (list) => {
      script.list = list;
    },
    check: async () => answering('check'),
    listChanges: async (request) => {
      answering('list');
      return script.list ? script.list(request) : everything(request.entity);
    },
    read: async <E extends Entity>(entity: E, ids: readonly string[]) => {
      await script.reading?.(entity, ids);
      answering('read');
      return ids.map((id) => (held.get(`${entity}/${id}`) ?? { id, state: 'missing' }) as CrmReading<E>);
    },
    reference: async () => {
      if (script.error) throw script.error;
      return {
        baseCurrency: 'USD',
        paymentModes: [...lists.paymentModes],
        expenseCategories: [...lists.expenseCategories],
      };
    },
    addReference: async (addition) => {
      answering('addReference');
      const why = crm.refuse(addition.key);
      return why ? { state: 'refused', ...why } : { state: 'added', id: adding(addition) };
    },
    write: async (entity, writes) => {
      answering('write');
      return writes.map((write) => refused(crm, write.key) ?? writing.write(entity, write));
    },
    remove: async (entity, removals) => {
      answering('remove');
      return removals.map((removal) => refused(crm, removal.key) ?? writing.remove(entity, removal));
    },
    close: async () => undefined,
  };
  return crm;
}

function refused(crm: ScriptedCrm, key: string) {
  const why = crm.refuse(key);
  return why && { key, state: 'refused' as const, ...why };
}

/** Each key is one entry. */
function createAdding({ paymentModes, expenseCategories }: ScriptedCrm['lists']) {
  const made = new Map<string, string>();
  return ({ kind, key, name }: ReferenceAddition): string => {
    const known = made.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const id = `new-${made.size + 1}`;
    made.set(`${kind} ${key}`, id);
    if (kind === 'payment-mode') paymentModes.push({ id, name, active: true });
    else expenseCategories.push({ id, name });
    return id;
  };
}

/** Each key is one record, and nothing is written over what somebody changed meanwhile. */
function createWriting(held: Map<string, CrmReading>) {
  const made = new Map<string, string>();
  const at = (entity: Entity, id: string) => held.get(`${entity}/${id}`);
  const isStill = (entity: Entity, id: string, was: CanonicalRecord) => {
    const reading = at(entity, id);
    return reading?.state === 'found' && canonicalHash(reading.record) === canonicalHash(was);
  };
  const written = <E extends Entity>(entity: E, key: string, id: string): CrmWriteResult<E> => {
    const reading = at(entity, id) as CrmReading<E> | undefined;
    return reading?.state === 'found' ? { key, state: 'written', reading } : { key, state: 'changed' };
  };
  return {
    write: <E extends Entity>(entity: E, { key, crmId, record, was }: CrmWrite<E>): CrmWriteResult<E> => {
      const before = made.get(`${entity}/${key}`);
      if (crmId === null && before !== undefined) return written(entity, key, before);
      if (crmId !== null && (was === null || !isStill(entity, crmId, was))) return { key, state: 'changed' };
      const id = crmId ?? `new-${made.size + 1}`;
      const reading = { id, state: 'found', record: { ...record, id }, birthMark: null };
      held.set(`${entity}/${id}`, reading as CrmReading);
      if (crmId === null) made.set(`${entity}/${key}`, id);
      return written(entity, key, id);
    },
    remove: <E extends Entity>(entity: E, { key, crmId, was }: CrmRemoval<E>): CrmRemoveResult => {
      if (at(entity, crmId) === undefined) return { key, state: 'removed' };
      if (!isStill(entity, crmId, was)) return { key, state: 'changed' };
      held.delete(`${entity}/${crmId}`);
      return { key, state: 'removed' };
    },
  };
}
