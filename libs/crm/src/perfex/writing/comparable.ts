import { canonicalHash, type CanonicalRecord, type CrmEntity, type Expense, type Json } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import { rowIdOf } from '../reading/row-id.js';

/** A record as Perfex itself would say it: without the supplier that stands in where an expense has none. */
export function comparable<E extends CrmEntity>(entity: E, record: CanonicalRecord<E>): CanonicalRecord<E> {
  if (entity !== 'expenses') return record;
  const { vendorId } = record as Expense;
  return vendorId === null || rowIdOf(vendorId) !== null ? record : { ...record, vendorId: null };
}

/** The same text for records that hold the same. */
export function recordHash<E extends CrmEntity>(entity: E, record: CanonicalRecord<E>): string {
  return canonicalHash(comparable(entity, record) as unknown as Json);
}

/** Whether what was read is what somebody took the record for. */
export function isAsItWas<E extends CrmEntity>(
  entity: E,
  reading: CrmReading<E> | undefined,
  was: CanonicalRecord<E>,
): boolean {
  return reading?.state === 'found' && recordHash(entity, reading.record) === recordHash(entity, was);
}
