import type { EntityDefinition } from '../definition.js';
import { ACTIONS, hasCallsLeft, parentsAreBusy, type Pass, readyFor, release } from './pass.js';
import { post } from './post.js';
import { PARALLEL_CALLS } from './timing.js';
import type { Ready } from './ready.js';

/**
 * Starts calls for what is ready. A batch that is not full goes out only with an event, or when nothing more is to
 * come: not while parents that were just found to be missing have something to do, since those who wait for them will
 * fill it.
 */
export async function dispatch(pass: Pass, nothingMore: boolean): Promise<void> {
  const { context, entity } = pass;
  const size = context.parts.xero.batchMax(entity);
  for (const action of ACTIONS) {
    while (!pass.calls.failure && hasCallsLeft(pass) && readyFor(pass, action).length >= size)
      await start(pass, take(pass, action, size));
    // Next to a backfill of creations a batch of updates would never be full.
    const urgent = readyFor(pass, action).some(({ operation }) => operation.lane === 'event');
    if (urgent) await start(pass, take(pass, action, size));
  }
  if (!nothingMore || pass.pool.length === 0) return;
  if (await parentsAreBusy(context, entity)) return release(pass, pass.pool.splice(0));
  for (const action of ACTIONS) await start(pass, take(pass, action, size));
}

/** Takes at most a batch of one action out of the pool, the oldest first. */
function take(pass: Pass, action: Ready['action'], size: number): Ready[] {
  const taken = readyFor(pass, action).slice(0, size);
  pass.pool = pass.pool.filter((one) => !taken.includes(one));
  return taken;
}

/** Calls that a pass may have under way; a place is left for events that come while a backfill is at it. */
export function mostCalls({ eventsOnly }: Pass): number {
  return eventsOnly ? PARALLEL_CALLS + 1 : PARALLEL_CALLS;
}

async function start(pass: Pass, members: readonly Ready[]): Promise<void> {
  if (members.length === 0) return;
  const { context, entity, calls } = pass;
  while (calls.running.size >= mostCalls(pass)) await Promise.race(calls.running);
  const definition = context.parts.definitions[entity] as EntityDefinition;
  const running: Promise<void> = post(context, definition, members)
    .catch((error: unknown) => {
      calls.failure ??= { error };
    })
    .finally(() => calls.running.delete(running));
  calls.running.add(running);
}
