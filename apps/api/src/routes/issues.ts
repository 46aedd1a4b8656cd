import { entitySchema } from '@sync/domain';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, idSchema, pageOf, pageQuery } from '../schemas/basics.js';
import { issueCodeSchema, issueOf, issueSchema, issueScopeSchema } from '../schemas/issue.js';

const filterQuery = z.strictObject({
  ...pageQuery,
  open: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .meta({ description: 'false: those that are resolved' }),
  code: issueCodeSchema.optional(),
  scope: issueScopeSchema.optional(),
  entity: entitySchema.optional(),
  recordId: idSchema.optional(),
});

/** Issues: what a person is asked to resolve, each with a sentence and advice. */
export function issueRoutes({ admin, stores }: Pick<ApiDependencies, 'admin' | 'stores'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}/issues',
      tag: 'Issues',
      summary: 'List issues',
      kinds: organizationKinds,
      params: organizationParams,
      query: filterQuery,
      status: 200,
      response: pageOf(issueSchema),
      handle: withinOrganization({ stores })(async ({ organization, query }) => {
        const { open, code = null, scope = null, entity = null, recordId = null, limit } = query;
        const filter = { organizationId: organization.id, open, code, scope, entity, recordId };
        const page = await admin.issues({ ...filter, cursor: cursorOf(query), limit });
        return { items: page.items.map(issueOf), nextCursor: page.nextCursor };
      }),
    }),
  ];
}
