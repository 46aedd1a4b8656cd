import type { z } from 'zod';
import { eventSchema, type Rejection } from '../schemas/event.js';

/** An event of the agreed form. */
export type CrmEvent = z.output<typeof eventSchema>;

/** An event, or why it is none. */
export type EventReading = { ok: true; event: CrmEvent } | { ok: false; rejection: Omit<Rejection, 'index'> };

const codeOfField: Readonly<Record<string, Rejection['code']>> = {
  entity: 'UNKNOWN_ENTITY',
  action: 'UNKNOWN_ACTION',
  recordId: 'INVALID_RECORD_ID',
  organizationId: 'UNKNOWN_ORGANIZATION',
};

/** The event's own id, for whoever looks for it, if it has one worth repeating. */
function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' ? id.slice(0, 200) : null;
}

/** Reads one event. A bad one says which field is wrong and why; the others of the request are not concerned. */
export function readEvent(value: unknown): EventReading {
  const result = eventSchema.safeParse(value);
  if (result.success) return { ok: true, event: result.data };
  const [issue] = result.error.issues;
  const field = String(issue?.path[0] ?? '');
  return {
    ok: false,
    rejection: {
      id: idOf(value),
      code: codeOfField[field] ?? 'INVALID_EVENT',
      detail: `${field === '' ? 'the event' : field}: ${issue?.message ?? 'is not valid'}`,
    },
  };
}
