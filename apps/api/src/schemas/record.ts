import { entitySchema, RECORD_STATUSES } from '@sync/domain';
import type { HistoryEntry, RecordView } from '@sync/engine';
import { z } from 'zod';
import { momentOf, momentSchema } from './basics.js';

/** The status of a record. */
export const statusSchema = z.enum(RECORD_STATUSES);

/** Facts of an issue or of what happened. */
export const metaSchema = z.record(z.string(), z.unknown());

/** A record as the API shows it. */
export const recordSchema = z
  .strictObject({
    id: z.string(),
    entity: entitySchema,
    crmId: z.string().nullable(),
    xeroId: z.string().nullable(),
    label: z.string().nullable().meta({ description: 'Name or number, for people' }),
    status: statusSchema,
    reason: z.string().nullable().meta({ description: 'Why it is excluded or what it waits for' }),
    updatedAt: momentSchema,
  })
  .meta({ id: 'Record' });

/** A record in its JSON form. */
export function recordOf(view: RecordView): z.input<typeof recordSchema> {
  const { id, entity, crmId, xeroId, label, status, reason, updatedAt } = view;
  return { id, entity, crmId, xeroId, label, status, reason, updatedAt: momentOf(updatedAt) };
}

/** One thing that happened to a record. */
export const historyEntrySchema = z
  .strictObject({
    id: z.string(),
    at: momentSchema,
    what: z.string(),
    detail: metaSchema,
    runId: z.string().nullable(),
  })
  .meta({ id: 'HistoryEntry' });

/** An entry of a history in its JSON form. */
export function historyEntryOf(entry: HistoryEntry): z.input<typeof historyEntrySchema> {
  const { id, at, what, detail, runId } = entry;
  return { id, at: momentOf(at), what, detail: { ...detail }, runId };
}
