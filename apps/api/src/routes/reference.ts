import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { momentOf, momentSchema } from '../schemas/basics.js';
import { referenceOf } from './mappings.js';

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
  })
  .meta({ id: 'TaxRate' });

const referenceSchema = z
  .object({
    readAt: momentSchema,
    organisation: z.object({ name: z.string(), baseCurrency: z.string(), country: z.string() }),
    accounts: z.array(accountSchema),
    taxRates: z.array(taxRateSchema),
    currencies: z.array(z.string()),
  })
  .meta({ id: 'Reference' });

/** What there is to choose from in Xero, as last read. */
export function referenceRoutes({ stores }: Pick<ApiDependencies, 'stores'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}/reference',
      tag: 'Mappings',
      summary: 'Accounts, tax rates and currencies of the Xero organisation, as last read',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: referenceSchema,
      handle: withinOrganization({ stores })(async ({ organization }) => {
        const { data, readAt } = await referenceOf({ stores }, organization.id);
        return referenceSchema.parse({ ...data, readAt: momentOf(readAt) });
      }),
    }),
  ];
}
