/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** The day of a moment in UTC, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day that lies `days` after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** Whole days from one day to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** A moment of the working hours of a day as ISO text, but never after `now`. */
export function momentOn(day: string, share: number, now: Date): string {
  const moment = Date.parse(`${day}T07:00:00Z`) + Math.floor(share * 10 * 3600) * 1000;
  return new Date(Math.min(moment, now.getTime())).toISOString();
}
