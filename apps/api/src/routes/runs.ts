import type { Entity } from '@sync/domain';
import { entitiesOf, type Organization, type RunView } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound, Problem } from '../http/problem.js';
import {
  organizationKinds,
  organizationParams,
  scopeOf,
  withinOrganization,
} from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, idSchema, pageOf, pageQuery } from '../schemas/basics.js';
import { newRunSchema, runOf, runSchema } from '../schemas/run.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>;

const tag = 'Runs';
const runParams = z.strictObject({ runId: idSchema });

function wantedEntities({ settings }: Organization, asked: readonly Entity[] | undefined): readonly Entity[] {
  const on = entitiesOf(settings);
  const off = asked?.filter((entity) => !on.includes(entity)) ?? [];
  if (off.length > 0) {
    throw new Problem(
      'ENTITY_OFF',
      `entities: ${off.join(', ')} are switched off; switch them on in the settings first`,
    );
  }
  const wanted = [...new Set(asked ?? on)];
  if (wanted.length === 0) throw new Problem('ENTITY_OFF', 'Every entity is switched off in the settings');
  return wanted;
}

function ofOrganization({ admin, stores, bell }: Dependencies): Route[] {
  const within = withinOrganization({ stores });
  const path = '/v1/organizations/{organizationId}/runs';
  return [
    route({
      method: 'post',
      path,
      tag,
      summary: 'Start a run',
      description: '`incremental` looks for what changed since the last time, `full` at everything.',
      kinds: organizationKinds,
      params: organizationParams,
      body: newRunSchema,
      status: 202,
      response: z.strictObject({ id: z.string() }),
      handle: within(async ({ organization, body, afterAnswer }) => {
        if (body.dryRun) {
          throw new Problem(
            'DRY_RUN_NOT_AVAILABLE',
            'dryRun: this version cannot try without writing; leave it out',
          );
        }
        const entities = wantedEntities(organization, body.entities);
        const id = await stores.runs.create({ organizationId: organization.id, entities, mode: body.mode });
        afterAnswer(() => bell.ringSweeps(organization));
        return { id };
      }),
    }),
    route({
      method: 'get',
      path,
      tag,
      summary: 'List runs, newest first',
      kinds: organizationKinds,
      params: organizationParams,
      query: z.strictObject(pageQuery),
      status: 200,
      response: pageOf(runSchema),
      handle: within(async ({ organization, query }) => {
        const request = { organizationId: organization.id, cursor: cursorOf(query), limit: query.limit };
        const page = await admin.runs(request);
        return { items: page.items.map(runOf), nextCursor: page.nextCursor };
      }),
    }),
  ];
}

function found(run: RunView | null): RunView {
  if (run === null) throw notFound('run');
  return run;
}

function single({ admin, stores }: Dependencies): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/runs/{runId}',
      tag,
      summary: 'Read a run with its progress',
      kinds: organizationKinds,
      params: runParams,
      status: 200,
      response: runSchema,
      handle: async ({ params, key }) => runOf(found(await admin.run(scopeOf(key), params.runId))),
    }),
    route({
      method: 'post',
      path: '/v1/runs/{runId}/cancel',
      tag,
      summary: 'Cancel a run; work that another run or an event waits for goes on',
      kinds: organizationKinds,
      params: runParams,
      status: 200,
      response: runSchema,
      async handle({ params, key }) {
        const run = found(await admin.run(scopeOf(key), params.runId));
        const cancelled = await stores.runs.cancel(run.organizationId, run.id);
        if (!cancelled)
          throw new Problem('CONFLICT', `The run is ${run.status} and cannot be cancelled any more`);
        return runOf(found(await admin.run(run.organizationId, run.id)));
      },
    }),
  ];
}

/** Runs: start, list, read, cancel. */
export function runRoutes(dependencies: Dependencies): Route[] {
  return [...ofOrganization(dependencies), ...single(dependencies)];
}
