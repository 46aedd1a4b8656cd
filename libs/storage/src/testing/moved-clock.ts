import type { Clock } from '@sync/domain';

/** A clock that stands still until it is moved. */
export interface MovedClock extends Clock {
  advance(ms: number): void;
}

/** Makes one that starts at the present. */
export function createMovedClock(): MovedClock {
  let now = Date.now();
  return {
    now: () => new Date(now),
    sleep: () => Promise.resolve(),
    advance: (ms) => {
      now += ms;
    },
  };
}
