import type { FieldConflict } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound, Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, pageOf, pageQuery } from '../schemas/basics.js';
import {
  choicesSchema,
  chosenSchema,
  conflictOf,
  conflictSchema,
  fieldsOf,
  versionOf,
} from '../schemas/conflict.js';
import { recordParams } from './records.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>;

const tag = 'Conflicts';
const path = '/v1/organizations/{organizationId}/conflicts';

function list({ stores }: Dependencies): Route {
  return route({
    method: 'get',
    path,
    tag,
    summary: 'List records that both sides changed and that wait for a choice, the oldest first',
    kinds: organizationKinds,
    params: organizationParams,
    query: z.strictObject(pageQuery),
    status: 200,
    response: pageOf(conflictSchema),
    handle: withinOrganization({ stores })(async ({ organization, query }) => {
      const request = { organizationId: organization.id, cursor: cursorOf(query), limit: query.limit };
      const page = await stores.conflicts.list(request);
      return { items: page.items.map(conflictOf), nextCursor: page.nextCursor };
    }),
  });
}

async function fieldsOfRecord({ stores }: Dependencies, organizationId: string, recordId: string) {
  return (await stores.conflicts.of(organizationId, [recordId])).get(recordId) ?? [];
}

/** A choice between values that nobody was shown, or of a field that is not asked about, is none. */
function refuseBlindChoices(
  fields: readonly FieldConflict[],
  { choices, version }: z.output<typeof choicesSchema>,
): void {
  if (version !== undefined && version !== versionOf(fields)) {
    throw new Problem(
      'CONFLICT_CHANGED',
      'The values changed since they were read; read them again, then choose',
    );
  }
  const asked = fields.map(({ field }) => field);
  const unknown = Object.keys(choices).find((field) => !asked.includes(field));
  if (unknown !== undefined) {
    throw new Problem(
      'INVALID_REQUEST',
      `choices.${unknown}: this record has no such conflict; it has ${asked.join(', ')}`,
    );
  }
}

function choose(dependencies: Dependencies): Route {
  const { admin, stores, bell } = dependencies;
  return route({
    method: 'post',
    path: `${path}/{recordId}`,
    tag,
    summary: 'Choose which side wins which field; the record is then looked at again',
    description:
      'Nothing of the record is written before every field has a choice. A choice holds for the values that were shown: ' +
      'if either changes, it is asked anew.',
    kinds: organizationKinds,
    params: recordParams,
    body: choicesSchema,
    status: 202,
    response: chosenSchema,
    handle: withinOrganization({ stores })(async ({ organization, params, body, afterAnswer }) => {
      const { recordId } = params;
      const record = await admin.record(organization.id, recordId);
      const before = await fieldsOfRecord(dependencies, organization.id, recordId);
      if (record === null || before.length === 0) throw notFound('conflict');
      refuseBlindChoices(before, body);
      if (!(await stores.conflicts.choose(organization.id, recordId, body.choices)))
        throw notFound('conflict');
      afterAnswer(() => ringEntities(bell, organization, [record.entity]));
      const fields = await fieldsOfRecord(dependencies, organization.id, recordId);
      return { recordId, version: versionOf(fields), fields: fieldsOf(fields) };
    }),
  });
}

/** Conflicts: what both sides changed, and which of them is right. */
export function conflictRoutes(dependencies: Dependencies): Route[] {
  return [list(dependencies), choose(dependencies)];
}
