import { entitySchema } from '@sync/domain';
import { z } from 'zod';
import { momentSchema } from './basics.js';

/** Voids, deletions and changes of amounts of an entity that are held, as the API shows them. */
const heldChangeSchema = z
  .strictObject({
    entity: entitySchema,
    count: z.number().nullable().meta({ description: 'How many would have come within an hour' }),
    heldSince: momentSchema,
  })
  .meta({ id: 'HeldChange' });

/** What is held of an organization. */
export const heldChangesSchema = z
  .strictObject({ items: z.array(heldChangeSchema) })
  .meta({ id: 'HeldChanges' });
