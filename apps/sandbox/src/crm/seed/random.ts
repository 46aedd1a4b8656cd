/** A stream of numbers that is the same for the same seed. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Replaces each `#` by a digit (the first of them never 0) and each `@` by a capital letter. */
  fill(pattern: string): string;
}

/** Mulberry32: small, fast, good enough for sample data. Streams of different names are independent of each other. */
export function randomStream(seed: number, name: string): Random {
  const next = mulberry32(mix(seed, name));
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const chosen = list[int(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('Cannot pick from an empty list.');
      return chosen;
    },
    fill: (pattern) => fill(pattern, int),
  };
}

function fill(pattern: string, int: (min: number, max: number) => number): string {
  let first = true;
  return pattern.replaceAll(/[#@]/g, (mark) => {
    if (mark === '@') return String.fromCodePoint(int(65, 90));
    const digit = int(first ? 1 : 0, 9);
    first = false;
    return String(digit);
  });
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a over the name, started from the seed. */
function mix(seed: number, name: string): number {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}
