import { createHash, randomUUID } from 'node:crypto';

/** What Xero puts in place of an id when it refused to create the record. */
export const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/** A fresh id. */
export const newId = (): string => randomUUID();

/** The same id for the same words on every start, so that a reset does not break what was set up against the sandbox. */
export function fixedId(...words: string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Whether a text has the form of an id. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
