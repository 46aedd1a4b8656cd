import { type Lane, SyncError } from '@sync/domain';
import type { DueWork } from '../ports/stores.js';
import type { Room } from '../ports/xero.js';
import { mostCalls } from './dispatch.js';
import { dueHere, hasCallsLeft, type Pass } from './pass.js';
import { DRAIN_MS } from './timing.js';

/** How long a drain sleeps for room at the rate gate; a longer wait gives the lease back. */
const LONGEST_WAIT_MS = 15_000;

/** While it waits, how often it looks for an event that need not wait. */
const LOOK_AROUND_MS = 500;

/** `open`: a call may be made. `wanted`: another entity has events. `over`: the pass has had its share, or failed. */
export type Waited = 'open' | 'wanted' | 'over';

/** Waits until a call may be made; throws `rate-limited` when that would take long. */
export async function waitForRoom(pass: Pass): Promise<Waited> {
  const { context, calls } = pass;
  for (;;) {
    if (isOver(pass)) return 'over';
    const due = await dueHere(context);
    if (isWantedElsewhere(pass, due)) return 'wanted';
    if (calls.running.size >= mostCalls(pass)) {
      await Promise.race([...calls.running, context.parts.clock.sleep(LOOK_AROUND_MS)]);
      continue;
    }
    const room = roomFor(pass, due);
    if (room.open) return 'open';
    const wait = room.until.getTime() - context.parts.clock.now().getTime();
    if (wait > LONGEST_WAIT_MS) throw noRoom(room);
    await context.parts.clock.sleep(Math.min(Math.max(wait, 10), LOOK_AROUND_MS), context.signal);
  }
}

function isOver(pass: Pass): boolean {
  const { context, calls, startedAt } = pass;
  const elapsed = context.parts.clock.now().getTime() - startedAt;
  return calls.failure !== null || context.signal.aborted || !hasCallsLeft(pass) || elapsed >= DRAIN_MS;
}

/** An event of another entity goes before a backfill here. */
function isWantedElsewhere({ entity, eventsOnly, undisturbed }: Pass, due: readonly DueWork[]): boolean {
  if (eventsOnly || undisturbed) return false;
  return due.some(({ entity: other, bestLane }) => other !== entity && bestLane === 'event');
}

/** Room of the lane that would be claimed: a backfill waits for its turn, an event that comes meanwhile does not. */
function roomFor({ context, entity, eventsOnly }: Pass, due: readonly DueWork[]): Room {
  const isEvent = due.some((work) => work.entity === entity && work.bestLane === 'event');
  const lane: Lane = eventsOnly || isEvent ? 'event' : 'backfill';
  return context.session.room(lane);
}

function noRoom({ limit, until }: Extract<Room, { open: false }>): SyncError {
  return new SyncError('rate-limited', `no room for a call within the ${limit} limit`, { retryAt: until });
}
