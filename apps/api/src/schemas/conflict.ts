import { canonicalHash, entitySchema, SIDES } from '@sync/domain';
import type { ConflictView, FieldConflict } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema, textSchema } from './basics.js';

const sideSchema = z.enum(SIDES);

/** A field on which both sides differ, with both values. */
const fieldConflictSchema = z
  .strictObject({
    field: z.string().meta({
      description:
        'The field, or a group that goes together: `amounts` for everything that adds up to a total; `existence` where ' +
        'the record is gone from one side, and whoever wins decides whether it goes from the other',
    }),
    crm: z.unknown().meta({ description: 'What the CRM holds; of a group, its fields by name' }),
    xero: z.unknown().meta({ description: 'What Xero holds, in the terms of the CRM' }),
    crmSeenAt: momentSchema
      .nullable()
      .meta({ description: "When the CRM's change was first seen, by the service's clock" }),
    xeroUpdatedAt: momentSchema
      .nullable()
      .meta({ description: "When the record last changed in Xero, by Xero's clock" }),
    choice: sideSchema.nullable().meta({ description: 'Which side was chosen' }),
  })
  .meta({ id: 'FieldConflict' });

const versionSchema = z.string().regex(/^[0-9a-f]{64}$/, 'is not the version of a conflict');

/** A record that was changed on both sides, as the API shows it. */
export const conflictSchema = z
  .strictObject({
    recordId: z.string(),
    entity: entitySchema,
    crmId: z.string().nullable(),
    xeroId: z.string().nullable(),
    label: z.string().nullable().meta({ description: 'Name or number, for people' }),
    openedAt: momentSchema,
    version: versionSchema.meta({ description: 'Changes with the values; send it back with the choices' }),
    fields: z.array(fieldConflictSchema),
  })
  .meta({ id: 'Conflict' });

/** Which side wins which field. */
export const choicesSchema = z
  .strictObject({
    choices: z
      .record(textSchema(100), sideSchema)
      .refine((choices) => Object.keys(choices).length > 0, 'must name a field')
      .meta({
        description: 'The side that wins, by field; a field that is not named keeps its earlier choice',
      }),
    version: versionSchema
      .optional()
      .meta({ description: 'With it, nothing is chosen if the values are no longer those that were shown' }),
  })
  .meta({ id: 'Choices' });

/** What was chosen so far. */
export const chosenSchema = z
  .strictObject({ recordId: z.string(), version: versionSchema, fields: z.array(fieldConflictSchema) })
  .meta({ id: 'Chosen' });

/** Stands for the values of a conflict, whatever was chosen. */
export function versionOf(fields: readonly FieldConflict[]): string {
  const values = fields.map(({ field, crm, xero }) => ({ field, crm, xero }));
  return canonicalHash({ values: values.toSorted((a, b) => (a.field < b.field ? -1 : 1)) });
}

/** Fields of a conflict in their JSON form. */
export function fieldsOf(fields: readonly FieldConflict[]): z.input<typeof fieldConflictSchema>[] {
  return fields.map(({ crmSeenAt, xeroUpdatedAt, ...others }) => ({
    ...others,
    crmSeenAt: momentOf(crmSeenAt),
    xeroUpdatedAt: momentOf(xeroUpdatedAt),
  }));
}

/** A conflict in its JSON form. */
export function conflictOf(view: ConflictView): z.input<typeof conflictSchema> {
  const { recordId, entity, crmId, xeroId, label, openedAt, fields } = view;
  return {
    recordId,
    entity,
    crmId,
    xeroId,
    label,
    openedAt: momentOf(openedAt),
    version: versionOf(fields),
    fields: fieldsOf(fields),
  };
}
