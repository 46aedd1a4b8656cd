import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { momentOf, momentSchema } from '../schemas/basics.js';
import { referenceSchema, shownReference } from '../schemas/reference.js';
import { referenceOf } from './mappings.js';

type Dependencies = Pick<ApiDependencies, 'stores' | 'bell' | 'clock'>;

const tag = 'Mappings';
const path = '/v1/organizations/{organizationId}/reference';

function read({ stores }: Dependencies): Route {
  return route({
    method: 'get',
    path,
    tag,
    summary: 'What there is to choose from in Xero and in the CRM, as last read',
    kinds: organizationKinds,
    params: organizationParams,
    status: 200,
    response: referenceSchema,
    handle: withinOrganization({ stores })(async ({ organization: { id } }) => {
      const copies = await stores.organizations.copies(id);
      if (copies === null) throw notFound('organization');
      return shownReference(copies.xero ?? (await referenceOf({ stores }, id)), copies);
    }),
  });
}

/** Read by a worker, who has the connection to himself: what is asked for here is there a moment later. */
function refresh({ stores, bell, clock }: Dependencies): Route {
  return route({
    method: 'post',
    path: `${path}/refresh`,
    tag,
    summary: 'Ask for everything to be read anew',
    description: 'Takes seven calls of Xero. `refreshing` of the reference says when it is done.',
    kinds: organizationKinds,
    params: organizationParams,
    status: 202,
    response: z.strictObject({ askedAt: momentSchema }),
    handle: withinOrganization({ stores })(async ({ organization, afterAnswer }) => {
      const askedAt = clock.now();
      await stores.organizations.askForReference(organization.id, askedAt);
      afterAnswer(() => bell.ringReference(organization));
      return { askedAt: momentOf(askedAt) };
    }),
  });
}

/** Accounts, tax rates and currencies of Xero, payment modes and expense categories of the CRM: read, read anew. */
export function referenceRoutes(dependencies: Dependencies): Route[] {
  return [read(dependencies), refresh(dependencies)];
}
