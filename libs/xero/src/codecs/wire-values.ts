import { plain } from '@sync/domain';
import { z } from 'zod';

const WIRE_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
const WITH_ZONE = /(?:Z|[+-]\d{2}:\d{2})$/;
/** Xero writes a date that is not set as the first day of year 1. */
const YEAR_ONE_MS = -62_135_596_800_000;

/** Reads `/Date(ms+0000)/` or an ISO moment, which Xero writes without a zone and means as UTC. Null: not set. */
export function readMoment(text: string): Date | null {
  const milliseconds = WIRE_DATE.exec(text)?.[1];
  const moment =
    milliseconds === undefined
      ? new Date(WITH_ZONE.test(text) ? text : `${text}Z`)
      : new Date(Number(milliseconds));
  return Number.isNaN(moment.getTime()) || moment.getTime() <= YEAR_ONE_MS ? null : moment;
}

/** The calendar day of a date-only field: Xero writes it as midnight UTC, so its UTC parts are the day. */
export function readDay(text: string): string | null {
  return readMoment(text)?.toISOString().slice(0, 10) ?? null;
}

/** A number, which Xero writes as a JSON number and now and then as text; read into a plain decimal string. */
export const wireNumber = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform((value) => plain(String(value)));

/** Text that may be missing or null. */
export const wireText = z.string().nullish();

/** A moment; absent, unreadable and year 1 are null. */
export const wireMoment = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined ? null : readMoment(text)));

/** A day as `YYYY-MM-DD`; undefined when the reply leaves it out. */
export const wireDay = z
  .string()
  .nullish()
  .transform((text) => (text === undefined ? undefined : text === null ? null : readDay(text)));

/** An object for which Xero may write an empty array when it is not there. */
export function wireObject<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? undefined : value), schema);
}

/** Empty text is null; what the reply leaves out stays unknown. */
export function textOf(value: string | null | undefined): string | null | undefined {
  return value === '' ? null : value;
}

/** The JSON number of a decimal string; at most 15 significant digits, which a double carries exactly. */
export function toWire(value: string): number {
  return Number(value);
}

/** Collapses white space, and cuts to `length` characters without leaving half a character or a trailing space. */
export function fit(text: string, length: number): string {
  const collapsed = text.replaceAll(/\s+/g, ' ').trim();
  return cut(collapsed, length);
}

/** Cuts to `length` UTF-16 units, as Xero counts, and never through a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end).trimEnd();
}
