import { type CanonicalRecord, type CrmEntity, recordSchemas } from '@sync/domain';
import type { CrmReading } from '@sync/engine';

/** What a codec makes of the rows of one record. */
export type Decoded<E extends CrmEntity> =
  | Omit<Found<E>, 'id'>
  | Pick<Excluded, 'state' | 'reason'>
  | Invalid;

type Found<E extends CrmEntity> = Extract<CrmReading<E>, { state: 'found' }>;
type Excluded = Extract<CrmReading, { state: 'excluded' }>;
type Invalid = Pick<Extract<CrmReading, { state: 'invalid' }>, 'state' | 'reason'>;

/** The record is right, if it keeps to the neutral form; else invalid, naming the field but never what is in it. */
export function found<E extends CrmEntity>(
  entity: E,
  record: CanonicalRecord<E>,
  birthMark: string | null,
): Decoded<E> {
  const checked = recordSchemas[entity].safeParse(record);
  if (checked.success) return { state: 'found', record, birthMark };
  const [issue] = checked.error.issues;
  return invalid(`${issue?.path.join('.') ?? 'record'} ${issue?.message ?? 'is not right'}`);
}

/** The rows are no record; `reason` is a sentence part without personal data. */
export function invalid(reason: string): Invalid {
  return { state: 'invalid', reason };
}

/**
 * When a record was made, as the text that is stored: local time of the CRM. It is not turned into UTC, since a change of
 * the CRM's time zone setting would then give every record another birth mark, as if the CRM had been replaced.
 */
export function birthMark(made: string | null): string | null {
  return made === null || made.startsWith('0000') ? null : made;
}
