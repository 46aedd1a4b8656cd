import { createHmac, randomBytes } from 'node:crypto';
import type { WebhookEvent } from './events.js';

/** An event with its number in the order of the app's events. */
export interface NumberedEvent extends WebhookEvent {
  readonly sequence: number;
}

const resources = { CONTACT: 'Contacts', INVOICE: 'Invoices', CREDITNOTE: 'CreditNotes' } as const;

/** The bytes of a delivery; without events it asks for the intent to receive. */
export function payloadOf(events: readonly NumberedEvent[]): string {
  const numbers = events.map(({ sequence }) => sequence);
  return JSON.stringify({
    events: events.map(wireEvent),
    firstEventSequence: numbers.length === 0 ? 0 : Math.min(...numbers),
    lastEventSequence: numbers.length === 0 ? 0 : Math.max(...numbers),
    entropy: randomBytes(15).toString('hex').toUpperCase().slice(0, 20),
  });
}

const wireEvent = ({ tenantId, category, type, resourceId, at, data }: NumberedEvent) => ({
  resourceUrl: `https://api.xero.com/api.xro/2.0/${resources[category]}/${resourceId}`,
  resourceId,
  tenantId,
  tenantType: 'ORGANISATION',
  eventCategory: category,
  eventType: type,
  // UTC, without saying so.
  eventDateUtc: new Date(at).toISOString().slice(0, -1),
  ...(data && { data }),
});

/** The signature over the raw bytes of a body. */
export const signatureOf = (body: string, key: string): string =>
  createHmac('sha256', key).update(body).digest('base64');
