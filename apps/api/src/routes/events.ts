import type { Entity } from '@sync/domain';
import type { Hint, Organization } from '@sync/engine';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { type Route, route } from '../routing/route.js';
import {
  describedEnvelopeSchema,
  envelopeSchema,
  eventsResultSchema,
  type Rejection,
} from '../schemas/event.js';
import { type FindTargets, targetsOf } from './event-targets.js';
import { type CrmEvent, readEvent } from './read-event.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>;

/** Hints by organization, each record once. */
class HintCollection {
  readonly #byOrganization = new Map<string, { organization: Organization; hints: Map<string, Hint> }>();

  add(organization: Organization, { entity, recordId }: CrmEvent): void {
    const entry = this.#byOrganization.get(organization.id) ?? {
      organization,
      hints: new Map<string, Hint>(),
    };
    entry.hints.set(`${entity} ${recordId}`, { entity, crmId: recordId });
    this.#byOrganization.set(organization.id, entry);
  }

  all(): { organization: Organization; hints: Hint[]; entities: Entity[] }[] {
    return [...this.#byOrganization.values()].map(({ organization, hints }) => ({
      organization,
      hints: [...hints.values()],
      entities: [...new Set([...hints.values()].map(({ entity }) => entity))],
    }));
  }
}

interface Sorted {
  accepted: number;
  rejected: Rejection[];
  hints: HintCollection;
}

async function sort(values: readonly unknown[], find: FindTargets): Promise<Sorted> {
  const sorted: Sorted = { accepted: 0, rejected: [], hints: new HintCollection() };
  for (const [index, value] of values.entries()) {
    const reading = readEvent(value);
    if (!reading.ok) {
      sorted.rejected.push({ index, ...reading.rejection });
      continue;
    }
    const targets = await find(reading.event);
    if (!targets.ok) {
      sorted.rejected.push({ index, id: reading.event.id, code: targets.code, detail: targets.detail });
      continue;
    }
    sorted.accepted += 1;
    for (const organization of targets.organizations) sorted.hints.add(organization, reading.event);
  }
  return sorted;
}

/** `POST /v1/events`: the answer says 202 only after every accepted hint is committed. */
export function eventRoutes(dependencies: Dependencies): Route[] {
  const { stores, bell } = dependencies;
  return [
    route({
      method: 'post',
      path: '/v1/events',
      tag: 'Events',
      summary: 'Say that records of the CRM may have changed',
      description:
        'At most 1 MB. Each event is taken or rejected by itself; 400 only for a broken envelope or if nothing was ' +
        'accepted. An event is never state: the record is read afresh.',
      kinds: ['installation', 'organization', 'crm-connection'],
      body: envelopeSchema,
      describedBody: describedEnvelopeSchema,
      status: 202,
      response: eventsResultSchema,
      async handle({ body, key, afterAnswer }) {
        const find = await targetsOf(key, dependencies);
        const { accepted, rejected, hints } = await sort(body.events, find);
        if (accepted === 0) {
          throw new Problem(
            'NOTHING_ACCEPTED',
            `None of the ${rejected.length} events was accepted; each says why`,
            {
              accepted,
              rejected,
            },
          );
        }
        for (const { organization, hints: records, entities } of hints.all()) {
          await stores.hints.hint({ organizationId: organization.id, lane: 'event', hints: records });
          afterAnswer(() => ringEntities(bell, organization, entities));
        }
        return { accepted, rejected };
      },
    }),
  ];
}
