import { HTML_ENTITIES } from './html-entities.js';

const BREAK = /<br\b[^<>]*>|<\/(?:p|div|li|tr|h[1-6])\s*>/gi;
/** Neither part looks past its next beginning: a text of nothing but beginnings must not take quadratic time. */
const UNSEEN = /<(script|style)\b[^<>]*>(?:(?!<\1\b)[\s\S])*?<\/\1\s*>|<!--(?:(?!<!--)[\s\S])*?-->/gi;
/** Only what can be a tag: `a < b` and `<ann@example.com>` are text that people write. */
const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,7}));/gi;
/** Postgres stores neither NUL nor half a surrogate pair, and no document shows control characters. */
const UNPRINTABLE = /(?![\n\t])\p{Cc}|\p{Surrogate}/gu;

/**
 * What a reader would see of a text that may hold HTML: `<br />` and the ends of paragraphs are line breaks, other tags
 * go, entities are decoded once, lines and the whole are trimmed. Text without HTML comes back as it is, trimmed.
 * Perfex stores streets, long descriptions and notes in this form (nl2br).
 */
export function plainText(html: string): string {
  return decodeEntities(withoutTags(html))
    .replace(UNPRINTABLE, '')
    .split('\n')
    .map((line) => line.replace(/[\t\u00a0 ]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .normalize('NFC');
}

/** The same, with null for a text that is absent or empty. */
export function plainTextOrNull(html: string | null | undefined): string | null {
  const text = plainText(html ?? '');
  return text === '' ? null : text;
}

/** The same on one line, for names, numbers, cities: null for a text that is absent or empty. */
export function plainLine(html: string | null | undefined): string | null {
  return plainTextOrNull(html)?.replace(/\s*\n\s*/g, ' ') ?? null;
}

/** nl2br leaves the newline behind the tag, so that the pair counts as one. */
function withoutTags(html: string): string {
  return html
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .replace(/(<br\b[^<>]*>)\n/gi, '$1')
    .replace(BREAK, '\n')
    .replace(TAG, '');
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10)) ?? entity;
    if (hex !== undefined) return character(Number.parseInt(hex, 16)) ?? entity;
    return HTML_ENTITIES.get(name ?? '') ?? entity;
  });
}

function character(code: number): string | null {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
