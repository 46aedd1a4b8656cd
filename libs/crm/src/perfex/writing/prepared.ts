import type { Clock } from '@sync/domain';
import type { PerfexDatabase } from '../database.js';
import type { PerfexSchema } from '../schema.js';
import type { TableNames } from '../table-names.js';
import { forgetOldLinks, LINK_TABLE } from './link-table.js';
import { inZone } from './local-time.js';
import { prepareTables, type WriteTables } from './write-tables.js';
import type { Rights } from './writer.js';
import { type Transactions, withoutDeadlock } from './writing.js';

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

/** Looks at tables and rights, once for each kind of thing that is written. */
export interface Preparation {
  /** Throws a `Refusal` where it cannot be written as things are. */
  prepare(
    request: { name: string; rights: Rights; look: WritingLook },
    signal: AbortSignal,
  ): Promise<Transactions>;
  /** What was found to be right is looked at again. */
  forget(): void;
}

/** Touches nothing before the first write. */
export function createPreparation(parts: WritingParts): Preparation {
  const known = new Map<string, WriteTables>();
  return {
    prepare: async ({ name, rights, look }, signal) => {
      const tables = known.get(name) ?? (await lookAtTables(parts, rights, signal));
      known.set(name, tables);
      return preparedOf(parts, tables, look);
    },
    forget: () => known.clear(),
  };
}

async function lookAtTables(
  { database, prefix, clock }: WritingParts,
  rights: Rights,
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

function preparedOf(
  { database, prefix, tables, clock }: WritingParts,
  known: WriteTables,
  { schema, timeZone }: WritingLook,
): Transactions {
  const now = clock.now();
  return {
    database,
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

function linkTableOf(prefix: string): string {
  return `\`${prefix}${LINK_TABLE}\``;
}
