import type { Lane } from '@sync/domain';

/** Xero's limits of one app and tenant, with a second of slack: a call is counted here when it leaves, there when it arrives. */
export const MINUTE_CALLS = 60;
/** How long a call counts, in milliseconds. */
export const WINDOW_MS = 61_000;
/** Calls that may be open at once; the last is kept for the event lane. */
export const OPEN_CALLS: Readonly<Record<Lane, number>> = { event: 5, backfill: 4 };
/** The part of the day's calls that is kept for the event lane. */
export const DAY_RESERVE = 0.2;
/**
 * The last calls of a minute, which a backfill spends evenly until calls come back: so there is one left for an event
 * at nearly any time. With more of them, small syncs would be slowed down for nothing.
 */
export const PACED_CALLS = 2;
/** How long an event may wait for a call to come back; a backfill leaves it one where that takes longer. */
const EVENT_WAIT_MS = 2_000;
/**
 * With so few calls left a backfill keeps a distance between two. Calls leave the window as they came: four at once
 * would be four at once a minute later, and a minute that just misses them four calls short.
 */
const SPACED_CALLS = 10;
const SPACE_MS = 500;
/** Between two calls while the whole app is near its limit, in milliseconds. */
export const SLOW_MS: Readonly<Record<Lane, number>> = { event: 1_000, backfill: 4_000 };
/** How soon a place is worth another look when it depends on our own calls coming back. */
const SOON_MS = 1_000;

/** A call that still counts. Times are in milliseconds of the clock. */
export interface TrackedCall {
  sentAt: number;
  /** Null: it came back. */
  openUntil: number | null;
  /** Made by this session, which will hear of its end; of others only the deadline is known. */
  ours: boolean;
}

/** Calls that Xero counts and we do not know of. */
export interface Extra {
  calls: number;
  until: number;
}

/** A limit that Xero named: no call before then. */
export interface Hold {
  until: number;
  limit: 'minute' | 'day';
}

/** What the gate knows. */
export interface GateState {
  /** Oldest first. */
  calls: readonly TrackedCall[];
  minuteExtra: Extra | null;
  day: {
    limit: number;
    used: number;
    extra: Extra | null;
    /** When the oldest calls of the day are expected to leave it. */
    resumesAt: number;
  };
  held: Hold | null;
  /** The app as a whole is near its limit until then. */
  slowUntil: number;
}

/** When the next call of a lane may start: at once if `at` is not in the future. */
export interface Turn {
  at: number;
  limit: 'minute' | 'concurrent' | 'day';
}

/** Pure: the earliest start of a call, as far as is known now. */
export function nextTurn(state: GateState, lane: Lane, now: number): Turn {
  if (state.held !== null && state.held.until > now) return { at: state.held.until, limit: state.held.limit };
  if (dayLeft(state, lane, now) <= 0) return { at: Math.max(state.day.resumesAt, now + 1), limit: 'day' };
  const place = placeFreeAt(state, lane, now);
  if (place > now) return { at: place, limit: 'concurrent' };
  return { at: creditAt(state, lane, now), limit: 'minute' };
}

/** Calls of the day that this lane may still make. */
function dayLeft({ day }: GateState, lane: Lane, now: number): number {
  const reserve = lane === 'backfill' ? Math.floor(day.limit * DAY_RESERVE) : 0;
  return day.limit - reserve - day.used - extraCalls(day.extra, now);
}

function placeFreeAt({ calls }: GateState, lane: Lane, now: number): number {
  const open = calls.filter(({ openUntil }) => openUntil !== null && openUntil > now);
  const tooMany = open.length - OPEN_CALLS[lane] + 1;
  if (tooMany <= 0) return now;
  if (open.some(({ ours }) => ours)) return now + SOON_MS;
  const ends = open.map(({ openUntil }) => openUntil ?? now).toSorted((a, b) => a - b);
  return ends[tooMany - 1] ?? now;
}

function creditAt(state: GateState, lane: Lane, now: number): number {
  const leaves = leavingTimes(state, now);
  const credits = MINUTE_CALLS - leaves.length;
  const last = state.calls.at(-1)?.sentAt ?? 0;
  const slow = state.slowUntil > now ? last + SLOW_MS[lane] : now;
  if (credits <= 0) return Math.max(slow, leaves[-credits] ?? now);
  const oldest = leaves[0];
  if (lane === 'event' || credits > SPACED_CALLS || oldest === undefined) return slow;
  const spaced = Math.max(slow, last + SPACE_MS);
  if (credits > PACED_CALLS) return spaced;
  return Math.max(spaced, last + (oldest - EVENT_WAIT_MS - last) / credits);
}

/** When each call that counts now leaves the window, soonest first. */
function leavingTimes({ calls, minuteExtra }: GateState, now: number): number[] {
  const leaves = calls.map(({ sentAt }) => sentAt + WINDOW_MS).filter((at) => at > now);
  const unknown = Array.from({ length: extraCalls(minuteExtra, now) }, () => minuteExtra?.until ?? now);
  return [...leaves, ...unknown].toSorted((a, b) => a - b);
}

/** How many calls of the window have not been used. */
export function minuteLeft(state: GateState, now: number): number {
  return MINUTE_CALLS - leavingTimes(state, now).length;
}

function extraCalls(extra: Extra | null, now: number): number {
  return extra !== null && extra.until > now ? extra.calls : 0;
}
