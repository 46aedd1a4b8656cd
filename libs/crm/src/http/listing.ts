import { CRM_ENTITIES } from '@sync/domain';
import type { ChangePage, CrmReference, ListChanges } from '@sync/engine';
import { CURSOR_EXPIRED, NOT_THERE, readAnswer } from './answer.js';
import { ask } from './asking.js';
import { unreadable } from './crm-errors.js';
import type { CrmTransport } from './transport.js';
import { changesEnvelope, referenceEnvelope } from './wire/envelopes.js';

const PAGE_SIZE = 1000;
/** Where a listing stands that was never answered: it begins at the beginning once there is one. */
const NOWHERE = '';

/** Asks for the reference data, and once for the changes of each entity. */
export async function check(transport: CrmTransport, signal: AbortSignal): Promise<void> {
  await readReference(transport, signal);
  for (const entity of CRM_ENTITIES) {
    const path = `/v1/${entity}/changes?limit=1` as const;
    const answer = await transport.get({ path, signal });
    if (answer.status !== NOT_THERE) readAnswer(`GET ${path}`, answer, changesEnvelope);
  }
}

/** What mappings are made from. */
export async function readReference(transport: CrmTransport, signal: AbortSignal): Promise<CrmReference> {
  const { baseCurrency, paymentModes, expenseCategories } = await ask(
    transport,
    '/v1/reference',
    referenceEnvelope,
    signal,
  );
  return { baseCurrency, paymentModes, expenseCategories: expenseCategories ?? [] };
}

/**
 * A cursor that the CRM has forgotten begins the listing anew: everything is looked at again, nothing is missed. A CRM
 * that does not have an entity has no changes of it.
 */
export async function listChanges(transport: CrmTransport, request: ListChanges): Promise<ChangePage> {
  const { entity, cursor, signal } = request;
  const path = `/v1/${entity}/changes?limit=${PAGE_SIZE}` as const;
  const from = cursor === null || cursor === NOWHERE ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const answer = await transport.get({ path: path + from, signal });
  if (answer.status === NOT_THERE) return { changes: [], cursor: cursor ?? NOWHERE, last: true };
  if (answer.status === CURSOR_EXPIRED && from !== '')
    return listChanges(transport, { ...request, cursor: null });
  const page = readAnswer(`GET ${path}`, answer, changesEnvelope);
  if (page.more && page.cursor === cursor) {
    throw unreadable(`GET /v1/${entity}/changes says that there is more, but its cursor did not move`);
  }
  const changes = page.changes.map(({ id, deleted }) =>
    deleted === true ? { recordId: id, gone: true as const } : { recordId: id },
  );
  return { changes, cursor: page.cursor, last: !page.more };
}
