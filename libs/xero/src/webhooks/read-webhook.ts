import type { XeroWebhookEvent } from '@sync/engine';
import { z } from 'zod';
import { wireMoment } from '../codecs/wire-values.js';

const envelope = z.object({ events: z.array(z.unknown()) });

const event = z.object({
  tenantId: z.string().min(1),
  resourceId: z.string().min(1),
  eventCategory: z.string().min(1),
  eventDateUtc: wireMoment,
  data: z.object({ Type: z.string().nullish() }).nullish(),
});

/** What a webhook told. */
export interface XeroWebhook {
  /** None: Xero only tries whether somebody listens. */
  events: XeroWebhookEvent[];
  /** Events in a form that is not known, to be logged. */
  unreadable: number;
}

/** Reads a webhook whose signature was found right; null: it has no form that is known. */
export function readWebhook(body: Uint8Array): XeroWebhook | null {
  const parsed = envelope.safeParse(jsonOf(body));
  if (!parsed.success) return null;
  const read = parsed.data.events.map((one) => event.safeParse(one));
  const known = read.flatMap(({ data }) => (data ? [data] : []));
  return {
    events: known.filter(({ data }) => data?.Type !== 'ACCPAYCREDIT').map(eventOf),
    unreadable: read.length - known.length,
  };
}

function eventOf({
  tenantId,
  resourceId,
  eventCategory,
  eventDateUtc,
}: z.infer<typeof event>): XeroWebhookEvent {
  return { tenantId, category: eventCategory.toUpperCase(), resourceId, at: eventDateUtc };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
