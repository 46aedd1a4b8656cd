import { ENTITIES, type Entity } from '@sync/domain';
import type { DrainContext } from './context.js';
import { dispatch } from './dispatch.js';
import { type CallsUnderWay, dueHere, fill, type Pass, release } from './pass.js';
import { waitForRoom } from './room.js';

/** How a pass ended, and how many operations it claimed. */
export interface PassReport {
  /** `wanted`: another entity has events. `over`: it has had its share of calls or time, or a call failed. */
  end: 'nothing-left' | 'wanted' | 'over';
  claimed: number;
}

/**
 * Claims, decides and posts until nothing is due, or it is time to look around. Batches are filled before they are
 * sent, up to four are under way at once, and room at the gate is asked for before anything is claimed. Calls may be
 * under way when it returns.
 */
export function workThrough(
  context: DrainContext,
  entity: Entity,
  { calls, undisturbed }: { calls: CallsUnderWay; undisturbed: boolean },
): Promise<PassReport> {
  return runPass(newPass(context, entity, { calls, undisturbed, eventsOnly: false }));
}

/**
 * Takes along the events of the organization's other entities, next to the calls that are under way: if the backfill
 * ended for them, its last calls would hold up the event, and the event the backfill. Parents first. Returns how many
 * were claimed.
 */
export async function takeEventsAlong(
  context: DrainContext,
  entity: Entity,
  calls: CallsUnderWay,
): Promise<number> {
  let claimed = 0;
  const due = await dueHere(context);
  for (const other of ENTITIES) {
    if (other === entity || !due.some((work) => work.entity === other && work.bestLane === 'event')) continue;
    const pass = newPass(context, other, { calls, undisturbed: true, eventsOnly: true });
    const taken = (await runPass(pass)).claimed;
    if (taken > 0) context.note(`took along ${taken} ${other} that had events`);
    claimed += taken;
  }
  return claimed;
}

function newPass(
  context: DrainContext,
  entity: Entity,
  kind: Pick<Pass, 'calls' | 'undisturbed' | 'eventsOnly'>,
): Pass {
  const startedAt = context.parts.clock.now().getTime();
  const callsBefore = context.tally.writingCalls;
  return { context, entity, ...kind, pool: [], claims: 0, claimed: 0, startedAt, callsBefore };
}

async function runPass(pass: Pass): Promise<PassReport> {
  try {
    for (;;) {
      const waited = await waitForRoom(pass);
      if (waited !== 'open') return { end: waited, claimed: pass.claimed };
      const claimed = await fill(pass);
      if (pass.pool.length > 0) await dispatch(pass, claimed === 0);
      else if (claimed === 0) return { end: 'nothing-left', claimed: pass.claimed };
    }
  } finally {
    await release(pass, pass.pool);
  }
}
