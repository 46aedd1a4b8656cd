import { crmEntityOf, ENTITIES, type Entity } from '@sync/domain';
import type { Direction, OrganizationView } from '@sync/engine';
import { z } from 'zod';
import { notFound } from '../http/problem.js';
import { idSchema, momentOf, momentSchema, textSchema } from './basics.js';
import { crmConnectionSchema } from './crm-connection.js';

const seconds = (least: number) =>
  z
    .number()
    .int()
    .min(least)
    .max(30 * 24 * 3600);

const directionSchema = z.enum(['off', 'to-xero', 'to-crm', 'two-way']);

/** What the CRM has as another record only cannot be made there. */
const toXeroSchema = directionSchema.extract(['off', 'to-xero']);

type Directions = Record<Entity, z.ZodType<Direction, Direction>>;

const directionsSchema = z.strictObject(
  Object.fromEntries(
    ENTITIES.map((entity): [Entity, z.ZodType<Direction, Direction>] => [
      entity,
      crmEntityOf(entity) === entity ? directionSchema : toXeroSchema,
    ]),
  ) as Directions,
);

const expenseFormSchema = z.enum(['spend-money', 'bill']);

/** Choices by the CRM's id of what they are for; a change replaces all of them. */
const expenseFormsSchema = (of: string) =>
  z
    .record(textSchema(100), expenseFormSchema)
    .meta({ description: `The same for ${of}; a change replaces the whole list` });

const gone = (description: string) => z.enum(['ignore', 'void', 'ask']).meta({ description });

/** The settings of an organization. */
export const settingsSchema = z
  .strictObject({
    autoSync: z.boolean().meta({ description: 'Whether scheduled sweeps run' }),
    sweepEverySeconds: seconds(10).meta({ description: 'Between two looks for new records' }),
    fullSweepEverySeconds: seconds(60).meta({ description: 'Between two looks at everything' }),
    directions: directionsSchema.meta({ id: 'Directions', description: 'Which way each entity flows' }),
    writeBack: z.boolean().meta({
      description: 'Whether records of Xero may be written into the CRM; off, nothing flows that way',
    }),
    conflicts: z.enum(['crm', 'xero', 'newest', 'ask']).meta({
      description: 'Who wins where the same field was changed on both sides',
    }),
    goneFromCrm: gone('What becomes of a record in Xero that was deleted or cancelled in the CRM'),
    goneFromXero: gone('What becomes of a record in the CRM that was voided, deleted or archived in Xero'),
    fallbackSupplier: textSchema(255).meta({
      description: 'The supplier of expenses of which the CRM knows none',
    }),
    expensesAs: expenseFormSchema.meta({
      description:
        'As what expenses are booked: money spent, or a bill and its payment. What is booked already stays what it is',
    }),
    expensesAsByCategory: expenseFormsSchema('expenses of a category, by its id in the CRM'),
    expensesAsByMode: expenseFormsSchema(
      'expenses of a payment mode, by its id in the CRM (`none`: without one); it goes before the category',
    ),
    createTaxRates: z.boolean().meta({ description: 'A tax that Xero lacks may be created there' }),
    expenseCategoriesFromXero: z.boolean().meta({
      description: 'Expense accounts of Xero become expense categories of the CRM, where `writeBack` is on',
    }),
    paymentModesFromXero: z.boolean().meta({
      description: 'Bank accounts of Xero become payment modes of the CRM, where `writeBack` is on',
    }),
    createBankAccounts: z.boolean().meta({
      description: 'A payment mode without a bank account gets one of its name in Xero',
    }),
    invoiceStatus: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED']),
    allowedCents: z.number().int().min(0).max(100).meta({
      description: "How many cents a document's total may differ from its parts before it parks",
    }),
  })
  .meta({ id: 'Settings' });

/** A change of settings: what is left out stays, directions of entities included. */
export const settingsChangeSchema = settingsSchema
  .extend({ directions: directionsSchema.partial().meta({ id: 'DirectionsChange' }) })
  .partial()
  .meta({ id: 'SettingsChange' });

/** What creates an organization. */
export const newOrganizationSchema = z
  .strictObject({
    name: textSchema(120),
    crm: z.union(
      [crmConnectionSchema, z.strictObject({ connectionId: idSchema })],
      'must hold a kind (http or perfex) and what belongs to it, or the connectionId of a CRM that another organization has',
    ),
    xero: z.strictObject({ connectionId: idSchema }),
    settings: settingsChangeSchema.default({}),
  })
  .meta({ id: 'NewOrganization' });

/** An organization as the API shows it. */
export const organizationSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    crm: z.strictObject({ connectionId: z.string(), kind: z.enum(['http', 'perfex']), address: z.string() }),
    xero: z.strictObject({
      connectionId: z.string(),
      tenantId: z.string(),
      tenantName: z.string(),
      state: z.enum(['active', 'needs-reconnect']),
    }),
    settings: settingsSchema,
    mappingsConfirmedAt: momentSchema
      .nullable()
      .meta({ description: 'Null: nothing is posted until the mappings are confirmed' }),
    createdAt: momentSchema,
  })
  .meta({ id: 'Organization' });

/** An organization in its JSON form. */
export function organizationOf(view: OrganizationView): z.input<typeof organizationSchema> {
  const { id, name, crm, xero, settings, mappingsConfirmedAt, createdAt } = view;
  return {
    id,
    name,
    crm,
    xero,
    settings,
    mappingsConfirmedAt: momentOf(mappingsConfirmedAt),
    createdAt: momentOf(createdAt),
  };
}

/** An organization in its JSON form; what is not there is answered for as such. */
export function foundOrganization(view: OrganizationView | null): z.input<typeof organizationSchema> {
  if (view === null) throw notFound('organization');
  return organizationOf(view);
}
