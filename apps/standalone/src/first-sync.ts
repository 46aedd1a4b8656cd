import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '@sync/composition';
import { issueEntry, issueTitle } from '@sync/domain';
import { entitiesOf, type OrganizationView, type RunView } from '@sync/engine';
import { SingleBar } from 'cli-progress';

/** How long the start waits for the first sync; a larger sample goes on after the ready line. */
const PATIENCE_MS = 120_000;

/** How often the run is asked how far it is. */
const POLL_MS = 400;

/** How the first sync ended, as far as the start waited for it. */
export type SyncEnd =
  | { kind: 'ended'; run: RunView }
  | { kind: 'goes-on' }
  | { kind: 'stands-still'; why: string[] };

/** Starts a run and shows its progress. */
export async function showSync(service: Service, organization: OrganizationView): Promise<SyncEnd> {
  const { stores, bell } = service.parts;
  const first = (
    await service.storage.admin.runs({ organizationId: organization.id, cursor: null, limit: 1 })
  ).items;
  const mode = first.length === 0 ? 'full' : 'incremental';
  const entities = entitiesOf(organization.settings);
  const runId = await stores.runs.create({ organizationId: organization.id, entities, mode });
  await bell.ringSweeps(organization);
  return watch(service, organization.id, runId);
}

async function watch(service: Service, organizationId: string, runId: string): Promise<SyncEnd> {
  const bar = new SingleBar({
    format: 'syncing {bar} {percentage}% | {value} of {total} records',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  bar.start(1, 0);
  const deadline = Date.now() + PATIENCE_MS;
  try {
    while (Date.now() < deadline) {
      const run = await service.storage.admin.run(organizationId, runId);
      const { done, total } = progressOf(run);
      bar.setTotal(Math.max(total, 1));
      bar.update(done);
      if (run && run.status !== 'queued' && run.status !== 'running') return { kind: 'ended', run };
      const why = await reasonsToStandStill(service, organizationId);
      if (why.length > 0) return { kind: 'stands-still', why };
      await sleep(POLL_MS);
    }
    return { kind: 'goes-on' };
  } finally {
    bar.stop();
  }
}

/** What holds up the whole organization, each with what to do; a limit of calls passes by itself. */
async function reasonsToStandStill({ storage }: Service, organizationId: string): Promise<string[]> {
  const filter = {
    organizationId,
    open: true,
    code: null,
    entity: null,
    recordId: null,
    cursor: null,
    limit: 5,
  };
  const { items } = await storage.admin.issues({ ...filter, scope: 'organization' });
  return items
    .filter(({ code }) => code !== 'XERO_DAY_LIMIT')
    .map(({ code, meta }) => `${code}: ${issueTitle(code, meta)} ${issueEntry(code).advice}`);
}

function progressOf(run: RunView | null): { done: number; total: number } {
  const entities = Object.values(run?.entities ?? {});
  return {
    done: entities.reduce((sum, { done }) => sum + done, 0),
    total: entities.reduce((sum, { total }) => sum + total, 0),
  };
}
