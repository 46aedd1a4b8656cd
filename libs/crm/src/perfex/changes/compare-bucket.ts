import type { CrmChange, SweepDepth } from '@sync/engine';
import { type Fingerprint, fingerprintText } from './fingerprint.js';
import type { RecordFingerprints } from './fingerprint-queries.js';

/** A record to be listed, and what is to be remembered of it: null when it is gone. */
export interface BucketChange extends CrmChange {
  hash: string | null;
}

/** What a look into one bucket found. */
export interface BucketComparison {
  /** In the order of ids. */
  changes: BucketChange[];
  /** What to remember of the bucket; null when it holds nothing any more. */
  hash: string | null;
  /**
   * No record that was listed by an earlier page has changed since. Else the bucket's hash must not be stored: that change
   * would never be found again.
   */
  settled: boolean;
}

/** What is known of a bucket, and how it is looked at. */
export interface BucketMemory {
  known: ReadonlyMap<string, string>;
  depth: SweepDepth;
  /** Ids up to this one were listed by an earlier page. */
  after: number;
}

/** Compares a bucket with what is remembered: unequal, new and vanished records, or with `all` every record. */
export function compareBucket(now: RecordFingerprints, memory: BucketMemory): BucketComparison {
  const { known, depth, after } = memory;
  const changed = [...differing(now.records, known), ...gone(now.records, known)];
  const listed = depth === 'all' ? [...every(now.records), ...gone(now.records, known)] : changed;
  return {
    changes: listed
      .filter(({ recordId }) => Number(recordId) > after)
      .toSorted((a, b) => Number(a.recordId) - Number(b.recordId)),
    hash: now.whole.rows === 0 ? null : fingerprintText(now.whole),
    settled: changed.every(({ recordId }) => Number(recordId) > after),
  };
}

function every(records: ReadonlyMap<number, Fingerprint>): BucketChange[] {
  return [...records].map(([id, fingerprint]) => ({
    recordId: String(id),
    hash: fingerprintText(fingerprint),
  }));
}

function differing(
  records: ReadonlyMap<number, Fingerprint>,
  known: ReadonlyMap<string, string>,
): BucketChange[] {
  return every(records).filter(({ recordId, hash }) => known.get(recordId) !== hash);
}

function gone(records: ReadonlyMap<number, Fingerprint>, known: ReadonlyMap<string, string>): BucketChange[] {
  return [...known.keys()]
    .filter((recordId) => !records.has(Number(recordId)))
    .map((recordId) => ({ recordId, gone: true, hash: null }));
}
