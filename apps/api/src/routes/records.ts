import { entitySchema } from '@sync/domain';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, idSchema, pageOf, pageQuery, textSchema } from '../schemas/basics.js';
import {
  historyEntryOf,
  historyEntrySchema,
  recordOf,
  recordSchema,
  statusSchema,
} from '../schemas/record.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores'>;

const tag = 'Records';

/** Path parameters of a record. */
export const recordParams = organizationParams.extend({ recordId: idSchema });

const filterQuery = z.strictObject({
  ...pageQuery,
  entity: entitySchema.optional(),
  status: statusSchema.optional(),
  text: textSchema(100).optional().meta({ description: 'Part of a name, number or id' }),
});

function list({ admin, stores }: Dependencies): Route {
  return route({
    method: 'get',
    path: '/v1/organizations/{organizationId}/records',
    tag,
    summary: 'List records by entity, status and text',
    kinds: organizationKinds,
    params: organizationParams,
    query: filterQuery,
    status: 200,
    response: pageOf(recordSchema),
    handle: withinOrganization({ stores })(async ({ organization, query }) => {
      const { entity = null, status = null, text = null, limit } = query;
      const filter = { organizationId: organization.id, entity, status, text };
      const page = await admin.records({ ...filter, cursor: cursorOf(query), limit });
      return { items: page.items.map(recordOf), nextCursor: page.nextCursor };
    }),
  });
}

function single({ admin, stores }: Dependencies): Route[] {
  const within = withinOrganization({ stores });
  return [
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}/records/{recordId}',
      tag,
      summary: 'Read a record',
      kinds: organizationKinds,
      params: recordParams,
      status: 200,
      response: recordSchema,
      handle: within(async ({ organization, params }) => {
        const record = await admin.record(organization.id, params.recordId);
        if (record === null) throw notFound('record');
        return recordOf(record);
      }),
    }),
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}/records/{recordId}/history',
      tag,
      summary: 'What happened to a record, newest first',
      kinds: organizationKinds,
      params: recordParams,
      query: z.strictObject(pageQuery),
      status: 200,
      response: pageOf(historyEntrySchema),
      handle: within(async ({ organization, params, query }) => {
        const request = { organizationId: organization.id, recordId: params.recordId };
        const page = await admin.history({ ...request, cursor: cursorOf(query), limit: query.limit });
        if (page === null) throw notFound('record');
        return { items: page.items.map(historyEntryOf), nextCursor: page.nextCursor };
      }),
    }),
  ];
}

/** Records: list, read, history. */
export function recordRoutes(dependencies: Dependencies): Route[] {
  return [list(dependencies), ...single(dependencies)];
}
