/** An instant as Xero writes it: `/Date(1439434356790+0000)/`, from ms. */
export const wireInstant = (ms: number): string => `/Date(${ms}+0000)/`;

/** The time of an answer; Xero leaves the zone out here. */
export const wireNow = (ms: number): string => `/Date(${ms})/`;

/** A calendar day (`YYYY-MM-DD`) as Xero writes it: its midnight in UTC. */
export const wireDay = (day: string): string => wireInstant(Date.parse(`${day}T00:00:00Z`));

/** The readable twin of a day: `2026-11-20T00:00:00`. */
export const dayString = (day: string): string => `${day}T00:00:00`;

/** The readable twin of an instant, to the second. */
export const instantString = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The calendar day of an instant in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Reads a day as clients send it: `YYYY-MM-DD`, with or without a time, or `/Date(ms)/`. Null when it is none. */
export function readDay(text: string): string | null {
  const wire = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text);
  if (wire) return dayOf(Number(wire[1]));
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  return dayOf(Date.parse(`${day}T00:00:00Z`)) === day ? day : null;
}

/** Reads an instant as clients send it in `If-Modified-Since`: ISO with or without ms and zone (UTC), or an HTTP date. */
export function readInstant(text: string): number | null {
  const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text) ? `${text}Z` : text;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}

/** Leaves out the keys whose value is null or undefined, as Xero does. */
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}
