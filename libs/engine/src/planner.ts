import type { EngineParts } from './drain/context.js';
import { REFERENCE_FRESH_MS } from './drain/timing.js';
import { depthOfRun, sweep } from './sweep.js';
import { inDrainOrder, ringDue } from './ring-due.js';

/** What a tick of the planner did. */
export interface TickReport {
  rung: number;
  redriven: number;
  runsCompleted: number;
}

/**
 * Looks into the ledger and rings for whatever is due, whatever was rung before: a queue that lost everything is made
 * up for by the next tick. Runs every few seconds in one worker at a time.
 */
export async function tick(parts: EngineParts): Promise<TickReport> {
  const { stores } = parts;
  const redriven = await stores.operations.redriveWaiters();
  const rung = (await ringDrains(parts)) + (await ringSweeps(parts)) + (await ringReference(parts));
  const runsCompleted = await stores.runs.completeFinished();
  return { rung, redriven, runsCompleted };
}

async function ringDrains(parts: EngineParts): Promise<number> {
  const { stores, bell } = parts;
  const probes = (await stores.organizations.dueProbes()).map((probe) => ({
    ...probe,
    bestLane: 'backfill' as const,
  }));
  const readings = (await stores.xeroCheckpoints.due()).map(({ lane, ...reading }) => ({
    ...reading,
    bestLane: lane,
  }));
  const work = await stores.operations.due();
  await ringDue(parts, work);
  const due = [...(await stores.batches.inDoubt()), ...probes, ...readings];
  for (const { organizationId, organizationName, entity, bestLane } of inDrainOrder(due)) {
    await bell.ring({ organizationId, organizationName, entity, lane: bestLane });
  }
  return work.length + due.length;
}

async function ringSweeps(parts: EngineParts): Promise<number> {
  const { stores, bell } = parts;
  const wanted = [...(await stores.runs.openSweeps()), ...(await stores.sweeps.dueSweeps())];
  const organizations = new Map(
    wanted.map(({ organizationId, organizationName }) => [organizationId, organizationName]),
  );
  for (const [id, name] of organizations) {
    if (!(await standsStill(parts, id))) await bell.ringSweeps({ id, name });
  }
  return organizations.size;
}

async function ringReference({ stores, bell, clock }: EngineParts): Promise<number> {
  const before = new Date(clock.now().getTime() - REFERENCE_FRESH_MS);
  const needing = await stores.organizations.needingReference(before);
  for (const organization of needing) await bell.ringReference(organization);
  return needing.length;
}

/** Makes the sweeps of one organization that runs ask for or the schedule has due, parents before children. */
export async function sweepOrganization(
  parts: EngineParts,
  request: { organizationId: string; holder: string; signal: AbortSignal; note(line: string): void },
): Promise<Record<string, number>> {
  const { organizationId, holder, signal, note } = request;
  const hints: Record<string, number> = {};
  for (const wanted of await sweepsOf(parts, organizationId)) {
    const report = await sweep(parts, { ...wanted, organizationId, holder, signal });
    note(
      `${wanted.entity} (${wanted.depth}): ${report.result === 'swept' ? `${report.hints} hints` : report.result}`,
    );
    if (report.result === 'paused') break;
    if (report.result !== 'swept') continue;
    hints[wanted.entity] = (hints[wanted.entity] ?? 0) + report.hints;
    if (report.hints > 0) await ringDrainsOf(parts, organizationId);
  }
  return hints;
}

/** What a sweep found need not wait for the next tick. */
async function ringDrainsOf(parts: EngineParts, organizationId: string): Promise<void> {
  const due = await parts.stores.operations.due();
  await ringDue(
    parts,
    due.filter((work) => work.organizationId === organizationId),
  );
}

async function sweepsOf(parts: EngineParts, organizationId: string) {
  const { stores } = parts;
  if (await standsStill(parts, organizationId)) return [];
  const ofRuns = (await stores.runs.openSweeps())
    .filter((wanted) => wanted.organizationId === organizationId)
    .map(({ entity, mode, runId }) => ({ entity, depth: depthOfRun(mode), runId }));
  const due = (await stores.sweeps.dueSweeps())
    .filter((wanted) => wanted.organizationId === organizationId)
    .map(({ entity, depth }) => ({ entity, depth, runId: null }));
  return inDrainOrder([...ofRuns, ...due]);
}

/** The whole organization is paused, and it is not yet time to try again. */
async function standsStill({ stores, clock }: EngineParts, organizationId: string): Promise<boolean> {
  const now = clock.now();
  const pauses = await stores.organizations.pauses(organizationId);
  return pauses.some(({ entity, probeAt }) => entity === null && (probeAt === null || probeAt > now));
}
