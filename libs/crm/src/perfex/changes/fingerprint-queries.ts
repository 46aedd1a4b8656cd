import type { Query } from '../database.js';
import { BUCKET_SIZE, combine, EMPTY, type Fingerprint, rowHash } from './fingerprint.js';
import type { WatchedEntity, WatchedRows } from './watched.js';

/** A range of record ids, both ends included. */
export interface IdRange {
  first: number;
  last: number;
}

/** The fingerprints of a range of ids. */
export interface RecordFingerprints {
  /** Of each record that exists. */
  records: Map<number, Fingerprint>;
  /** Of all rows, also of those whose record is gone: what the bucket comes to. */
  whole: Fingerprint;
}

interface GroupRow {
  id: number;
  hash: string;
  n: number;
}

/** The fingerprint of every bucket: one grouped query a table, since only their results go over the wire. */
export async function bucketFingerprints(
  query: Query,
  watched: WatchedEntity,
): Promise<Map<number, Fingerprint>> {
  const buckets = new Map<number, Fingerprint>();
  for (const rows of watched) {
    for (const group of await query<GroupRow>(grouped(rows, `${rows.recordId} div ${BUCKET_SIZE}`))) {
      buckets.set(group.id, combine(buckets.get(group.id) ?? EMPTY, fingerprintOf(group)));
    }
  }
  return buckets;
}

/** The fingerprint of each record in a range of ids. */
export async function recordFingerprints(
  query: Query,
  watched: WatchedEntity,
  { first, last }: IdRange,
): Promise<RecordFingerprints> {
  const found = new Map<number, Fingerprint>();
  let existing: Set<number> | null = null;
  for (const rows of watched) {
    const sql = grouped(rows, rows.recordId, `${rows.recordId} between ? and ?`);
    const groups = await query<GroupRow>(sql, [first, last]);
    existing ??= new Set(groups.map(({ id }) => id));
    for (const group of groups) {
      found.set(group.id, combine(found.get(group.id) ?? EMPTY, fingerprintOf(group)));
    }
  }
  return {
    records: new Map([...found].filter(([id]) => existing?.has(id)).toSorted(([a], [b]) => a - b)),
    whole: [...found.values()].reduce(combine, EMPTY),
  };
}

/** The ids of a bucket. */
export function bucketRange(bucket: number): IdRange {
  return { first: bucket * BUCKET_SIZE, last: (bucket + 1) * BUCKET_SIZE - 1 };
}

function grouped({ from, where, recordId, values }: WatchedRows, by: string, range?: string): string {
  const conditions = [`${recordId} > 0`, where, range].filter((condition) => condition !== undefined);
  return `select ${by} as id, lower(hex(bit_xor(${rowHash(values)}))) as hash, count(*) as n
    from ${from} where ${conditions.join(' and ')} group by ${by} order by null`;
}

function fingerprintOf({ hash, n }: GroupRow): Fingerprint {
  return { xor: BigInt(`0x${hash}`), rows: n };
}
