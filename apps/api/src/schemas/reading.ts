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
    pulledFrom: momentSchema.nullable().meta({
      description: 'Records of Xero from then on are made in the CRM; null: none were looked for yet',
    }),
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
export function readingOf(checkpoint: XeroCheckpoint): z.input<typeof readingSchema> {
  const { freshAsOf, pullFrom, nearMisses, nearMissAt } = checkpoint;
  return {
    readAt: momentOf(freshAsOf),
    pulledFrom: momentOf(pullFrom),
    nearMisses,
    lastNearMissAt: momentOf(nearMissAt),
  };
}

/** Before any books that Xero could hold: a day before is a slip of the pen. */
const EARLIEST = '1990-01-01';

/** From which day on records are pulled. */
export const pulledFromSchema = z
  .strictObject({
    from: z.iso
      .date('must be a day, as YYYY-MM-DD')
      .refine((day) => day >= EARLIEST, `must not lie before ${EARLIEST}`)
      .meta({
        description:
          'The first day, in UTC, of which records are pulled: by the date of a document, else by when it was last changed',
      }),
  })
  .meta({ id: 'PulledFrom' });
