import type { Clock } from '@sync/domain';
import type { CallLog, LoggedCall, XeroConnection } from '@sync/engine';
import { GateLedger } from './gate-ledger.js';
import type { GateMemory } from './gate-memory.js';
import { RateGate } from './rate-gate.js';
import { DAY_RESERVE, type Hold, type TrackedCall, WINDOW_MS } from './turn.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A tenant's gate, and the counts behind it. */
export interface OpenGate {
  gate: RateGate;
  ledger: GateLedger;
}

/** Opens a tenant's gate with what the call log knows: calls of a killed holder count until their deadline. */
export async function openGate(
  connection: XeroConnection,
  { callLog, clock, memory }: { callLog: CallLog; clock: Clock; memory: GateMemory },
): Promise<OpenGate> {
  const now = clock.now().getTime();
  const recent = await callLog.recent(connection.id, new Date(now - WINDOW_MS));
  // Whatever 24 hours Xero counts by, no more than a day's calls are made in any of them.
  const dayUsed = await callLog.countSince(connection.id, new Date(now - DAY_MS));
  const heldUntil = await callLog.heldUntil(connection.id);
  const ledger = new GateLedger(
    {
      calls: recent.map(trackedCall),
      dayLimit: connection.dayLimit,
      dayUsed,
      dayResumesAt: await dayResumesAt(connection, { callLog, now, dayUsed }),
      held: heldUntil === null ? null : holdOf(heldUntil.getTime(), now),
    },
    memory,
  );
  return { gate: new RateGate(ledger, clock), ledger };
}

/** The log keeps no limit with it, but only the day's makes anybody wait for more than two minutes. */
function holdOf(until: number, now: number): Hold {
  return { until, limit: until - now > 2 * 60_000 ? 'day' : 'minute' };
}

function trackedCall({ sentAt, deadlineAt, finishedAt }: LoggedCall): TrackedCall {
  const openUntil = finishedAt === null ? deadlineAt.getTime() : null;
  return { sentAt: sentAt.getTime(), openUntil, ours: false };
}

/** When enough of the day's calls are more than a day old, to the hour; in an hour, where the day is far from spent. */
async function dayResumesAt(
  connection: XeroConnection,
  { callLog, now, dayUsed }: { callLog: CallLog; now: number; dayUsed: number },
): Promise<number> {
  const allowed = Math.floor(connection.dayLimit * (1 - DAY_RESERVE));
  if (dayUsed < allowed) return now + HOUR_MS;
  for (let hours = 1; hours < 24; hours += 1) {
    const since = new Date(now - DAY_MS + hours * HOUR_MS);
    if ((await callLog.countSince(connection.id, since)) < allowed) return now + hours * HOUR_MS;
  }
  return now + DAY_MS;
}
