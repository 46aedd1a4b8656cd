import { randomInt } from 'node:crypto';

/** Numbers that look random and are the same again for the same seed. */
export interface SeededRandom {
  seed: number;
  /** A whole number of at least `from` and less than `to`. */
  between(from: number, to: number): number;
}

/** Starts from the seed in `KILL_SEED`, to play a run again, or from any other. */
export function seededRandom(): SeededRandom {
  const given = Number(process.env['KILL_SEED'] ?? Number.NaN);
  const seed = Number.isInteger(given) ? given : randomInt(1, 1_000_000);
  let state = seed;
  return {
    seed,
    between: (from, to) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return from + Math.floor((state / 2 ** 32) * (to - from));
    },
  };
}
