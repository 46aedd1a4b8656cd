/** Numbers that look random and are the same again for the same seed. */
export interface Random {
  /** A whole number of at least `from` and less than `to`. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  /** Undefined where there is nothing to pick from. */
  pick<T>(from: readonly T[]): T | undefined;
  /** One of these, as often as its weight says. */
  weighted<T>(from: readonly (readonly [weight: number, one: T])[]): T;
  /** Cents from `from` up to `to`, as a decimal string. */
  amount(from: number, to: number): string;
}

/** Makes the numbers of a seed. */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (from) => from[int(0, from.length)],
    weighted: (from) => {
      let left = next() * from.reduce((sum, [weight]) => sum + weight, 0);
      const found = from.find(([weight]) => {
        left -= weight;
        return left < 0;
      });
      if (!found) throw new Error('there is nothing to choose from');
      return found[1];
    },
    amount: (from, to) => (int(from, to) / 100).toFixed(2),
  };
}
