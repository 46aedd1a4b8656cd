import { ENTITIES, type Entity, entitySchema } from '@sync/domain';
import { isPulled, type Organization } from '@sync/engine';
import type { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { pulledFromSchema, readingOf, readingSchema, readingsSchema } from '../schemas/reading.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'stores' | 'bell' | 'clock'>;

const tag = 'Organizations';
const path = '/v1/organizations/{organizationId}/readings';

type Reading = z.input<typeof readingSchema>;

/** What is told of each entity that is on. */
async function readings({ stores }: Dependencies, { id, settings }: Organization) {
  const on = ENTITIES.filter((entity) => settings.directions[entity] !== 'off');
  const found = on.map(async (entity): Promise<[Entity, Reading]> => {
    return [entity, readingOf(await stores.xeroCheckpoints.load(id, entity))];
  });
  return { entities: Object.fromEntries(await Promise.all(found)) };
}

/** The moment at which a day begins; refused where it has no meaning for the entity, or is yet to come. */
function beginning({ clock }: Dependencies, { settings }: Organization, entity: Entity, day: string): Date {
  if (!isPulled(settings, entity))
    throw new Problem(
      'CONFLICT',
      `Nothing of ${entity} is pulled from Xero: set their direction to to-crm or two-way, and writeBack to true, first`,
    );
  const from = new Date(`${day}T00:00:00.000Z`);
  if (from > clock.now())
    throw new Problem('INVALID_REQUEST', `from: ${day} lies in the future; give today or an earlier day`);
  return from;
}

function moveDay(dependencies: Dependencies): Route {
  const { stores, bell } = dependencies;
  return route({
    method: 'put',
    path: `${path}/{entity}/pulled-from`,
    tag,
    summary: 'Move the day from which on records of Xero are made in the CRM',
    description:
      'An earlier day: everything is read again, and what is within now is made in the CRM. A later one: what was made stays there.',
    kinds: organizationKinds,
    params: organizationParams.extend({ entity: entitySchema }),
    body: pulledFromSchema,
    status: 202,
    response: readingSchema,
    handle: withinOrganization({ stores })(async ({ organization, params, body, afterAnswer }) => {
      const { entity } = params;
      const from = beginning(dependencies, organization, entity, body.from);
      await stores.xeroCheckpoints.movePullFrom(organization.id, entity, from);
      afterAnswer(() => ringEntities(bell, organization, [entity]));
      return readingOf(await stores.xeroCheckpoints.load(organization.id, entity));
    }),
  });
}

/** How far each entity was read from Xero, from when on, and what was nearly taken for an edit. */
export function readingRoutes(dependencies: Dependencies): Route[] {
  return [
    route({
      method: 'get',
      path,
      tag,
      summary:
        'How far each entity was read from Xero, and how often our own writes were nearly taken for edits',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: readingsSchema,
      handle: withinOrganization(dependencies)(({ organization }) => readings(dependencies, organization)),
    }),
    moveDay(dependencies),
  ];
}
