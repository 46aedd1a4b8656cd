import { entitySchema } from '@sync/domain';
import type { RunView } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema } from './basics.js';

/** What starts a run. */
export const newRunSchema = z
  .strictObject({
    entities: z.array(entitySchema).min(1, 'must name an entity, or be left out for all').optional(),
    mode: z.enum(['incremental', 'full']).default('incremental'),
    dryRun: z.boolean().default(false),
  })
  .meta({ id: 'NewRun' });

/** A run as the API shows it. */
export const runSchema = z
  .strictObject({
    id: z.string(),
    organizationId: z.string(),
    mode: z.enum(['incremental', 'full']),
    status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
    createdAt: momentSchema,
    startedAt: momentSchema.nullable(),
    finishedAt: momentSchema.nullable(),
    failure: z.string().nullable(),
    entities: z
      .partialRecord(
        entitySchema,
        z.strictObject({
          total: z.number(),
          done: z.number(),
          outcomes: z.record(z.string(), z.number()),
        }),
      )
      .meta({
        description: 'For each entity: how many records it concerns, how many are done, how each ended',
      }),
  })
  .meta({ id: 'Run' });

/** A run in its JSON form. */
export function runOf(view: RunView): z.input<typeof runSchema> {
  const { id, organizationId, mode, status, createdAt, startedAt, finishedAt, failure, entities } = view;
  return {
    id,
    organizationId,
    mode,
    status,
    createdAt: momentOf(createdAt),
    startedAt: momentOf(startedAt),
    finishedAt: momentOf(finishedAt),
    failure,
    entities,
  };
}
