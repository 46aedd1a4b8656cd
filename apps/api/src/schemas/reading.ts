import { entitySchema } from '@sync/domain';
import type { XeroCheckpoint } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema } from './basics.js';

/** How an entity is read from Xero. */
export const readingSchema = z
  .strictObject({
    readAt: momentSchema
      .nullable()
      .meta({ description: 'What changed before was read; null: it was never read to the end' }),
    nearMisses: z.number().meta({
      description:
        'How often a record came back from Xero in other words than it was written, and was told from an edit only by its meaning',
    }),
    lastNearMissAt: momentSchema.nullable(),
  })
  .meta({ id: 'Reading' });

/** The same of every entity that is on. */
export const readingsSchema = z
  .strictObject({ entities: z.partialRecord(entitySchema, readingSchema) })
  .meta({ id: 'Readings' });

/** A reading in its JSON form. */
export function readingOf({
  freshAsOf,
  nearMisses,
  nearMissAt,
}: XeroCheckpoint): z.input<typeof readingSchema> {
  return { readAt: momentOf(freshAsOf), nearMisses, lastNearMissAt: momentOf(nearMissAt) };
}
