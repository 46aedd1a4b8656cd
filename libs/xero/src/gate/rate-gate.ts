import { type Clock, type Lane, SyncError } from '@sync/domain';
import type { Room } from '@sync/engine';
import { GateQueue, type Waiter } from './gate-queue.js';
import type { GateLedger, Permit } from './gate-ledger.js';
import type { Turn } from './turn.js';

/** The longest wait that is slept in place, in milliseconds; a longer one is the caller's to arrange. */
export const LONGEST_WAIT_MS = 15_000;

/** Lets calls of one tenant pass when Xero's limits allow; events first. Owned by whoever holds the lease. */
export class RateGate {
  readonly #ledger: GateLedger;
  readonly #clock: Clock;
  readonly #queue = new GateQueue();
  #wake: AbortController | null = null;
  #closed: unknown = null;

  constructor(ledger: GateLedger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Whether a call of this lane could start now, those who wait already counted in. */
  room(lane: Lane): Room {
    const now = this.#now();
    const turn = this.#ledger.turn(lane, now);
    if (turn.at > now) return { open: false, until: new Date(turn.at), limit: turn.limit };
    if (!this.#queue.blocks(lane)) return { open: true };
    return { open: false, until: new Date(now + 1_000), limit: 'minute' };
  }

  /**
   * Resolves when the call may be sent. Throws `rate-limited` with the time of the next turn if that lies more than
   * 15 s ahead.
   */
  enter(lane: Lane): Promise<Permit> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    return new Promise((grant, refuse) => {
      this.#queue.add({ lane, grant, refuse, giveUpAt: this.#now() + LONGEST_WAIT_MS });
      this.#pump();
    });
  }

  /** Looks again who may pass: to be called when a call came back or a limit was learnt. */
  look(): void {
    this.#pump();
  }

  /** Refuses everybody who waits, and whoever comes later. */
  close(reason: unknown): void {
    this.#closed = reason;
    this.#wake?.abort();
    for (const waiter of this.#queue.takeAll()) waiter.refuse(reason);
  }

  #pump(): void {
    this.#wake?.abort();
    this.#wake = null;
    for (let waiter = this.#queue.first(); waiter !== null; waiter = this.#queue.first()) {
      const now = this.#now();
      const turn = this.#ledger.turn(waiter.lane, now);
      if (turn.at <= now) {
        this.#queue.remove(waiter);
        waiter.grant(this.#ledger.start(now));
        continue;
      }
      this.#giveUp(now, turn);
      const next = this.#queue.first();
      if (next === null) return;
      if (next === waiter) {
        this.#wakeAt(Math.min(turn.at, this.#queue.firstGiveUp()), now);
        return;
      }
    }
  }

  /** Nobody can pass before `nextAt`: whoever may not wait that long is told so. */
  #giveUp(now: number, turn: Turn): void {
    for (const waiter of this.#queue.hopeless(now, turn.at)) waiter.refuse(tooLong(waiter, turn));
  }

  #wakeAt(at: number, now: number): void {
    const wake = new AbortController();
    this.#wake = wake;
    this.#clock.sleep(Math.max(1, Math.ceil(at - now)), wake.signal).then(
      () => this.#pump(),
      (error: unknown) => {
        // An aborted sleep was replaced by another look.
        if (!wake.signal.aborted) this.close(error);
      },
    );
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

function tooLong({ lane }: Waiter, { at, limit }: Turn): SyncError {
  const retryAt = new Date(at);
  return new SyncError(
    'rate-limited',
    `No call of the ${lane} lane may start yet: the ${limit} limit is reached`,
    {
      retryAt,
      ...(limit === 'day' && { code: 'XERO_DAY_LIMIT' as const, meta: { until: retryAt.toISOString() } }),
    },
  );
}
