import type { SweepDepth } from '@sync/engine';

/** How far a listing that goes through buckets has come. */
export interface BucketPosition {
  bucket: number;
  /** Ids of that bucket up to this one are done. */
  after: number;
}

/** How far the look for new records has come. */
export interface NewPosition {
  highest: number;
}

/** The cursor within a listing of this depth. */
export function bucketCursor(depth: SweepDepth, { bucket, after }: BucketPosition): string {
  return `${depth}:${bucket}:${after}`;
}

/** The cursor after the last page: the next listing begins anew. */
export function endCursor(depth: SweepDepth): string {
  return `${depth}:end`;
}

/** Where a listing goes on; null at its start: no cursor, an ended listing, or a cursor of another depth. */
export function bucketPosition(depth: SweepDepth, cursor: string | null): BucketPosition | null {
  const [, ofDepth, bucket, after] = /^(\w+):(\d+):(\d+)$/.exec(cursor ?? '') ?? [];
  return ofDepth === depth ? { bucket: Number(bucket), after: Number(after) } : null;
}

/** The cursor of the look for new records; `within`: between two pages of one look. */
export function newCursor(highest: number, within: boolean): string {
  return `new:${highest}:${within ? 'more' : 'end'}`;
}

/** What is known of new records by a cursor. */
export function newPosition(cursor: string | null): NewPosition & { within: boolean } {
  const [, highest, state] = /^new:(\d+):(more|end)$/.exec(cursor ?? '') ?? [];
  return { highest: Number(highest ?? '0'), within: state === 'more' };
}
