import { type CanonicalRecord, type CrmEntity, recordSchemas } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import type { z } from 'zod';
import { firstProblem } from './problem-text.js';

/** Turns what the CRM sent for an id into a reading; never throws. */
export type Decoder<E extends CrmEntity> = (id: string, raw: unknown) => CrmReading<E>;

/** How the wire form of an entity becomes canonical. */
export interface WireForm<E extends CrmEntity, W> {
  entity: E;
  schema: z.ZodType<W>;
  /** Pure. What it makes is checked against the canonical schema. */
  toCanonical: (wire: W) => CanonicalRecord<E>;
}

/** A decoder for a wire form. */
export function decoder<E extends CrmEntity, W extends { createdAt?: string | null | undefined }>({
  entity,
  schema,
  toCanonical,
}: WireForm<E, W>): Decoder<E> {
  return (id, raw) => {
    const wire = schema.safeParse(raw);
    if (!wire.success) return { id, state: 'invalid', reason: firstProblem(wire.error) };
    const record = toCanonical(wire.data);
    const canonical = recordSchemas[entity].safeParse(record);
    if (!canonical.success) return { id, state: 'invalid', reason: firstProblem(canonical.error) };
    return { id, state: 'found', record, birthMark: birthMarkOf(wire.data.createdAt) };
  };
}

/** One form for one moment, however the CRM writes its zone. */
function birthMarkOf(createdAt: string | null | undefined): string | null {
  return createdAt == null ? null : new Date(createdAt).toISOString();
}
