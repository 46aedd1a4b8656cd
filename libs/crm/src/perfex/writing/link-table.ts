import { SyncError } from '@sync/domain';
import type { Statements } from '../connection-session.js';

/** The table of ours in the Perfex database, after its prefix: what was written under which key. */
export const LINK_TABLE = 'crm_xero_sync_link';

/** What is known of a key. */
export interface Link {
  /** The row that was made or changed; null: this key is new, or stands for what has no row of its own. */
  recordId: number | null;
  /** The hash of what was asked for. */
  asked: string;
  /** What came of it, as text that only this table reads; null once that was long ago. */
  became: string | null;
}

/** How long it is known what came of a write: longer than anybody asks again. */
const REMEMBERED_DAYS = 30;

/** The table, as it is made at the first write. */
export function linkTableSql(table: string): string {
  return `create table if not exists ${table} (
    sync_key varchar(150) character set ascii collate ascii_bin not null primary key,
    entity varchar(30) character set ascii not null,
    record_id int,
    made tinyint not null default 0,
    asked char(64) character set ascii not null default '',
    became mediumtext character set ascii,
    written_at datetime not null,
    key written_at (written_at)
  ) engine=InnoDB`;
}

/**
 * Takes a key for this transaction: another one that writes under the same key waits until this one has ended. Nothing of
 * it remains when the transaction is given up.
 */
export async function takeKey(
  { query, run }: Statements,
  table: string,
  { key, entity, now }: { key: string; entity: string; now: Date },
): Promise<Link> {
  if (!/^[\x21-\x7e]{1,150}$/.test(key)) throw new SyncError('bug', 'This is no key for a record.');
  await run(`insert ignore into ${table} (sync_key, entity, written_at) values (?, ?, ?)`, [
    key,
    entity,
    utc(now),
  ]);
  const [row] = await query<Link>(
    `select record_id as recordId, asked, became from ${table} where sync_key = ? for update`,
    [key],
  );
  return row ?? { recordId: null, asked: '', became: null };
}

/** Remembers what was written, in the same transaction as the writing. `made`: it is a new record. */
export async function keepLink(
  { run }: Statements,
  table: string,
  { key, link, made }: { key: string; link: Link; made: boolean },
): Promise<void> {
  const { recordId, asked, became } = link;
  const stored = became === null ? null : inAscii(became);
  await run(
    `update ${table} set record_id = ?, asked = ?, became = ?, made = greatest(made, ?) where sync_key = ?`,
    [recordId, asked, stored, made ? 1 : 0, key],
  );
}

/** Forgets what nobody asks for any more; which record was made under a key is known for ever. */
export async function forgetOldLinks({ query, run }: Statements, table: string, now: Date): Promise<void> {
  const before = utc(new Date(now.getTime() - REMEMBERED_DAYS * 24 * 60 * 60_000));
  // Looked at first, since deleting locks the place where others want to insert.
  const old = `select 1 from ${table} where written_at < ? and (made = 0 or became is not null) limit 1`;
  if ((await query(old, [before])).length === 0) return;
  await run(`delete from ${table} where made = 0 and written_at < ? limit 10000`, [before]);
  await run(`update ${table} set became = null where became is not null and written_at < ? limit 10000`, [
    before,
  ]);
}

/** JSON says the same in ASCII, which every database can hold. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function utc(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', ' ');
}
