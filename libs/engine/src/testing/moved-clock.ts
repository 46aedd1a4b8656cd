import type { Clock } from '@sync/domain';

/** A clock that stands still until it is moved; who sleeps moves it. */
export interface MovedClock extends Clock {
  advance(ms: number): void;
}

/** Makes one that starts at the present. */
export function createMovedClock(): MovedClock {
  let now = Date.now();
  const advance = (ms: number) => {
    now += ms;
  };
  return {
    now: () => new Date(now),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      advance(ms);
    },
    advance,
  };
}
