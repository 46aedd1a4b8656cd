import { z } from 'zod';

/** An id of ours. Anything else cannot exist; as a path it answers 404 by way of not being found. */
export const idSchema = z.uuid('is not an id of this service');

/** A moment, ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime({ offset: true });

/** Text without control characters, which Postgres or a log line would choke on. */
export function textSchema(most: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');
}

/** How a list is paged: `limit` records from `cursor` on. */
export const pageQuery = {
  cursor: textSchema(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` for the next page; null on the last one' }),
  });
}

/** A cursor as the store takes it. */
export function cursorOf(query: { cursor?: string | undefined }): string | null {
  return query.cursor ?? null;
}

/** A moment as JSON, or null. */
export function momentOf(date: Date): string;
export function momentOf(date: Date | null): string | null;
export function momentOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
