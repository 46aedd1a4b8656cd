import type { CrmEntity } from '@sync/domain';
import type { CrmRemoval, CrmRemoveResult } from '@sync/engine';
import { givenRecords, inWordsOf } from './order.js';
import { readSent, reasonOf, refused } from './sending.js';
import type { CrmTransport } from './transport.js';
import { removeEnvelope } from './wire/envelopes.js';

/** What has no status by which it could be cancelled. */
export const REMOVABLE: readonly CrmEntity[] = ['credit-applications', 'payments', 'refunds', 'expenses'];

interface RemoveRequest<E extends CrmEntity> {
  entity: E;
  removals: readonly CrmRemoval<E>[];
  signal: AbortSignal;
}

/** Takes records out, one by one; what is not there any more counts as taken out. */
export async function remove<E extends CrmEntity>(
  transport: CrmTransport,
  { entity, removals, signal }: RemoveRequest<E>,
): Promise<CrmRemoveResult[]> {
  if (!REMOVABLE.includes(entity))
    return removals.map(({ key }) => refused(key, `${entity} are cancelled, not taken out`));
  const ids = removals.map(({ crmId }) => crmId);
  const given = await givenRecords(transport, { entity, ids, signal });
  const results: CrmRemoveResult[] = [];
  for (const removal of removals) {
    const record = given.get(removal.crmId);
    if (record === undefined) results.push({ key: removal.key, state: 'removed' });
    else results.push(await removeOne(transport, { entity, removal, given: record, signal }));
  }
  return results;
}

interface OneRemoval<E extends CrmEntity> {
  entity: E;
  removal: CrmRemoval<E>;
  given: unknown;
  signal: AbortSignal;
}

async function removeOne<E extends CrmEntity>(
  transport: CrmTransport,
  { entity, removal, given, signal }: OneRemoval<E>,
): Promise<CrmRemoveResult> {
  const { key, crmId, was } = removal;
  const path = `/v1/${entity}/${encodeURIComponent(crmId)}?key=${encodeURIComponent(key)}` as const;
  const body = { was: inWordsOf(entity, crmId, { given, record: was }) };
  const answer = await transport.send({ method: 'DELETE', path, body, signal });
  const sent = readSent(`DELETE ${path}`, answer, removeEnvelope);
  if (sent.state !== 'answered') return refused(key, sent.reason);
  if (sent.value.state === 'refused') return refused(key, reasonOf(sent.value));
  return { key, state: sent.value.state };
}
