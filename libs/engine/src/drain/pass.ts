import { ENTITIES, type Entity, type Lane } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import type { DueWork } from '../ports/stores.js';
import { count, type DrainContext } from './context.js';
import { doneWithInXero } from './gone.js';
import { prepare } from './prepare.js';
import { wakeClaimants } from './take-over.js';
import { parentsAreSwept } from '../ring-due.js';
import { DRAIN_CALLS } from './timing.js';
import type { Ready } from './ready.js';

/** Records claimed at once where a batch holds fewer. */
const CLAIM = 50;

/** What a writing call does with its records: one call does one of them. */
export const ACTIONS: readonly Ready['action'][] = ['create', 'update', 'void'];

/** The writing calls of a drain that are under way: one pass starts them, and another may see them end. */
export interface CallsUnderWay {
  running: Set<Promise<void>>;
  /** The first error of a call; it ends the drain once everything under way has ended. */
  failure: { error: unknown } | null;
}

/** One pass over an entity: what is ready but does not fill a batch yet, and how far the pass has come. */
export interface Pass {
  context: DrainContext;
  entity: Entity;
  /** Only events, of an entity that another one's backfill makes room for. */
  eventsOnly: boolean;
  /** Events of other entities do not end the pass. */
  undisturbed: boolean;
  calls: CallsUnderWay;
  pool: Ready[];
  claims: number;
  /** Operations that these claims brought. */
  claimed: number;
  startedAt: number;
  /** Writing calls that the drain had made before. */
  callsBefore: number;
}

/** How many of the pool would go out in one call at most. */
function fullest(pass: Pass): number {
  return Math.max(...ACTIONS.map((action) => readyFor(pass, action).length));
}

/** What of the pool is ready for a call of this action, the oldest first. */
export function readyFor({ pool }: Pass, action: Ready['action']): Ready[] {
  return pool.filter((ready) => ready.action === action);
}

/** Whether the pass may start another call: what is ready beyond its share is left to the next one. */
export function hasCallsLeft({ context, callsBefore }: Pass): boolean {
  return context.tally.writingCalls - callsBefore < DRAIN_CALLS;
}

/** Claims and prepares until a batch is full or nothing more is due. Returns how many the last claim brought. */
export async function fill(pass: Pass): Promise<number> {
  const { context, entity } = pass;
  const size = context.parts.xero.batchMax(entity);
  const lanes = await lanesFor(pass);
  let claimed = 0;
  while (fullest(pass) < size) {
    claimed = await claimInto(pass, lanes, Math.max(size - fullest(pass), size === 1 ? CLAIM : 1));
    if (claimed === 0) break;
  }
  return claimed;
}

async function claimInto(pass: Pass, lanes: readonly Lane[], limit: number): Promise<number> {
  const { context, entity } = pass;
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
  try {
    const definition = definitions[entity] as EntityDefinition;
    const { ready, outcomes: decided } = await prepare(context, definition, operations);
    await wakeClaimants(context, { ready, outcomes: decided });
    const outcomes = await doneWithInXero(context, entity, decided);
    if (outcomes.length > 0) await stores.operations.settle(organizationId, context.fence, outcomes);
    for (const { kind } of outcomes) count(context.tally, kind);
    context.progress();
    pass.pool.push(...ready);
  } catch (error) {
    await stores.operations.release(organizationId, operations);
    throw error;
  }
  return operations.length;
}

/** The event lane first, every fifth time the backfill; no backfill while parents of it have something to do. */
async function lanesFor({ context, entity, claims, eventsOnly }: Pass): Promise<Lane[]> {
  if (eventsOnly || (await parentsAreBusy(context, entity))) return ['event'];
  return claims % 5 === 4 ? ['backfill', 'event'] : ['event', 'backfill'];
}

/** Whether entities that this one waits for are read from the CRM just now, or have something due. */
export async function parentsAreBusy(context: DrainContext, entity: Entity): Promise<boolean> {
  if (await parentsAreSwept(context.parts, context.organization.id, entity)) return true;
  const before = ENTITIES.slice(0, ENTITIES.indexOf(entity));
  return (await dueHere(context)).some((work) => before.includes(work.entity));
}

/** What is due of this organization. */
export async function dueHere({ parts, organization, fence }: DrainContext): Promise<DueWork[]> {
  const due = await parts.stores.operations.dueOfConnection(fence.connectionId);
  return due.filter(({ organizationId }) => organizationId === organization.id);
}

/** Gives back what was claimed and will not be posted by this pass. */
export async function release({ context }: Pass, ready: readonly Ready[]): Promise<void> {
  if (ready.length === 0) return;
  const operations = ready.map(({ operation }) => operation);
  await context.parts.stores.operations.release(context.organization.id, operations);
}
