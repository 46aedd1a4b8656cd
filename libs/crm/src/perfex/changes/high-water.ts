import type { FingerprintChange } from '@sync/engine';

/**
 * The highest id ever acknowledged is kept among the bucket hashes, under a number that no bucket can have: so it moves in
 * the same transaction as they do, and a sweep that begins anew still knows it.
 */
const HIGH_WATER_BUCKET = -1;

/** Bucket hashes as stored, with the mark taken out. */
export interface KnownBuckets {
  hashes: Map<number, string>;
  /** The highest id ever acknowledged; 0 before the first. */
  highest: number;
}

/** Takes the mark out of the stored bucket hashes. */
export function splitHighWater(stored: ReadonlyMap<number, string>): KnownBuckets {
  const hashes = new Map(stored);
  const highest = Number(hashes.get(HIGH_WATER_BUCKET) ?? '0');
  hashes.delete(HIGH_WATER_BUCKET);
  return { hashes, highest };
}

/** Adds the mark to a step where its records go beyond it. */
export function withHighWater(step: FingerprintChange, highest: number): FingerprintChange {
  const reached = step.records.reduce((most, { recordId }) => Math.max(most, Number(recordId)), 0);
  if (reached <= highest) return step;
  return { ...step, buckets: [...step.buckets, { bucket: HIGH_WATER_BUCKET, hash: String(reached) }] };
}
