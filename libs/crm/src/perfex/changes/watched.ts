import type { PerfexSession } from '../reading/session.js';

/** Rows that make up a part of each record of an entity, as pieces of SQL. */
export interface WatchedRows {
  from: string;
  where?: string;
  /** The id of the record that a row belongs to. */
  recordId: string;
  /** What is watched, the row's primary key first: just what the codec reads, so that a mere visit is no change. */
  values: readonly string[];
}

/** All rows of an entity; the first are the records themselves, the others belong to them. */
export type WatchedEntity = readonly [records: WatchedRows, ...parts: WatchedRows[]];

/** What is watched in an installation. */
export type Watch = (session: PerfexSession) => WatchedEntity;

/** Columns of the table `r`, given by their names with spaces in between. */
export function columnsOf(names: string): string[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `r.\`${name}\``);
}
