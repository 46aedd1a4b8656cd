import { type Clock, type Entity, SyncError } from '@sync/domain';
import type { CrmRemoval, CrmRemoveResult, CrmUnwritten, CrmWrite, CrmWriteResult } from '@sync/engine';
import type { PerfexDatabase } from '../database.js';
import type { PerfexSchema } from '../schema.js';
import type { TableNames } from '../table-names.js';
import { forgetOldLinks, LINK_TABLE } from './link-table.js';
import { inZone } from './local-time.js';
import { Refusal } from './refusal.js';
import { removeRecord } from './remove-record.js';
import { writeRecord } from './write-record.js';
import { prepareTables, type WriteTables } from './write-tables.js';
import type { Writer } from './writer.js';
import { writerOf } from './writers.js';
import { unwritten, withoutDeadlock, type Writing } from './writing.js';

/** What records are written with. */
export interface WritingParts {
  database: PerfexDatabase;
  prefix: string;
  tables: TableNames;
  clock: Clock;
  /** Looks at the installation before a transaction begins. */
  look(signal: AbortSignal): Promise<WritingLook>;
}

/** What writing needs to know of an installation. */
export interface WritingLook {
  schema: PerfexSchema;
  /** As Perfex is set to; empty where it is not. */
  timeZone: string;
}

/** Writes into one Perfex installation. */
export interface PerfexWriting {
  write<E extends Entity>(
    entity: E,
    writes: readonly CrmWrite<E>[],
    signal: AbortSignal,
  ): Promise<CrmWriteResult<E>[]>;
  remove<E extends Entity>(
    entity: E,
    removals: readonly CrmRemoval<E>[],
    signal: AbortSignal,
  ): Promise<CrmRemoveResult[]>;
  /** Looks at the tables anew at the next write. */
  forget(): void;
}

const MOST_WRITES = 50;

/** Prepares for writing; touches nothing before the first write. */
export function createPerfexWriting(parts: WritingParts): PerfexWriting {
  const prepared = new Map<Entity, WriteTables>();

  const each = async <E extends Entity, Item extends { key: string }, Result>(
    request: { entity: E; items: readonly Item[]; signal: AbortSignal },
    one: (writing: Writing<E>, item: Item) => Promise<Result>,
  ): Promise<(Result | CrmUnwritten)[]> => {
    const { entity, items, signal } = request;
    const writing = await writingOf(parts, prepared, { entity, signal });
    if (writing instanceof Refusal) return items.map(({ key }) => unwritten(key, writing));
    const results: Result[] = [];
    for (const item of items) results.push(await one(writing, item));
    return results;
  };

  return {
    write: (entity, writes, signal) => {
      refuseTooMany(writes);
      return each({ entity, items: writes, signal }, (writing, write) => writeRecord(writing, write, signal));
    },
    remove: (entity, removals, signal) => {
      refuseTooMany(removals);
      return each({ entity, items: removals, signal }, (writing, removal) =>
        removeRecord(writing, removal, signal),
      );
    },
    forget: () => prepared.clear(),
  };
}

interface Target<E extends Entity> {
  entity: E;
  signal: AbortSignal;
}

/** A refusal where this entity cannot be written as things are; what was found to be right holds until `forget`. */
async function writingOf<E extends Entity>(
  parts: WritingParts,
  prepared: Map<Entity, WriteTables>,
  { entity, signal }: Target<E>,
): Promise<Writing<E> | Refusal> {
  const writer = writerOf(entity);
  if (!writer) throw new SyncError('bug', `${entity} are not written into Perfex.`);
  const look = await parts.look(signal);
  if (!look.schema.entities.includes(entity)) {
    return new Refusal('REFUSED_BY_CRM', { reason: `this Perfex has no tables for ${entity}` });
  }
  try {
    const known = prepared.get(entity) ?? (await prepare(parts, writer, signal));
    prepared.set(entity, known);
    return openWriting(parts, { entity, writer, known, ...look });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function prepare<E extends Entity>(
  { database, prefix, clock }: WritingParts,
  { rights }: Writer<E>,
  signal: AbortSignal,
): Promise<WriteTables> {
  const tables = await database.transaction(signal, async (statements) => ({
    result: await prepareTables(statements, { prefix, rights }),
    keep: false,
  }));
  await withoutDeadlock(() =>
    database.transaction(signal, async (statements) => ({
      result: await forgetOldLinks(statements, linkTableOf(prefix), clock.now()),
      keep: true,
    })),
  );
  return tables;
}

function linkTableOf(prefix: string): string {
  return `\`${prefix}${LINK_TABLE}\``;
}

interface Known<E extends Entity> extends WritingLook {
  entity: E;
  writer: Writer<E>;
  known: WriteTables;
}

function openWriting<E extends Entity>(
  { database, prefix, tables, clock }: WritingParts,
  { entity, writer, known, schema, timeZone }: Known<E>,
): Writing<E> {
  const now = clock.now();
  return {
    database,
    entity,
    writer,
    linkTable: linkTableOf(prefix),
    now,
    open: ({ query, run }) => ({
      query,
      run,
      tables,
      schema,
      writtenTable: (table) => `\`${prefix}${table}\``,
      columns: (table) => known.get(table) ?? [],
      now: inZone(now, timeZone),
    }),
  };
}

function refuseTooMany(writes: readonly unknown[]): void {
  if (writes.length > MOST_WRITES) {
    throw new SyncError(
      'bug',
      `At most ${MOST_WRITES} records can be written at once, not ${writes.length}.`,
    );
  }
}
