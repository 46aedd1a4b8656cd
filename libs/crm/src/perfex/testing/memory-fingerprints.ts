import type { CrmEntity } from '@sync/domain';
import type { FingerprintChange, FingerprintStore } from '@sync/engine';

/** Fingerprints kept in memory, for the specs of this folder; the real ones are in the database. */
export function memoryFingerprints(): FingerprintStore {
  const books = new Map<CrmEntity, EntityBook>();
  const bookOf = (entity: CrmEntity): EntityBook => {
    const book = books.get(entity) ?? { buckets: new Map(), records: new Map(), bucketOf: new Map() };
    books.set(entity, book);
    return book;
  };
  return {
    buckets: (entity) => Promise.resolve(new Map(bookOf(entity).buckets)),
    records: (entity, buckets) => {
      const { records } = bookOf(entity);
      return Promise.resolve(new Map(buckets.flatMap((bucket) => [...(records.get(bucket) ?? [])])));
    },
    save: (entity, change) => Promise.resolve(apply(bookOf(entity), change)),
  };
}

interface EntityBook {
  buckets: Map<number, string>;
  /** The hash of each record, by bucket. */
  records: Map<number, Map<string, string>>;
  bucketOf: Map<string, number>;
}

function apply({ buckets, records, bucketOf }: EntityBook, change: FingerprintChange): void {
  for (const { bucket, hash } of change.buckets) buckets.set(bucket, hash);
  for (const { recordId, bucket, hash } of change.records) {
    bucketOf.set(recordId, bucket);
    records.set(bucket, (records.get(bucket) ?? new Map<string, string>()).set(recordId, hash));
  }
  for (const recordId of change.removedRecords) records.get(bucketOf.get(recordId) ?? -1)?.delete(recordId);
  for (const bucket of change.removedBuckets) buckets.delete(bucket);
}
