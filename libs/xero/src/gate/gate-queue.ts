import type { Lane } from '@sync/domain';
import type { Permit } from './gate-ledger.js';

/** A caller at the gate. */
export interface Waiter {
  lane: Lane;
  grant(permit: Permit): void;
  refuse(reason: unknown): void;
  /** In milliseconds of the clock. */
  giveUpAt: number;
}

/** Callers in order: all events, then the backfill, each first come, first served. */
export class GateQueue {
  readonly #lanes: Record<Lane, Waiter[]> = { event: [], backfill: [] };

  /** Puts a caller at the end of its lane. */
  add(waiter: Waiter): void {
    this.#lanes[waiter.lane].push(waiter);
  }

  /** Who is next; null when nobody waits. */
  first(): Waiter | null {
    return this.#lanes.event[0] ?? this.#lanes.backfill[0] ?? null;
  }

  /** Takes a caller out. */
  remove(waiter: Waiter): void {
    this.#lanes[waiter.lane] = this.#lanes[waiter.lane].filter((other) => other !== waiter);
  }

  /** Takes everybody out. */
  takeAll(): Waiter[] {
    const all = [...this.#lanes.event, ...this.#lanes.backfill];
    this.#lanes.event = [];
    this.#lanes.backfill = [];
    return all;
  }

  /** Takes out whoever would have to wait beyond their time, when nobody passes before `nextAt`. */
  hopeless(now: number, nextAt: number): Waiter[] {
    const out = this.takeAll().map((waiter) => {
      const hopeless = waiter.giveUpAt <= now || waiter.giveUpAt < nextAt;
      if (!hopeless) this.add(waiter);
      return { waiter, hopeless };
    });
    return out.filter(({ hopeless }) => hopeless).map(({ waiter }) => waiter);
  }

  /** When the first of the waiting ones gives up. */
  firstGiveUp(): number {
    return Math.min(...[...this.#lanes.event, ...this.#lanes.backfill].map(({ giveUpAt }) => giveUpAt));
  }

  /** Whether somebody who waits goes before a newcomer of this lane. */
  blocks(lane: Lane): boolean {
    return this.#lanes.event.length > 0 || (lane === 'backfill' && this.#lanes.backfill.length > 0);
  }
}
