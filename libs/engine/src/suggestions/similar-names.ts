/** These are in every other name and tell nothing. */
const EMPTY_WORDS = new Set(['bank', 'account', 'expense', 'expenses', 'cost', 'costs', 'general', 'other']);

/** From so many letters on, a word and its beginning are the same: "travel" and "travelling". */
const STEM = 5;

/**
 * The one whose name is most like this one: it shares the most of its words. Null: it shares none with any. Of several
 * that are alike, the first.
 */
export function mostSimilar<T extends { name: string }>(name: string, candidates: readonly T[]): T | null {
  const wanted = wordsOf(name);
  const ranked = candidates
    .map((candidate) => ({ candidate, likeness: likeness(wanted, wordsOf(candidate.name)) }))
    .filter((one) => one.likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness);
  return ranked[0]?.candidate ?? null;
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !EMPTY_WORDS.has(word));
}

function likeness(wanted: readonly string[], held: readonly string[]): number {
  const shared = wanted.filter((word) => held.some((other) => isSame(word, other))).length;
  return shared === 0 ? 0 : shared / (wanted.length + held.length - shared);
}

function isSame(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short === long || (short.length >= STEM && long.startsWith(short));
}
