import { SyncError } from '@sync/domain';
import type { Statements } from '../connection-session.js';

/** The table of ours in the Perfex database, after its prefix: what was written under which key. */
export const LINK_TABLE = 'crm_xero_sync_link';

/** What is known of a key. */
export interface Link {
  /** The row that was made or changed; 0 while nothing was. */
  rowId: number;
  /** What was last asked for under this key, and what came of it: hashes; empty at first. */
  asked: string;
  became: string;
}

/** The table, as it is made at the first write. */
export function linkTableSql(table: string): string {
  return `create table if not exists ${table} (
    sync_key varchar(150) character set ascii collate ascii_bin not null primary key,
    entity varchar(30) character set ascii not null,
    record_id int not null default 0,
    asked char(64) character set ascii not null default '',
    became char(64) character set ascii not null default '',
    written_at datetime not null
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
  const [row] = await query<{ rowId: number; asked: string; became: string }>(
    `select record_id as rowId, asked, became from ${table} where sync_key = ? for update`,
    [key],
  );
  return row ?? { rowId: 0, asked: '', became: '' };
}

/** Remembers what was written, in the same transaction as the writing. */
export async function keepLink(
  { run }: Statements,
  table: string,
  { key, link, now }: { key: string; link: Link; now: Date },
): Promise<void> {
  await run(`update ${table} set record_id = ?, asked = ?, became = ?, written_at = ? where sync_key = ?`, [
    link.rowId,
    link.asked,
    link.became,
    utc(now),
    key,
  ]);
}

function utc(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', ' ');
}
