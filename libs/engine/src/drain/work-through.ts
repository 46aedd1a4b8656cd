import { ENTITIES, type Entity, type Lane, SyncError } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import { count, type DrainContext } from './context.js';
import type { Room } from '../ports/xero.js';
import { post } from './post.js';
import { prepare } from './prepare.js';
import { DRAIN_CALLS, DRAIN_MS, PARALLEL_CALLS } from './timing.js';
import type { Ready } from './translate.js';

/** How long a drain sleeps for room at the rate gate; a longer wait gives the lease back. */
const LONGEST_WAIT_MS = 15_000;

/** While it sleeps, how often it looks for an event that need not wait. */
const LOOK_AROUND_MS = 500;

/** Records claimed at once where a batch holds fewer. */
const CLAIM = 50;

/** One pass over an entity: what is under way, and what is ready but does not fill a batch yet. */
interface Pass {
  context: DrainContext;
  entity: Entity;
  underWay: Set<Promise<void>>;
  pool: Ready[];
  claims: number;
  /** Operations that these claims brought. */
  claimed: number;
  startedAt: number;
  /** The first error of a call; it ends the pass once everything under way has ended. */
  failure: { error: unknown } | null;
}

/**
 * Claims, decides and posts until nothing is due, or it is time to make room for others. Batches are filled before
 * they are sent, up to four are under way at once, and room at the gate is asked for before anything is claimed.
 * Returns how many operations were claimed.
 */
export async function workThrough(context: DrainContext, entity: Entity): Promise<number> {
  const pass: Pass = {
    context,
    entity,
    underWay: new Set(),
    pool: [],
    claims: 0,
    claimed: 0,
    startedAt: context.parts.clock.now().getTime(),
    failure: null,
  };
  try {
    while (!pass.failure && !isTimeUp(pass)) {
      await waitForRoom(pass);
      if (pass.failure || isTimeUp(pass)) break;
      const claimed = await fill(pass);
      if (pass.pool.length > 0) await dispatch(pass, claimed === 0);
      else if (pass.underWay.size > 0) await Promise.race(pass.underWay);
      else if (claimed === 0) break;
      if (await isWantedElsewhere(pass)) break;
    }
  } finally {
    await Promise.all(pass.underWay);
    await release(pass, pass.pool);
  }
  if (pass.failure) throw pass.failure.error;
  return pass.claimed;
}

function isTimeUp({ context, startedAt }: Pass): boolean {
  const elapsed = context.parts.clock.now().getTime() - startedAt;
  return context.signal.aborted || context.tally.writingCalls >= DRAIN_CALLS || elapsed >= DRAIN_MS;
}

/** Waits until a call may be made; throws `rate-limited` when that would take long. */
async function waitForRoom(pass: Pass): Promise<void> {
  const { context, underWay } = pass;
  for (;;) {
    if (underWay.size >= PARALLEL_CALLS) await Promise.race(underWay);
    const room = await roomFor(pass);
    if (room.open || pass.failure) return;
    const wait = room.until.getTime() - context.parts.clock.now().getTime();
    if (wait > LONGEST_WAIT_MS) {
      throw new SyncError('rate-limited', `no room for a call within the ${room.limit} limit`, {
        retryAt: room.until,
      });
    }
    await context.parts.clock.sleep(Math.min(Math.max(wait, 10), LOOK_AROUND_MS), context.signal);
    if (isTimeUp(pass)) return;
  }
}

/** Room of the lane that would be claimed: a backfill waits for its turn, an event that comes meanwhile does not. */
async function roomFor({ context, entity }: Pass): Promise<Room> {
  const backfill = context.session.room('backfill');
  if (backfill.open) return backfill;
  const due = await context.parts.stores.operations.dueOfConnection(context.fence.connectionId);
  const event = due.some((work) => work.entity === entity && work.bestLane === 'event');
  return event ? context.session.room('event') : backfill;
}

