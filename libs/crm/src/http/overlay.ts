import { canonicalText, type Json } from '@sync/domain';

/** A discount is one thing: a percent of before beside an amount of now would contradict it. */
const WHOLE: ReadonlySet<string> = new Set(['discount']);

/**
 * What the CRM gave, with the changes that lead from `now` to `target`. Whatever both agree in stays to the letter as
 * the CRM wrote it: its HTML, its way of writing numbers, and fields that we know nothing of.
 */
export function overlay(given: Json | undefined, now: Json | undefined, target: Json): Json | undefined {
  if (isSame(now, target)) return given;
  if (isList(given) && isList(now) && isList(target)) return overlayList(given, now, target);
  if (isFields(given) && isFields(now) && isFields(target)) return overlayFields(given, now, target);
  return target;
}

interface Fields {
  readonly [field: string]: Json | undefined;
}

/** What stands at the same place is the same; lists of different lengths cannot be matched. */
function overlayList(given: readonly Json[], now: readonly Json[], target: readonly Json[]): Json {
  if (given.length !== target.length || now.length !== target.length) return target;
  return target.map((item, at) => overlay(given[at], now[at], item) ?? item);
}

function overlayFields(given: Fields, now: Fields, target: Fields): Json {
  const fields = Object.entries(target).map(([field, value]): [string, Json | undefined] => {
    if (value === undefined) return [field, given[field]];
    if (WHOLE.has(field)) return [field, isSame(now[field], value) ? given[field] : value];
    return [field, overlay(given[field], now[field], value)];
  });
  return { ...given, ...Object.fromEntries(fields) };
}

function isSame(a: Json | undefined, b: Json): boolean {
  return a !== undefined && canonicalText(a) === canonicalText(b);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
