import type { Entity } from '@sync/domain';
import type { FingerprintChange, FingerprintStore } from '@sync/engine';

/** Fingerprints kept in memory, for the specs of this folder; the real ones are in the database. */
export function memoryFingerprints(): FingerprintStore {
  const books = new Map<Entity, EntityBook>();
  const bookOf = (entity: Entity): EntityBook => {
    const book = books.get(entity) ?? { buckets: new Map(), records: new Map() };
    books.set(entity, book);
    return book;
  };
  return {
    buckets: (entity) => Promise.resolve(new Map(bookOf(entity).buckets)),
    records: (entity, buckets) =>
      Promise.resolve(
        new Map(
          [...bookOf(entity).records]
            .filter(([, { bucket }]) => buckets.includes(bucket))
            .map(([recordId, { hash }]) => [recordId, hash]),
        ),
      ),
    save: (entity, change) => Promise.resolve(apply(bookOf(entity), change)),
  };
}

interface EntityBook {
  buckets: Map<number, string>;
  records: Map<string, { bucket: number; hash: string }>;
}

function apply({ buckets, records }: EntityBook, change: FingerprintChange): void {
  for (const { bucket, hash } of change.buckets) buckets.set(bucket, hash);
  for (const { recordId, bucket, hash } of change.records) records.set(recordId, { bucket, hash });
  for (const recordId of change.removedRecords) records.delete(recordId);
  for (const bucket of change.removedBuckets) buckets.delete(bucket);
}
