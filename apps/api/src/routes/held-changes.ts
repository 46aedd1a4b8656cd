import { entitySchema } from '@sync/domain';
import { entitiesOf } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, momentOf, pageOf, pageQuery } from '../schemas/basics.js';
import { heldChangesSchema, heldRecordSchema } from '../schemas/held-changes.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'stores' | 'bell'>;

const tag = 'Held changes';
const path = '/v1/organizations/{organizationId}/held-changes';

async function held(
  { stores }: Dependencies,
  organizationId: string,
): Promise<z.input<typeof heldChangesSchema>> {
  const entities = await stores.brake.heldByEntity(organizationId);
  return {
    items: entities.map(({ heldSince, ...others }) => ({ ...others, heldSince: momentOf(heldSince) })),
  };
}

function records({ stores }: Dependencies): Route {
  return route({
    method: 'get',
    path: `${path}/records`,
    tag,
    summary: 'List the records whose change is held and what would happen to each, the oldest first',
    description: 'Everything else of their entities goes on.',
    kinds: organizationKinds,
    params: organizationParams,
    query: z.strictObject({ ...pageQuery, entity: entitySchema.optional() }),
    status: 200,
    response: pageOf(heldRecordSchema),
    handle: withinOrganization({ stores })(async ({ organization, query }) => {
      const { entity = null, limit } = query;
      const request = { organizationId: organization.id, entity, cursor: cursorOf(query), limit };
      const page = await stores.brake.held(request);
      const items = page.items.map(({ heldAt, ...others }) => ({ ...others, heldAt: momentOf(heldAt) }));
      return { items, nextCursor: page.nextCursor };
    }),
  });
}

/** Held changes: more voids, deletions and changes of amounts than usual wait until a person says that they are meant. */
export function heldChangeRoutes(dependencies: Dependencies): Route[] {
  const { stores, bell } = dependencies;
  const within = withinOrganization({ stores });
  return [
    route({
      method: 'get',
      path,
      tag,
      summary: 'List entities of which more than usual would be voided, deleted or changed, and are held',
      description: 'More than 20, or 2 % of what is linked, within an hour are held, whichever is more.',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: heldChangesSchema,
      handle: within(async ({ organization }) => held(dependencies, organization.id)),
    }),
    records(dependencies),
    route({
      method: 'post',
      path: `${path}/confirm`,
      tag,
      summary: 'Say that it is meant: what is held goes on, and so does whatever comes within an hour',
      kinds: organizationKinds,
      params: organizationParams,
      status: 202,
      response: heldChangesSchema,
      handle: within(async ({ organization, afterAnswer }) => {
        const confirmed = await held(dependencies, organization.id);
        if (!(await stores.brake.confirm(organization.id)))
          throw new Problem(
            'CONFLICT',
            'Nothing of this organization is held, so there is nothing to confirm',
          );
        afterAnswer(() => ringEntities(bell, organization, entitiesOf(organization.settings)));
        return confirmed;
      }),
    }),
  ];
}
