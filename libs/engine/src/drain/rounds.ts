import type { Entity } from '@sync/domain';
import type { DrainContext } from './context.js';
import { resolveInDoubt } from './in-doubt.js';
import type { CallsUnderWay } from './pass.js';
import { takeEventsAlong, workThrough } from './work-through.js';

/** What the rounds of a drain need. */
export interface Rounds {
  entity: Entity;
  /** Settings and mappings as they are now: a drain may go on for long. */
  open(): Promise<DrainContext>;
  /** Whether somebody needs this drain to end. */
  isWaitedFor(context: DrainContext): Promise<boolean>;
}

/**
 * Works on an entity round by round, for as long as nobody waits: a drain that ends lets its last calls come back
 * before the next one starts, and in that time Xero's limit goes unused. Returns how many operations were claimed.
 */
export async function workInRounds({ entity, open, isWaitedFor }: Rounds): Promise<number> {
  const calls: CallsUnderWay = { running: new Set(), failure: null };
  let claimed = 0;
  try {
    for (let undisturbed = false; ; ) {
      const context = await open();
      await resolveInDoubt(context);
      const pass = await workThrough(context, entity, { calls, undisturbed });
      claimed += pass.claimed;
      if (pass.end === 'nothing-left' || calls.failure || context.signal.aborted) break;
      const taken = pass.end === 'wanted' ? await takeEventsAlong(context, entity, calls) : 0;
      claimed += taken;
      // Events that cannot be claimed must not keep the entity from its own work.
      undisturbed = pass.end === 'wanted' && taken === 0;
      if (pass.end === 'over' && (await isWaitedFor(context))) break;
    }
  } finally {
    await Promise.all(calls.running);
  }
  if (calls.failure) throw calls.failure.error;
  return claimed;
}
