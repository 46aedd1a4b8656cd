import { ENTITIES, type CanonicalRecord, type Entity } from '@sync/domain';
import type { ChangePage, CrmPort, CrmReading, ListChanges } from '../ports/crm.js';

/** A CRM that holds what a spec puts into it. */
export interface ScriptedCrm extends CrmPort {
  put<E extends Entity>(entity: E, records: readonly CanonicalRecord<E>[], birthMark?: string): void;
  /** Answers for an id with something else than a record of that id. */
  answer<E extends Entity>(entity: E, reading: CrmReading<E>): void;
  remove(entity: Entity, id: string): void;
  /** From now on every call ends with this; null: all is well. */
  fail(error: Error | null): void;
  /** What happens while a read is under way. */
  whileReading(work: ((entity: Entity, ids: readonly string[]) => Promise<void>) | null): void;
  /** The pages of the listings to come, in place of one page of everything. */
  pages(list: ((request: ListChanges) => ChangePage | Promise<ChangePage>) | null): void;
  /** How often each call was made. */
  readonly calls: { read: number; list: number; check: number };
}

/** Makes an empty one. */
export function createScriptedCrm(
  declared: Partial<Pick<CrmPort, 'entities' | 'deletions'>> = {},
): ScriptedCrm {
  const held = new Map<string, CrmReading>();
  const script: {
    error: Error | null;
    reading: ((entity: Entity, ids: readonly string[]) => Promise<void>) | null;
    list: ((request: ListChanges) => ChangePage | Promise<ChangePage>) | null;
  } = { error: null, reading: null, list: null };
  const calls = { read: 0, list: 0, check: 0 };
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
  return {
    entities: ENTITIES,
    deletions: 'by-listing',
    ...declared,
    calls,
    put: (entity, records, birthMark) => {
      for (const record of records) {
        const reading = { id: record.id, state: 'found', record, birthMark: birthMark ?? null } as CrmReading;
        held.set(`${entity}/${record.id}`, reading);
      }
    },
    answer: (entity, reading) => void held.set(`${entity}/${reading.id}`, reading as CrmReading),
    remove: (entity, id) => void held.delete(`${entity}/${id}`),
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
      return { baseCurrency: 'USD', paymentModes: [{ id: '1', name: 'Bank', active: true }] };
    },
    close: async () => undefined,
  };
}
