import { createHash } from 'node:crypto';

/** A value that JSON can carry. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The same text for the same content, whatever the order of the keys. A key without a value is left out: unknown is
 * not null, so a field that a reply leaves out must not look like a field that was emptied.
 */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalText(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value as Record<string, Json | undefined>)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`);
  return `{${fields.join(',')}}`;
}

/** The SHA-256 of the canonical text, in hex. */
export function canonicalHash(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}
