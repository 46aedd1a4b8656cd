import { entitySchema } from '@sync/domain';
import { z } from 'zod';
import { momentSchema } from './basics.js';

/** Voids, deletions and changes of amounts of an entity that are held, as the API shows them. */
const heldChangeSchema = z
  .strictObject({
    entity: entitySchema,
    count: z.number().meta({ description: 'How many are held' }),
    heldSince: momentSchema,
  })
  .meta({ id: 'HeldChange' });

/** A record whose change is held, as the API shows it. */
export const heldRecordSchema = z
  .strictObject({
    recordId: z.string(),
    entity: entitySchema,
    crmId: z.string().nullable(),
    xeroId: z.string().nullable(),
    label: z.string().nullable().meta({ description: 'Name or number, for people' }),
    effect: z.enum(['void-in-xero', 'change-in-xero', 'change-in-crm', 'remove-from-crm']).meta({
      description: 'What would happen; a change is one of what counts in the books, such as an amount',
    }),
    heldAt: momentSchema,
  })
  .meta({ id: 'HeldRecord' });

/** What is held of an organization. */
export const heldChangesSchema = z
  .strictObject({ items: z.array(heldChangeSchema) })
  .meta({ id: 'HeldChanges' });
