import type { CanonicalRecord, Entity } from '@sync/domain';
import type { Defaults, EntityDefinition } from '../definition.js';
import type { CrmReading } from '../ports/crm.js';

/** A reading, and where something was filled in, the record as the CRM has it. */
export type CompletedReading<E extends Entity = Entity> = CrmReading<E> & { asRead?: CanonicalRecord<E> };

/** A reading with what the organization's settings say where the CRM says nothing. */
export function completed<E extends Entity>(
  definition: EntityDefinition<E>,
  reading: CrmReading<E>,
  defaults: Defaults,
): CompletedReading<E> {
  if (reading.state !== 'found' || !definition.withDefaults) return reading;
  const { record } = reading;
  return { ...reading, record: definition.withDefaults(record, defaults), asRead: record };
}

/** What the CRM itself holds, which a write into it names as what it replaces; null: it holds nothing. */
export function asRead<E extends Entity>(reading: CompletedReading<E> | null): CanonicalRecord<E> | null {
  return reading?.state === 'found' ? (reading.asRead ?? reading.record) : null;
}
