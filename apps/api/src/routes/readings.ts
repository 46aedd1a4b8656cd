import { ENTITIES, type Entity } from '@sync/domain';
import type { Organization } from '@sync/engine';
import type { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { readingOf, type readingSchema, readingsSchema } from '../schemas/reading.js';

type Dependencies = Pick<ApiDependencies, 'stores'>;

type Reading = z.input<typeof readingSchema>;

/** What is told of each entity that is on. */
async function readings({ stores }: Dependencies, { id, settings }: Organization) {
  const on = ENTITIES.filter((entity) => settings.directions[entity] !== 'off');
  const found = on.map(async (entity): Promise<[Entity, Reading]> => {
    return [entity, readingOf(await stores.xeroCheckpoints.load(id, entity))];
  });
  return { entities: Object.fromEntries(await Promise.all(found)) };
}

/** How far each entity was read from Xero, and what was nearly taken for an edit. */
export function readingRoutes(dependencies: Dependencies): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}/readings',
      tag: 'Organizations',
      summary:
        'How far each entity was read from Xero, and how often our own writes were nearly taken for edits',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: readingsSchema,
      handle: withinOrganization(dependencies)(({ organization }) => readings(dependencies, organization)),
    }),
  ];
}
