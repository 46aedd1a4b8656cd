import { type CrmEntity, SyncError } from '@sync/domain';
import type {
  CrmRemoval,
  CrmRemoveResult,
  CrmUnwritten,
  CrmWrite,
  CrmWriteResult,
  ReferenceAdded,
  ReferenceAddition,
} from '@sync/engine';
import { addEntry, ENTRY_LISTS } from './add-entry.js';
import { createPreparation, type Preparation, type WritingParts } from './prepared.js';
import { Refusal } from './refusal.js';
import { removeRecord } from './remove-record.js';
import { writeRecord } from './write-record.js';
import { writerOf } from './writers.js';
import { unwritten, type Writing } from './writing.js';

/** Writes into one Perfex installation. */
export interface PerfexWriting {
  write<E extends CrmEntity>(
    entity: E,
    writes: readonly CrmWrite<E>[],
    signal: AbortSignal,
  ): Promise<CrmWriteResult<E>[]>;
  remove<E extends CrmEntity>(
    entity: E,
    removals: readonly CrmRemoval<E>[],
    signal: AbortSignal,
  ): Promise<CrmRemoveResult[]>;
  add(addition: ReferenceAddition, signal: AbortSignal): Promise<ReferenceAdded>;
  /** Looks at the tables anew at the next write. */
  forget(): void;
}

const MOST_WRITES = 50;

/** Prepares for writing; touches nothing before the first write. */
export function createPerfexWriting(parts: WritingParts): PerfexWriting {
  const preparation = createPreparation(parts);
  const each = async <E extends CrmEntity, Item extends { key: string }, Result>(
    request: { entity: E; items: readonly Item[]; signal: AbortSignal },
    one: (writing: Writing<E>, item: Item) => Promise<Result>,
  ): Promise<(Result | CrmUnwritten)[]> => {
    const { entity, items, signal } = request;
    refuseTooMany(items);
    const writing = await writingOf(parts, preparation, { entity, signal });
    if (writing instanceof Refusal) return items.map(({ key }) => unwritten(key, writing));
    const results: Result[] = [];
    for (const item of items) results.push(await one(writing, item));
    return results;
  };
  return {
    write: (entity, writes, signal) =>
      each({ entity, items: writes, signal }, (writing, write) => writeRecord(writing, write, signal)),
    remove: (entity, removals, signal) =>
      each({ entity, items: removals, signal }, (writing, removal) => removeRecord(writing, removal, signal)),
    add: (addition, signal) => add(parts, preparation, { addition, signal }),
    forget: preparation.forget,
  };
}

/** What forbids to add anything to a list is told of the list, and not of the entry. */
async function add(
  parts: WritingParts,
  preparation: Preparation,
  { addition, signal }: { addition: ReferenceAddition; signal: AbortSignal },
): Promise<ReferenceAdded> {
  const { kind } = addition;
  const look = await parts.look(signal);
  const list = ENTRY_LISTS[kind];
  if (kind === 'expense-category' && !look.schema.entities.includes('expenses')) {
    return {
      state: 'not-taken',
      code: 'REFUSED_BY_CRM',
      meta: { reason: 'this Perfex has no tables for expenses' },
    };
  }
  try {
    const prepared = await preparation.prepare({ name: kind, rights: list.rights, look }, signal);
    return await addEntry({ ...prepared, list }, addition, signal);
  } catch (error) {
    if (error instanceof Refusal) return { state: 'not-taken', code: error.code, meta: error.meta };
    throw error;
  }
}

/** A refusal where this entity cannot be written as things are. */
async function writingOf<E extends CrmEntity>(
  { look: lookAt }: WritingParts,
  preparation: Preparation,
  { entity, signal }: { entity: E; signal: AbortSignal },
): Promise<Writing<E> | Refusal> {
  const writer = writerOf(entity);
  if (!writer) throw new SyncError('bug', `${entity} are not written into Perfex.`);
  const look = await lookAt(signal);
  if (!look.schema.entities.includes(entity)) {
    return new Refusal('REFUSED_BY_CRM', { reason: `this Perfex has no tables for ${entity}` });
  }
  try {
    const { rights } = writer;
    return { ...(await preparation.prepare({ name: entity, rights, look }, signal)), entity, writer };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function refuseTooMany(writes: readonly unknown[]): void {
  if (writes.length > MOST_WRITES) {
    throw new SyncError(
      'bug',
      `At most ${MOST_WRITES} records can be written at once, not ${writes.length}.`,
    );
  }
}
