import { crmEntitySchema } from '@sync/domain';
import { z } from 'zod';
import { idSchema, momentSchema, textSchema } from './basics.js';

/**
 * What a CRM says of a record. The record is read afresh in any case, so the word only helps whoever reads along, and
 * both tenses are taken, since CRMs differ in it.
 */
export const eventActionSchema = z.enum(['created', 'updated', 'deleted', 'create', 'update', 'delete']);

/** "This record may have changed." */
export const eventSchema = z
  .strictObject({
    id: textSchema(200).meta({ description: 'For tracing only; sending it twice does no harm' }),
    organizationId: idSchema.optional().meta({
      description: 'May be left out with the key of an organization or of a CRM connection',
    }),
    entity: crmEntitySchema,
    recordId: textSchema(100).meta({ description: "The record's id in the CRM" }),
    action: eventActionSchema,
    occurredAt: momentSchema,
  })
  .meta({ id: 'Event' });

/** The envelope. Its events are checked one by one, so that a bad one does not hold up the others. */
export const envelopeSchema = z.strictObject({
  events: z.array(z.unknown()).min(1, 'must hold at least one event'),
});

/** The envelope as it is described. */
export const describedEnvelopeSchema = z
  .strictObject({ events: z.array(eventSchema).min(1) })
  .meta({ id: 'Events' });

/** Why an event was not taken. */
export const rejectionSchema = z
  .strictObject({
    index: z.number(),
    id: z.string().nullable(),
    code: z.enum([
      'INVALID_EVENT',
      'UNKNOWN_ENTITY',
      'UNKNOWN_ACTION',
      'INVALID_RECORD_ID',
      'UNKNOWN_ORGANIZATION',
      'ENTITY_OFF',
    ]),
    detail: z.string(),
  })
  .meta({ id: 'EventRejection' });

/** Why an event was not taken. */
export type Rejection = z.infer<typeof rejectionSchema>;

/** What became of the events. */
export const eventsResultSchema = z
  .strictObject({ accepted: z.number(), rejected: z.array(rejectionSchema) })
  .meta({ id: 'EventsResult' });
