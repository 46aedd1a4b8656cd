/**
 * Jobs carry ids and counts only, which their schemas see to. Should one ever carry more, it is still not shown: text
 * passes if it is an id, a word of ours or a time; the rest of a value is numbers.
 */
const harmlessText = /^[A-Za-z0-9_.:-]{0,64}$/;

/** A value as Bull Board may show it. */
export function shown(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return harmlessText.test(value) ? value : '…';
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 6) return '…';
  if (Array.isArray(value)) return value.slice(0, 100).map((part) => shown(part, depth + 1));
  const entries = Object.entries(value).map(([name, part]) => [name, shown(part, depth + 1)] as const);
  return Object.fromEntries(entries);
}
