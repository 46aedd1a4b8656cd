import type { Copy, ReferenceCopies, XeroReference } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema } from './basics.js';

const accountSchema = z
  .object({
    accountId: z.string(),
    code: z.string().nullable(),
    name: z.string(),
    type: z.string(),
    class: z.string(),
    active: z.boolean(),
    takesPayments: z.boolean(),
    currency: z.string().nullable(),
  })
  .meta({ id: 'Account' });

const taxRateSchema = z
  .object({
    taxType: z.string(),
    name: z.string(),
    effectiveRate: z.string().meta({ description: 'Per cent, decimal' }),
    active: z.boolean(),
    appliesToRevenue: z.boolean(),
    appliesToExpenses: z.boolean().default(false),
  })
  .meta({ id: 'TaxRate' });

const namedSchema = z.object({ id: z.string(), name: z.string() });

const crmSchema = z
  .object({
    readAt: momentSchema,
    baseCurrency: z.string(),
    paymentModes: z.array(namedSchema.extend({ active: z.boolean() })),
    expenseCategories: z.array(namedSchema),
  })
  .meta({ id: 'CrmReference' });

const documentsSchema = z
  .object({
    readAt: momentSchema,
    brandingThemes: z.array(namedSchema.extend({ isDefault: z.boolean() })),
    trackingCategories: z.array(
      namedSchema.extend({
        active: z.boolean(),
        options: z.array(namedSchema.extend({ active: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'DocumentSettings' });

/** What there is to choose from on both sides. */
export const referenceSchema = z
  .object({
    readAt: momentSchema,
    refreshing: z.boolean().meta({ description: 'Everything was asked for anew, and is yet to be read' }),
    organisation: z.object({ name: z.string(), baseCurrency: z.string(), country: z.string() }),
    accounts: z.array(accountSchema),
    bankAccounts: z
      .array(accountSchema)
      .meta({ description: 'Those of the accounts that are bank accounts' }),
    taxRates: z.array(taxRateSchema),
    currencies: z.array(z.string()),
    documents: documentsSchema
      .nullable()
      .meta({ description: 'Branding themes and tracking categories; null until a refresh is asked for' }),
    crm: crmSchema.nullable().meta({ description: 'What the CRM has to map; null while it was never read' }),
  })
  .meta({ id: 'Reference' });

/** The copies in their JSON form; what was stored by an older version may lack what a newer one knows. */
export function shownReference(
  { data, readAt }: Copy<XeroReference>,
  { documents, crm, askedAt }: Omit<ReferenceCopies, 'xero'>,
): z.output<typeof referenceSchema> {
  return referenceSchema.parse({
    ...data,
    bankAccounts: data.accounts.filter(({ type }) => type === 'BANK'),
    readAt: momentOf(readAt),
    refreshing: askedAt !== null,
    documents: documents && { ...documents.data, readAt: momentOf(documents.readAt) },
    crm: crm && { ...crm.data, readAt: momentOf(crm.readAt) },
  });
}