/** Claims and prepares until a batch is full or nothing more is due. Returns how many the last claim brought. */
async function fill(pass: Pass): Promise<number> {
  const { context, entity } = pass;
  const size = context.parts.xero.batchMax(entity);
  const lanes = await lanesFor(pass);
  let claimed = 0;
  while (pass.pool.length < size) {
    claimed = await claimInto(pass, lanes, Math.max(size - pass.pool.length, size === 1 ? CLAIM : 1));
    if (claimed === 0) break;
  }
  return claimed;
}

async function claimInto(pass: Pass, lanes: readonly Lane[], limit: number): Promise<number> {
  const { context, entity, pool } = pass;
  const { stores, definitions, newId } = context.parts;
  const organizationId = context.organization.id;
  const claimId = newId();
  const operations = await stores.operations.claim({
    organizationId,
    entity,
    limit,
    claimId,
    fence: context.fence,
    lanes,
  });
  pass.claims += 1;
  pass.claimed += operations.length;
  if (operations.length === 0) return 0;
  const { ready, outcomes } = await prepare(context, definitions[entity] as EntityDefinition, operations);
  if (outcomes.length > 0) await stores.operations.settle(organizationId, context.fence, outcomes);
  for (const { kind } of outcomes) count(context.tally, kind);
  context.progress();
  pool.push(...ready);
  return operations.length;
}

/** The event lane first, every fifth time the backfill; no backfill while parents of it have something to do. */
async function lanesFor({ context, entity, claims }: Pass): Promise<Lane[]> {
  if (await parentsAreBusy(context, entity)) return ['event'];
  return claims % 5 === 4 ? ['backfill', 'event'] : ['event', 'backfill'];
}

async function parentsAreBusy(
  { parts, organization, fence }: DrainContext,
  entity: Entity,
): Promise<boolean> {
  const before = ENTITIES.slice(0, ENTITIES.indexOf(entity));
  if (before.length === 0) return false;
  if (await parts.stores.sweeps.running(organization.id, before)) return true;
  const due = await parts.stores.operations.dueOfConnection(fence.connectionId);
  return due.some((work) => work.organizationId === organization.id && before.includes(work.entity));
}

/**
 * Starts calls for what is ready. A batch that is not full goes out only when nothing more is to come: not while
 * parents that were just found to be missing have something to do, since those who wait for them will fill it.
 */
async function dispatch(pass: Pass, nothingMore: boolean): Promise<void> {
  const { context, entity } = pass;
  const size = context.parts.xero.batchMax(entity);
  while (pass.pool.length >= size) await start(pass, pass.pool.splice(0, size));
  if (!nothingMore || pass.pool.length === 0) return;
  const urgent = pass.pool.some(({ operation }) => operation.lane === 'event');
  if (urgent || !(await parentsAreBusy(context, entity))) await start(pass, pass.pool.splice(0));
  else await release(pass, pass.pool.splice(0));
}

async function start(pass: Pass, ready: readonly Ready[]): Promise<void> {
  const { context, entity, underWay } = pass;
  if (underWay.size >= PARALLEL_CALLS) await Promise.race(underWay);
  const definition = context.parts.definitions[entity] as EntityDefinition;
  for (const action of ['create', 'update'] as const) {
    const members = ready.filter((one) => one.action === action);
    const running: Promise<void> = post(context, definition, members)
      .catch((error: unknown) => {
        pass.failure ??= { error };
      })
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }
}

async function release({ context }: Pass, ready: readonly Ready[]): Promise<void> {
  if (ready.length === 0) return;
  const operations = ready.map(({ operation }) => operation);
  await context.parts.stores.operations.release(context.organization.id, operations);
}

/** Somebody waits for another entity of this organization: an event there goes before a backfill here. */
async function isWantedElsewhere({ context, entity }: Pass): Promise<boolean> {
  const due = await context.parts.stores.operations.dueOfConnection(context.fence.connectionId);
  return due.some(({ entity: other, bestLane }) => other !== entity && bestLane === 'event');
}
