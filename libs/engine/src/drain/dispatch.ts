import type { EntityDefinition } from '../definition.js';
import { ACTIONS, parentsAreBusy, type Pass, release } from './pass.js';
import { post } from './post.js';
import { PARALLEL_CALLS } from './timing.js';
import type { Ready } from './translate.js';

/**
 * Starts calls for what is ready. A batch that is not full goes out only when nothing more is to come: not while
 * parents that were just found to be missing have something to do, since those who wait for them will fill it.
 */
export async function dispatch(pass: Pass, nothingMore: boolean): Promise<void> {
  const { context, entity } = pass;
  const size = context.parts.xero.batchMax(entity);
  for (const action of ACTIONS) {
    while (pass.pool.filter((ready) => ready.action === action).length >= size) {
      await start(pass, take(pass, action, size));
    }
  }
  if (!nothingMore || pass.pool.length === 0) return;
  const urgent = pass.pool.some(({ operation }) => operation.lane === 'event');
  if (!urgent && (await parentsAreBusy(context, entity))) return release(pass, pass.pool.splice(0));
  for (const action of ACTIONS) await start(pass, take(pass, action, size));
}

/** Takes out of the pool, in order, up to so many that are to be created, or updated. */
function take(pass: Pass, action: Ready['action'], most: number): Ready[] {
  const taken = pass.pool.filter((ready) => ready.action === action).slice(0, most);
  pass.pool = pass.pool.filter((ready) => !taken.includes(ready));
  return taken;
}

/** Calls that a pass may have under way; a place is left for events that come while a backfill is at it. */
export function mostCalls({ eventsOnly }: Pass): number {
  return eventsOnly ? PARALLEL_CALLS + 1 : PARALLEL_CALLS;
}

async function start(pass: Pass, ready: readonly Ready[]): Promise<void> {
  if (ready.length === 0) return;
  const { context, entity, calls } = pass;
  if (calls.running.size >= mostCalls(pass)) await Promise.race(calls.running);
  const definition = context.parts.definitions[entity] as EntityDefinition;
  const running: Promise<void> = post(context, definition, ready)
    .catch((error: unknown) => {
      calls.failure ??= { error };
    })
    .finally(() => calls.running.delete(running));
  calls.running.add(running);
}
