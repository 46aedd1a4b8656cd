import { crmEntityOf, type Entity } from '@sync/domain';
import type { EngineParts } from './drain/context.js';
import { ENDED_BY_CRM, troubleOf } from './drain/trouble.js';
import type { CrmPort, SweepDepth } from './ports/crm.js';
import type { Checkpoint, Hint, Organization } from './ports/stores.js';

/** A sweep that stopped without a sign of life for so long may be taken over. */
const SWEEP_MS = 60_000;

/** What to sweep. */
export interface SweepRequest {
  organizationId: string;
  entity: Entity;
  depth: SweepDepth;
  runId: string | null;
  holder: string;
  signal: AbortSignal;
}

/** What a sweep came to: `busy` when another one is at it, `paused` when the CRM is away. */
export type SweepReport = { result: 'swept'; hints: number } | { result: 'busy' | 'nothing' | 'paused' };

/**
 * Reads what changed in the CRM since the checkpoint, page by page: a page's hints and the checkpoint's step are one
 * transaction, and only then the adapter moves what it remembers. A crash in between reports a page twice.
 */
export async function sweep(parts: EngineParts, request: SweepRequest): Promise<SweepReport> {
  const { organizationId, entity, holder } = request;
  const organization = await parts.stores.organizations.load(organizationId);
  if (!organization) return { result: 'nothing' };
  const checkpoint = await parts.stores.sweeps.begin({ organizationId, entity, holder, ttlMs: SWEEP_MS });
  if (!checkpoint) return { result: 'busy' };
  try {
    const crm = await parts.crmOf(organization);
    const has: readonly Entity[] = crm.entities;
    const hints = has.includes(entity)
      ? await readPages(parts, { request, organization, crm, checkpoint })
      : 0;
    // Of an entity that the CRM does not have as well: a sweep that never ends holds up every child's backfill.
    await end(parts, { request, organization, checkpoint, done: true });
    if (request.runId) await parts.stores.runs.swept(request.runId, entity);
    await parts.stores.organizations.resume(organizationId, ENDED_BY_CRM);
    return { result: 'swept', hints };
  } catch (error) {
    await end(parts, { request, organization, checkpoint, done: false });
    const trouble = troubleOf(error, parts.clock.now());
    if (!trouble) throw error;
    await parts.stores.organizations.pause({ organizationId, ...trouble });
    return { result: 'paused' };
  }
}

interface Sweeping {
  request: SweepRequest;
  organization: Organization;
  crm: CrmPort;
  checkpoint: Checkpoint;
}

async function readPages(parts: EngineParts, sweeping: Sweeping): Promise<number> {
  const { request, crm } = sweeping;
  const { entity, depth, runId, holder, signal } = request;
  const seen = new Set<string>();
  let { checkpoint } = sweeping;
  let cursor = depth === 'all' ? null : checkpoint.cursor;
  let hints = 0;
  for (let last = false; !last; ) {
    const page = await crm.listChanges({ entity: crmEntityOf(entity), depth, cursor, signal });
    const found = page.changes.map(({ recordId }): Hint => ({ entity, crmId: recordId }));
    for (const { recordId } of page.changes) seen.add(recordId);
    const { cursor: next } = page;
    checkpoint = await parts.stores.sweeps.page({
      checkpoint,
      holder,
      ttlMs: SWEEP_MS,
      cursor: next,
      hints: found,
      changed: depth !== 'all',
      runId,
    });
    await page.acknowledge?.();
    hints += found.length;
    cursor = next;
    last = page.last;
  }
  if (depth === 'all' && crm.deletions === 'by-listing') hints += await hintGone(parts, sweeping, seen);
  return hints;
}

/** What a complete listing did not hold may be deleted: each is looked at, and a read has the last word. */
async function hintGone(parts: EngineParts, { request, organization }: Sweeping, seen: ReadonlySet<string>) {
  const { entity, runId } = request;
  const known = await parts.stores.sweeps.knownIds(organization.id, entity);
  const hints = known.filter((crmId) => !seen.has(crmId)).map((crmId): Hint => ({ entity, crmId }));
  if (hints.length === 0) return 0;
  await parts.stores.hints.hint({
    organizationId: organization.id,
    lane: 'backfill',
    hints,
    ...(runId ? { runId } : {}),
  });
  return hints.length;
}

async function end(
  { stores, clock }: EngineParts,
  { request, organization, checkpoint, done }: Omit<Sweeping, 'crm'> & { done: boolean },
): Promise<void> {
  const full = done && request.depth === 'all';
  const nextAt = new Date(clock.now().getTime() + organization.settings.sweepEverySeconds * 1000);
  const { holder, depth } = request;
  await stores.sweeps.end({ checkpoint, holder, full, nextAt, ...(done ? { depth } : {}) });
}

/** How hard the sweeps of a run look. */
export function depthOfRun(mode: 'incremental' | 'full'): SweepDepth {
  return mode === 'full' ? 'all' : 'changed';
}
