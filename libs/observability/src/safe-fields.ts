/** Shown for what may not be logged, so that whoever reads the line knows that something was there. */
export const leftOut = '[left out]';

/**
 * Log lines are kept, shipped and read by more people than the books are. So a field is logged only if its name
 * promises something harmless: an id, a count, a time, a code of ours. Names, amounts, texts, headers, bodies,
 * tokens and keys have no such name and are left out, also those that nobody thought of yet.
 */
const safeNames = new Set(
  'id v task entity entities lane code codes kind scope queue role action outcome result mode state status limit count counts total done attempt attempts version fence generation page size bytes method route path port pid host service signal url event'.split(
    ' ',
  ),
);
const safeEnding = /(Id|Ids|At|Ms|Seconds|Count|Code|Status|Version|Number)$/;
const maxDepth = 3;
const maxText = 200;

function isSafe(name: string): boolean {
  return safeNames.has(name) || safeEnding.test(name);
}

/** A query may carry names and numbers of records, a login may stand before the host: neither is logged. */
function withoutSecrets(name: string, text: string): string {
  if (name === 'url' && URL.canParse(text)) return new URL(text).origin;
  return name === 'path' || name === 'url' ? text.replace(/[?#].*$/s, '') : text;
}

function safeValue(name: string, value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutSecrets(name, value).slice(0, maxText);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? leftOut : value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= maxDepth) return leftOut;
  if (Array.isArray(value)) return value.slice(0, 50).map((part) => safeValue(name, part, depth + 1));
  return safeObject(value, depth + 1);
}

/** Counts by entity or outcome are keyed by our own words, so a number is safe under any name inside of `counts`. */
function safeObject(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, part]) => {
    const harmless = isSafe(name) || (depth > 0 && (typeof part === 'number' || typeof part === 'object'));
    return [name, harmless ? safeValue(name, part, depth) : leftOut];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The fields of a log line, with everything left out that is not known to be harmless. */
export function safeFields(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...others } = fields;
  return err === undefined ? safeObject(others, 0) : { ...safeObject(others, 0), err };
}
