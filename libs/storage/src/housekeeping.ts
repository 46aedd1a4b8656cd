import type { Database } from './database/database.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PIECE = 10_000;

/** How many rows were deleted, by table. */
export type Housekeeping = Record<string, number>;

interface Rule {
  table: string;
  olderThanMs: number;
  /** Condition on the table's rows; $1 is the moment before which they are old. */
  old: string;
}

const RULES: readonly Rule[] = [
  // The rate gate counts a day back at most; the second day is for looking into a limit that was hit.
  { table: 'connection_call', olderThanMs: 48 * HOUR_MS, old: 'sent_at < $1' },
  { table: 'history_entry', olderThanMs: 400 * DAY_MS, old: 'at < $1' },
  { table: 'issue', olderThanMs: 180 * DAY_MS, old: 'resolved_at < $1' },
  {
    table: 'run_operation',
    olderThanMs: 90 * DAY_MS,
    old: 'run_id in (select id from run where finished_at < $1)',
  },
  { table: 'run', olderThanMs: 90 * DAY_MS, old: 'finished_at < $1' },
  { table: 'grave_change', olderThanMs: DAY_MS, old: 'at < $1' },
  { table: 'xero_webhook', olderThanMs: 7 * DAY_MS, old: 'received_at < $1' },
  // The column has no time zone: a day's grace makes the difference between two servers harmless.
  { table: 'session', olderThanMs: DAY_MS, old: 'expire < $1' },
];

/** Deletes what nobody will look at again, in pieces, so that no statement holds many locks for long. */
export async function keepHouse(database: Database, now: Date): Promise<Housekeeping> {
  const deleted: Housekeeping = {};
  for (const rule of RULES) deleted[rule.table] = await deleteOld(database, rule, now);
  return deleted;
}

async function deleteOld(database: Database, { table, olderThanMs, old }: Rule, now: Date): Promise<number> {
  const before = new Date(now.getTime() - olderThanMs);
  let total = 0;
  for (;;) {
    const deleted = await database.run(
      `delete from ${table} where ctid = any (array(select ctid from ${table} where ${old} limit ${PIECE}))`,
      [before],
    );
    total += deleted;
    if (deleted < PIECE) return total;
  }
}
