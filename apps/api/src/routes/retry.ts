import { type Entity, entitySchema, issueEntry, type RecordStatus } from '@sync/domain';
import { type CursorPage, ENDED_BY_WORK, entitiesOf, type Organization, type RecordView } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { idSchema } from '../schemas/basics.js';
import { issueCodeSchema } from '../schemas/issue.js';
import { recordParams } from './records.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>;

const tag = 'Records';
const pageSize = 200;

type Retry = z.output<typeof retryFields>;

const retryFields = z.strictObject({
  code: issueCodeSchema.optional().meta({ description: 'By itself: every record with this issue' }),
  recordIds: z.array(idSchema).min(1).max(1_000).optional().meta({ description: 'By themselves' }),
  status: z.enum(['parked', 'failed']).optional().meta({ description: '`parked` unless told otherwise' }),
  entity: entitySchema.optional().meta({ description: 'With or without a status' }),
});

/** One object, since of a union that has a form without required fields, zod tells only what is wrong with that one. */
const retrySchema = retryFields
  .refine(
    ({ code, recordIds, status, entity }) =>
      [code, recordIds, status ?? entity].filter((each) => each !== undefined).length <= 1,
    'must hold a code, recordIds, or a status with or without an entity: only one of these',
  )
  .meta({ id: 'Retry' });

const redrivenSchema = z.strictObject({ redriven: z.number() }).meta({ id: 'Redriven' });

/** Read to the end before anything is re-driven, since what is re-driven leaves the filter and would shift its pages. */
async function idsOf(
  { admin }: Dependencies,
  organizationId: string,
  filter: { status: RecordStatus; entity: Entity | null },
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: CursorPage<RecordView> = await admin.records({
      organizationId,
      ...filter,
      text: null,
      cursor,
      limit: pageSize,
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

async function redriveAll({ stores }: Dependencies, organizationId: string, ids: readonly string[]) {
  let redriven = 0;
  for (let from = 0; from < ids.length; from += pageSize) {
    redriven += await stores.hints.redrive(organizationId, ids.slice(from, from + pageSize), 'event');
  }
  return redriven;
}

/** Whoever retries has mended something: what is tried again on a beat is tried at once. */
async function tryPausedAgain(
  { organizations }: Dependencies['stores'],
  organizationId: string,
): Promise<void> {
  await organizations.resume(
    organizationId,
    ENDED_BY_WORK.filter((code) => code !== 'XERO_DAY_LIMIT'),
  );
}

/** An issue of wider scope pauses its scope until somebody says that it is settled. */
async function redriveCode(
  { stores }: Dependencies,
  organizationId: string,
  code: z.output<typeof issueCodeSchema>,
) {
  const { scope } = issueEntry(code);
  if (scope === 'entity' || scope === 'organization')
    await stores.organizations.resume(organizationId, [code]);
  return stores.hints.redriveParked(organizationId, [code]);
}

async function redrive(dependencies: Dependencies, { id }: Organization, body: Retry): Promise<number> {
  const { code, recordIds, status = 'parked', entity = null } = body;
  if (code !== undefined) return redriveCode(dependencies, id, code);
  return redriveAll(dependencies, id, recordIds ?? (await idsOf(dependencies, id, { status, entity })));
}

function one({ admin, stores, bell }: Dependencies): Route {
  return route({
    method: 'post',
    path: '/v1/organizations/{organizationId}/records/{recordId}/retry',
    tag,
    summary: 'Look at a record again',
    kinds: organizationKinds,
    params: recordParams,
    status: 202,
    response: redrivenSchema,
    handle: withinOrganization({ stores })(async ({ organization, params, afterAnswer }) => {
      const record = await admin.record(organization.id, params.recordId);
      if (record === null) throw notFound('record');
      await tryPausedAgain(stores, organization.id);
      const redriven = await stores.hints.redrive(organization.id, [record.id], 'event');
      afterAnswer(() => ringEntities(bell, organization, [record.entity]));
      return { redriven };
    }),
  });
}

/** Retry: one record, or all of an issue code or of a filter. */
export function retryRoutes(dependencies: Dependencies): Route[] {
  const { stores, bell } = dependencies;
  return [
    one(dependencies),
    route({
      method: 'post',
      path: '/v1/organizations/{organizationId}/retry',
      tag,
      summary: 'Look again at all records of an issue code, of a filter, or of a list',
      kinds: organizationKinds,
      params: organizationParams,
      body: retrySchema,
      status: 202,
      response: redrivenSchema,
      handle: withinOrganization({ stores })(async ({ organization, body, afterAnswer }) => {
        await tryPausedAgain(stores, organization.id);
        const redriven = await redrive(dependencies, organization, body);
        afterAnswer(() => ringEntities(bell, organization, entitiesOf(organization.settings)));
        return { redriven };
      }),
    }),
  ];
}
