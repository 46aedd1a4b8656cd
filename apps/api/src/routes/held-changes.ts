import { ENTITIES } from '@sync/domain';
import { entitiesOf, type IssueView } from '@sync/engine';
import type { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { momentOf } from '../schemas/basics.js';
import { heldChangesSchema } from '../schemas/held-changes.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>;

const tag = 'Held changes';
const path = '/v1/organizations/{organizationId}/held-changes';

/** One issue an entity is open at most, so one page holds them all. */
async function held(
  { admin }: Dependencies,
  organizationId: string,
): Promise<z.input<typeof heldChangesSchema>> {
  const page = await admin.issues({
    organizationId,
    open: true,
    code: 'MASS_CHANGE_HELD',
    scope: null,
    entity: null,
    recordId: null,
    cursor: null,
    limit: ENTITIES.length,
  });
  return { items: page.items.flatMap(heldOf) };
}

function heldOf({ entity, meta, firstSeenAt }: IssueView) {
  const count = typeof meta['count'] === 'number' ? meta['count'] : null;
  return entity === null ? [] : [{ entity, count, heldSince: momentOf(firstSeenAt) }];
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
      summary:
        'List entities that stand still since more of them than usual would be voided, deleted or changed',
      description: 'More than 20, or 2 % of what is linked, within an hour are held, whichever is more.',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: heldChangesSchema,
      handle: within(async ({ organization }) => held(dependencies, organization.id)),
    }),
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
