import type { Query } from '../database.js';
import type { TableNames } from '../table-names.js';

/** A moment as the CRM writes it: in its own time zone. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** `YYYY-MM-DD HH:MM:SS`. */
  dateTime: string;
}

/** The zone that Perfex is set to, which PHP uses for every date that it stores; empty where it is not set. */
export async function readTimeZone(query: Query, tables: TableNames): Promise<string> {
  const [row] = await query<{ value: string }>(
    `select value from ${tables('options')} where name = 'default_timezone' limit 1`,
  );
  return row?.value.trim() ?? '';
}

/** A moment in a zone; one that does not exist counts as UTC. */
export function inZone(now: Date, timeZone: string): LocalTime {
  const part = partsIn(now, isZone(timeZone) ? timeZone : 'UTC');
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return { date, dateTime: `${date} ${part('hour')}:${part('minute')}:${part('second')}` };
}

function partsIn(now: Date, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  const parts = format.formatToParts(now);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-CA', { timeZone });
    return timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
