import { z } from 'zod';

/** A calendar day without time or zone, `YYYY-MM-DD`; a day that does not exist is refused. */
export const isoDate = z.iso.date({ error: 'must be a day written as YYYY-MM-DD' });

/** The day that lies `days` after `date`, both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
