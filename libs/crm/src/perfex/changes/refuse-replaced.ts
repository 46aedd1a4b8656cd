import { type CrmEntity, SyncError } from '@sync/domain';
import type { PerfexSession } from '../reading/session.js';
import { RECORD_TABLES } from './watched-rows.js';

/** What the table says of its ids. */
interface IdCounter {
  /** The highest id there is; 0 for none. */
  highest: number;
  /** The id that the next row will get; null where the server does not say. */
  next: number | null;
  /** Whether the server keeps the counter over a restart. */
  lasting: boolean;
}

/**
 * Throws `conflict` with CRM_REPLACED when the table was restored or set up anew. That the highest id fell does not say so:
 * deleting the newest rows does the same. But the counter never goes back by a deletion, only when the table is filled from
 * an older copy, emptied or made anew, and then ids that we know will be given to other records. Servers before MySQL 8.0
 * and MariaDB 10.2.4 forget the counter in a restart, so there a deletion and a restart would look like a restore: on
 * those only the birth marks of records tell.
 */
export async function refuseReplaced(
  session: PerfexSession,
  entity: CrmEntity,
  knownHighest: number,
): Promise<void> {
  if (knownHighest === 0) return;
  const counter = await idCounter(session, entity);
  if (counter.highest >= knownHighest || !counter.lasting) return;
  // A server shows no counter for a table into which nothing was ever put.
  const next = counter.next ?? (counter.highest === 0 ? 1 : knownHighest + 1);
  if (next > knownHighest) return;
  const reason = `its ${entity} end at id ${counter.highest} and go on with ${next}, but ${knownHighest} was seen before`;
  throw new SyncError('conflict', `The CRM was restored or set up anew: ${reason}.`, {
    code: 'CRM_REPLACED',
    meta: { reason, entity, knownHighest, highest: counter.highest },
  });
}

async function idCounter({ query, tables }: PerfexSession, entity: CrmEntity): Promise<IdCounter> {
  const { table, key } = RECORD_TABLES[entity];
  const [row] = await query<{ highest: number | null; next: number | null; version: string }>(
    `select (select max(${key}) from ${tables(table)}) as highest, version() as version,
       (select auto_increment from information_schema.tables
        where table_schema = database() and table_name = ?) as next`,
    [tables(table).slice(1, -1)],
  );
  return {
    highest: row?.highest ?? 0,
    next: row?.next ?? null,
    lasting: keepsCounters(row?.version ?? ''),
  };
}

/** Whether a server of this version keeps the counters of tables over a restart. */
export function keepsCounters(version: string): boolean {
  const mariadb = /mariadb/i.test(version);
  // MariaDB 10 and later put 5.5.5- before their version for the sake of old clients.
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^5\.5\.5-/, '')
    .split(/[.-]/)
    .map(Number);
  if (!mariadb) return major >= 8;
  return major > 10 || (major === 10 && (minor > 2 || (minor === 2 && patch >= 4)));
}
