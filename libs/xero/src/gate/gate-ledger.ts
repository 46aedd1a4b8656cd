import type { Lane } from '@sync/domain';
import type { GateMemory } from './gate-memory.js';
import {
  type Hold,
  MINUTE_CALLS,
  minuteLeft,
  nextTurn,
  type TrackedCall,
  type Turn,
  WINDOW_MS,
} from './turn.js';

/** How long a correction of the day's count holds before a call may find out anew, in milliseconds. */
const DAY_CORRECTION_MS = 15 * 60_000;
/** Below this many calls a minute left to the whole app, everybody slows down. */
const APP_CALLS_LOW = 1_000;

/** The right to make one call. */
export interface Permit {
  /** The bytes leave now, no later than the deadline (ms of the clock) will anybody hear of them. */
  sent(now: number, deadlineAt: number): void;
  /** The call came back or failed. */
  done(): void;
  /** Nothing was sent. */
  cancel(): void;
  /** Takes in what Xero says is left; only ever lowers what we reckon with. */
  learn(left: CallsLeft, now: number): void;
}

/** What the headers of an answer say. */
export interface CallsLeft {
  minute: number | null;
  day: number | null;
  app: number | null;
}

/** What a tenant's gate starts from. Times are in milliseconds of the clock. */
export interface GateStart {
  calls: readonly TrackedCall[];
  dayLimit: number;
  dayUsed: number;
  dayResumesAt: number;
  held: Hold | null;
}

/** The calls of one tenant, counted. */
export class GateLedger {
  readonly #memory: GateMemory;
  readonly #day: { limit: number; used: number; resumesAt: number };
  #calls: TrackedCall[];
  #held: Hold | null;

  constructor(start: GateStart, memory: GateMemory) {
    this.#memory = memory;
    this.#calls = [...start.calls].toSorted((a, b) => a.sentAt - b.sentAt);
    this.#day = { limit: start.dayLimit, used: start.dayUsed, resumesAt: start.dayResumesAt };
    this.#held = start.held;
  }

  /** When the next call of a lane may start. */
  turn(lane: Lane, now: number): Turn {
    return nextTurn(this.#state(), lane, now);
  }

  /** Counts a call from now on. */
  start(now: number): Permit {
    this.#forget(now);
    const call: TrackedCall = { sentAt: now, openUntil: Number.POSITIVE_INFINITY, ours: true };
    this.#calls.push(call);
    this.#day.used += 1;
    return this.#permit(call);
  }

  /** No call before `until`: Xero said so. */
  hold(until: number, limit: Hold['limit']): void {
    if (this.#held === null || this.#held.until < until) this.#held = { until, limit };
  }

  #permit(call: TrackedCall): Permit {
    let leftThen = { minute: MINUTE_CALLS, day: this.#day.limit };
    return {
      sent: (now, deadlineAt) => {
        call.sentAt = now;
        call.openUntil = deadlineAt;
        this.#calls.sort((a, b) => a.sentAt - b.sentAt);
        leftThen = { minute: minuteLeft(this.#known(), now), day: this.#day.limit - this.#day.used };
      },
      done: () => {
        call.openUntil = null;
      },
      cancel: () => {
        this.#calls = this.#calls.filter((other) => other !== call);
        this.#day.used -= 1;
      },
      learn: (left, now) => this.#learn(call, leftThen, { left, now }),
    };
  }

  /**
   * Xero counted this call somewhere between our sending and its answering, so it may have counted those that we sent
   * meanwhile; what is missing beyond them was spent by somebody else.
   */
  #learn(
    call: TrackedCall,
    leftThen: { minute: number; day: number },
    { left, now }: { left: CallsLeft; now: number },
  ): void {
    const meanwhile = this.#calls.filter((other) => other !== call && other.sentAt >= call.sentAt).length;
    const missing = (ours: number, theirs: number | null): number =>
      theirs === null ? 0 : Math.max(0, ours - meanwhile - theirs);
    const minute = missing(leftThen.minute, left.minute);
    const day = missing(leftThen.day, left.day);
    this.#memory.minuteExtra = minute === 0 ? null : { calls: minute, until: now + WINDOW_MS };
    this.#memory.dayExtra = day === 0 ? null : { calls: day, until: now + DAY_CORRECTION_MS };
    if (left.app !== null && left.app < APP_CALLS_LOW) this.#memory.app.slowUntil = now + WINDOW_MS;
  }

  #state() {
    const { minuteExtra, dayExtra, app } = this.#memory;
    const day = { ...this.#day, extra: dayExtra };
    return { calls: this.#calls, minuteExtra, day, held: this.#held, slowUntil: app.slowUntil };
  }

  /** The state without what Xero told: to be compared with what it tells next. */
  #known() {
    return { ...this.#state(), minuteExtra: null };
  }

  #forget(now: number): void {
    this.#calls = this.#calls.filter(
      ({ sentAt, openUntil }) => sentAt > now - WINDOW_MS || (openUntil !== null && openUntil > now),
    );
  }
}
