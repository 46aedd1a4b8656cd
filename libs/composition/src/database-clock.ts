import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@sync/domain';

/** How often the distance between our clock and the database's is measured. */
const MEASURE_EVERY_MS = 30_000;

/** Tries of one measurement; the quickest answer tells the most. */
const TRIES = 3;

/** A clock that follows the database's, so that every process of an installation agrees on the time. */
export interface DatabaseClock extends Clock {
  /** Measures now and from then on by timer. */
  follow(databaseTime: () => Promise<Date>): Promise<void>;
  stop(): void;
}

/** Until it follows a database it goes by the machine's clock. */
export function createDatabaseClock(): DatabaseClock {
  let offsetMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const measure = async (databaseTime: () => Promise<Date>) => {
    offsetMs = await measureOffset(databaseTime);
  };
  return {
    now: () => new Date(Date.now() + offsetMs),
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    async follow(databaseTime) {
      await measure(databaseTime);
      // A database that does not answer leaves the last measure in force; what needs it finds out by itself.
      timer = setInterval(() => void measure(databaseTime).catch(() => undefined), MEASURE_EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

/** Half the time of the quickest answer is the most that it can be wrong by. */
async function measureOffset(databaseTime: () => Promise<Date>): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let n = 0; n < TRIES; n += 1) {
    const before = Date.now();
    const there = await databaseTime();
    const after = Date.now();
    if (after - before < best.took) {
      best = { took: after - before, offsetMs: there.getTime() - (before + after) / 2 };
    }
  }
  return best.offsetMs;
}
