import { ENTITIES, type Entity } from '@sync/domain';
import type { DrainContext } from './context.js';
import { refreshIdentities } from './identities.js';
import { resolveInDoubt } from './in-doubt.js';
import { type CallsUnderWay, dueHere } from './pass.js';
import { pull } from './pull.js';
import { takeEventsAlong, workThrough } from './work-through.js';

/** What the rounds of a drain need. */
export interface Rounds {
  entity: Entity;
  /** Settings and mappings as they are now: a drain may go on for long. */
  open(): Promise<DrainContext>;
  /** Whether somebody needs this drain to end. */
  isWaitedFor(context: DrainContext): Promise<boolean>;
}

/** What the rounds of a drain came to. */
export interface RoundsReport {
  /** How many operations were claimed. */
  claimed: number;
  /** Of how many batches in doubt Xero was asked, and answered. */
  lookedUp: number;
}

/** From so many calls on, a drain is one of those whose speed Xero's limit decides. */
const LONG_DRAIN_CALLS = 30;

/**
 * Works on an entity round by round, for as long as nobody waits: a drain that ends lets its last calls come back
 * before the next one starts, and in that time Xero's limit goes unused. For the same reason a long drain goes on
 * with the organization's next entity while its last calls are under way.
 */
export async function workInRounds({ entity: first, open, isWaitedFor }: Rounds): Promise<RoundsReport> {
  const calls: CallsUnderWay = { running: new Set(), failure: null };
  const fruitless = new Set<Entity>();
  const report: RoundsReport = { claimed: 0, lookedUp: 0 };
  try {
    for (let round = 0, entity: Entity | null = first, undisturbed = false; entity !== null; round += 1) {
      const context = await open();
      report.lookedUp += await resolveInDoubt(context);
      await pull(context, entity);
      if (round === 1) readAhead(context, entity, calls);
      const pass = await workThrough(context, entity, { calls, undisturbed });
      report.claimed += pass.claimed;
      if (calls.failure || context.signal.aborted) break;
      const taken = pass.end === 'wanted' ? await takeEventsAlong(context, entity, calls) : 0;
      report.claimed += taken;
      // Events that cannot be claimed must not keep the entity from its own work.
      undisturbed = pass.end === 'wanted' && taken === 0;
      if (await isWaitedFor(context)) break;
      if (pass.claimed > 0) fruitless.clear();
      if (pass.end !== 'nothing-left') continue;
      fruitless.add(entity);
      entity = await nextEntity(context, calls, fruitless);
    }
  } finally {
    await Promise.all(calls.running);
  }
  if (calls.failure) throw calls.failure.error;
  return report;
}

/** Where a long drain goes on: with the first entity that has something due and was not looked at in vain. */
async function nextEntity(
  context: DrainContext,
  calls: CallsUnderWay,
  fruitless: ReadonlySet<Entity>,
): Promise<Entity | null> {
  if (calls.running.size === 0 || context.tally.writingCalls < LONG_DRAIN_CALLS) return null;
  const due = new Set((await dueHere(context)).map(({ entity }) => entity));
  const next = ENTITIES.find((entity) => due.has(entity) && !fruitless.has(entity)) ?? null;
  if (next) context.note(`goes on with ${next}`);
  return next;
}

/**
 * In a long drain the identity keys of the entities that come next are read beside its calls: read when their turn
 * has come, they hold everything up. Who needs them reads them again if this fails.
 */
function readAhead(context: DrainContext, entity: Entity, calls: CallsUnderWay): void {
  const reading: Promise<void> = readNext(context, entity)
    .catch((error: unknown) => {
      context.parts.log.warn({ organizationId: context.organization.id, error }, 'reading ahead failed');
    })
    .finally(() => calls.running.delete(reading));
  calls.running.add(reading);
}

async function readNext(context: DrainContext, entity: Entity): Promise<void> {
  const later = ENTITIES.slice(ENTITIES.indexOf(entity) + 1);
  for (const { entity: next } of await dueHere(context)) {
    if (later.includes(next)) await refreshIdentities(context, next);
  }
}
