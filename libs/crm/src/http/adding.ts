import type { CrmPort, ReferenceAddition, ReferenceAdded, ReferenceKind } from '@sync/engine';
import { readSent, refused } from './sending.js';
import type { CrmTransport } from './transport.js';
import { addedEnvelope } from './wire/envelopes.js';

/** The list of each kind, as the contract names it. */
export const REFERENCE_PATHS = {
  'expense-category': '/v1/reference/expense-categories',
  'payment-mode': '/v1/reference/payment-modes',
} as const satisfies Record<ReferenceKind, string>;

/** What may be asked for; a CRM that does not take it says so. */
export const REFERENCE_WRITABLE: CrmPort['referenceWritable'] = ['expense-category', 'payment-mode'];

/** Adds an entry to a list; the CRM's own `key` makes sure that it is added once, however often it is sent. */
export async function addReference(
  transport: CrmTransport,
  { kind, key, name }: ReferenceAddition,
  signal: AbortSignal,
): Promise<ReferenceAdded> {
  const path = REFERENCE_PATHS[kind];
  const answer = await transport.send({ method: 'POST', path, body: { key, name }, signal });
  const sent = readSent(`POST ${path}`, answer, addedEnvelope);
  if (sent.state === 'answered') return { state: 'added', id: sent.value.id };
  const { code, meta } = refused(key, sent.reason);
  return { state: sent.state === 'not-taken' ? 'not-taken' : 'refused', code, meta };
}
