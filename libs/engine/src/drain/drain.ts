import { type Entity, SyncError } from '@sync/domain';
import { LeaseLost, type Organization } from '../ports/stores.js';
import type { XeroSession } from '../ports/xero.js';
import { referenceForApproval } from './approval.js';
import type { DrainContext, DrainTally, EngineParts } from './context.js';
import { type HeldLease, holdLease } from './lease.js';
import { type Rounds, workInRounds } from './rounds.js';
import { ringDue } from '../ring-due.js';
import { scoped } from './scoped-session.js';
import { openAgain, shutEntities } from './shut-entities.js';
import { drainTroubleOf, ENDED_BY_WORK, ENDED_BY_XERO } from './trouble.js';

/** What a doorbell asks for. */
export interface DrainRequest {
  organizationId: string;
  entity: Entity;
  /** Who drains, for the lease. */
  holder: string;
  signal: AbortSignal;
  note(line: string): void;
  progress(tally: DrainTally): void;
  /** Whether other organizations wait for a worker: then a drain ends after its share, else it goes on. */
  othersWait?(): Promise<boolean>;
}

/** What outlasts the rounds of a drain, since calls do. */
type Lasting = Pick<
  DrainContext,
  'namesTaken' | 'takenBy' | 'batchesUnderWay' | 'factsLookedAt' | 'overwritesLookedAt'
>;

/** What a drain came to. */
export interface DrainReport {
  result: 'drained' | 'joined' | 'nothing' | 'paused' | 'lease-lost';
  writingCalls: number;
  outcomes: Record<string, number>;
  /** When there is room again, where a limit of Xero ended the drain. */
  resumeAt: Date | null;
}

/**
 * Works through the operations of one organization and entity, as the only one at its Xero connection. If somebody
 * else is at it, nothing is to be done: the holder rings for whatever is due when it lets go.
 */
export async function drain(parts: EngineParts, request: DrainRequest): Promise<DrainReport> {
  const tally: DrainTally = { writingCalls: 0, outcomes: {} };
  const organization = await parts.stores.organizations.load(request.organizationId);
  if (!organization) return report('nothing', tally);
  const lease = await holdLease(parts.stores.leases, organization.xeroConnection.id, request.holder);
  if (!lease) return report('joined', tally);
  try {
    return await underLease(parts, request, { organization, lease, tally });
  } finally {
    await lease.release();
    await ringForTheRest(parts, organization);
  }
}

async function underLease(
  parts: EngineParts,
  request: DrainRequest,
  held: { organization: Organization; lease: HeldLease; tally: DrainTally },
): Promise<DrainReport> {
  const { organization, lease, tally } = held;
  const { stores, log } = parts;
  await stores.operations.releaseAbandoned(organization.xeroConnection.id, lease.fence);
  let session: XeroSession | null = null;
  try {
    session = scoped(
      await parts.xero.open(organization.xeroConnection, () => lease.stillHeld(), request.signal),
    );
    const shut = await shutEntities(parts, organization.id);
    const { claimed, lookedUp } = await workInRounds(roundsOf(parts, request, { ...held, session }));
    // A drain that found nothing to do has shown nothing: whoever rings a paused scope must not end its pause.
    if (claimed > 0) await stores.organizations.resume(organization.id, ENDED_BY_WORK);
    else if (lookedUp > 0) await stores.organizations.resume(organization.id, ENDED_BY_XERO);
    if (!shut.has(request.entity)) await openAgain(parts, organization.id, request.entity);
    return report('drained', tally);
  } catch (error) {
    if (error instanceof LeaseLost) return report('lease-lost', tally);
    // Reads and calls that were cut off because this worker is to end say nothing of the CRM or Xero.
    if (request.signal.aborted) throw error;
    const trouble = standsStill(error, session) ? drainTroubleOf(error, parts.clock.now()) : null;
    if (!trouble && error instanceof SyncError && error.kind === 'rate-limited')
      return report('drained', tally, error.retryAt);
    if (!trouble) throw error;
    const { code, entity } = trouble;
    log.warn({ organizationId: organization.id, code, entity }, 'a scope stands still');
    await stores.organizations.pause({ organizationId: organization.id, ...trouble });
    await stores.operations.releaseAbandoned(organization.xeroConnection.id, lease.fence);
    return report('paused', tally);
  } finally {
    await session?.close();
  }
}

function roundsOf(
  parts: EngineParts,
  request: DrainRequest,
  held: { organization: Organization; lease: HeldLease; tally: DrainTally; session: XeroSession },
): Rounds {
  const lasting: Lasting = {
    namesTaken: new Map(),
    takenBy: new Map(),
    batchesUnderWay: new Set(),
    factsLookedAt: new Set(),
    overwritesLookedAt: new Set(),
  };
  const { id } = held.organization;
  return {
    entity: request.entity,
    open: async () => {
      const organization = (await parts.stores.organizations.load(id)) ?? held.organization;
      return contextOf(parts, request, { ...held, organization, lasting });
    },
    isWaitedFor: async ({ fence }) => {
      const due = await parts.stores.operations.dueOfConnection(fence.connectionId);
      return (
        due.some(({ organizationId }) => organizationId !== id) || ((await request.othersWait?.()) ?? false)
      );
    },
  };
}

/** While events have calls left of the day's, only the backfill has to wait for its end. */
function standsStill(error: unknown, session: XeroSession | null): boolean {
  const dayLimit = error instanceof SyncError && error.kind === 'rate-limited';
  return !dayLimit || session === null || !session.room('event').open;
}

async function contextOf(
  parts: EngineParts,
  { signal, note, progress }: DrainRequest,
  held: Pick<DrainContext, 'organization' | 'tally' | 'session'> & { lease: HeldLease; lasting: Lasting },
): Promise<DrainContext> {
  const { organization, lease, tally, session, lasting } = held;
  return {
    parts,
    organization,
    fence: lease.fence,
    session,
    crm: await parts.crmOf(organization),
    reference: await referenceForApproval(parts, organization, session),
    shut: await shutEntities(parts, organization.id),
    mappings: await parts.stores.mappings.load(organization.id),
    signal,
    ...lasting,
    identitiesFresh: new Set(),
    tally,
    note,
    progress: () => progress(tally),
  };
}

/** The last act of a drain. */
async function ringForTheRest(parts: EngineParts, { xeroConnection }: Organization): Promise<void> {
  const { operations } = parts.stores;
  await operations.redriveWaiters();
  await ringDue(parts, await operations.dueOfConnection(xeroConnection.id));
}

function report(result: DrainReport['result'], tally: DrainTally, resumeAt: Date | null = null): DrainReport {
  return { result, ...tally, resumeAt };
}
