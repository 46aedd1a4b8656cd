import type { ChangePage, FingerprintChange, FingerprintStore, ListChanges } from '@sync/engine';
import type { PerfexSession } from '../reading/session.js';
import { type BucketChange, compareBucket } from './compare-bucket.js';
import { type BucketPosition, bucketCursor, bucketPosition, endCursor } from './cursor.js';
import { fingerprintText } from './fingerprint.js';
import { bucketFingerprints, bucketRange, recordFingerprints } from './fingerprint-queries.js';
import { splitHighWater, withHighWater } from './high-water.js';
import { refuseReplaced } from './refuse-replaced.js';
import type { WatchedEntity } from './watched.js';
import { watchedRows } from './watched-rows.js';

/** A page ends behind a bucket once it is half full: a bucket that does not fit would be looked into twice. */
const PAGE = 1000;
/** Buckets looked into for one page at most, so that a page takes no longer than a query may. */
const MOST_BUCKETS = 64;

/** The buckets that a listing still has to look into. It only saves time: without it they are found again. */
export type BucketPlan = Map<string, readonly number[]>;

interface Page {
  changes: BucketChange[];
  step: FingerprintChange;
  next: BucketPosition | null;
}

interface PageRequest {
  request: ListChanges;
  start: BucketPosition | null;
  buckets: readonly number[];
  watched: WatchedEntity;
}

/**
 * Lists what changed since it was last acknowledged (`changed`), or everything (`all`), with deletions: first the
 * fingerprints of all buckets, then those of the records in the buckets that differ.
 */
export async function listBuckets(
  session: PerfexSession,
  store: FingerprintStore,
  { request, plan }: { request: ListChanges; plan: BucketPlan },
): Promise<ChangePage> {
  const { entity, depth } = request;
  const known = splitHighWater(await store.buckets(entity));
  await refuseReplaced(session, entity, known.highest);
  const watched = watchedRows(session, entity);
  const start = bucketPosition(depth, request.cursor);
  const planned = start === null ? undefined : plan.get(`${entity}:${depth}`);
  const buckets = planned ?? (await bucketsToLookInto(session, watched, { depth, hashes: known.hashes }));
  plan.set(`${entity}:${depth}`, buckets);
  const page = await fillPage(session, store, { request, start, buckets, watched });
  if (page.next === null) plan.delete(`${entity}:${depth}`);
  return {
    changes: page.changes.map(({ recordId, gone }) => (gone === true ? { recordId, gone } : { recordId })),
    cursor: page.next === null ? endCursor(depth) : bucketCursor(depth, page.next),
    last: page.next === null,
    acknowledge: () => store.save(entity, withHighWater(page.step, known.highest)),
  };
}

async function bucketsToLookInto(
  { query }: PerfexSession,
  watched: WatchedEntity,
  { depth, hashes }: { depth: ListChanges['depth']; hashes: ReadonlyMap<number, string> },
): Promise<number[]> {
  const now = await bucketFingerprints(query, watched);
  const either = [...new Set([...now.keys(), ...hashes.keys()])].toSorted((a, b) => a - b);
  if (depth === 'all') return either;
  return either.filter((bucket) => {
    const fingerprint = now.get(bucket);
    return hashes.get(bucket) !== (fingerprint && fingerprintText(fingerprint));
  });
}

async function fillPage(
  { query }: PerfexSession,
  store: FingerprintStore,
  { request, start, buckets, watched }: PageRequest,
): Promise<Page> {
  const { entity, depth } = request;
  const ahead = buckets.filter((bucket) => bucket >= (start?.bucket ?? 0));
  const page: Page = { changes: [], step: emptyStep(), next: null };
  for (const [index, bucket] of ahead.entries()) {
    if (index === MOST_BUCKETS || page.changes.length > PAGE / 2)
      return { ...page, next: { bucket, after: 0 } };
    const after = bucket === start?.bucket ? start.after : 0;
    const now = await recordFingerprints(query, watched, bucketRange(bucket));
    const known = await store.records(entity, [bucket]);
    const { changes, hash, settled } = compareBucket(now, { known, depth, after });
    const taken = changes.slice(0, PAGE - page.changes.length);
    page.changes.push(...taken);
    rememberRecords(page.step, bucket, taken);
    if (taken.length < changes.length) {
      return { ...page, next: { bucket, after: Number(taken.at(-1)?.recordId ?? after) } };
    }
    if (settled) rememberBucket(page.step, bucket, hash);
  }
  return page;
}

function emptyStep(): FingerprintChange {
  return { buckets: [], records: [], removedRecords: [], removedBuckets: [] };
}

function rememberRecords(step: FingerprintChange, bucket: number, changes: readonly BucketChange[]): void {
  for (const { recordId, hash } of changes) {
    if (hash === null) step.removedRecords.push(recordId);
    else step.records.push({ recordId, bucket, hash });
  }
}

function rememberBucket(step: FingerprintChange, bucket: number, hash: string | null): void {
  if (hash === null) step.removedBuckets.push(bucket);
  else step.buckets.push({ bucket, hash });
}
