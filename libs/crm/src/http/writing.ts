import type { CrmEntity } from '@sync/domain';
import type { CrmReading, CrmWrite, CrmWriteResult } from '@sync/engine';
import type { z } from 'zod';
import { givenRecords, type WireWrite, wireWrite } from './order.js';
import { recordsById } from './readings.js';
import { readSent, reasonOf, refused } from './sending.js';
import type { CrmTransport } from './transport.js';
import { writeEnvelope, type writeResult } from './wire/envelopes.js';
import { writtenDecoders } from './wire/index.js';

interface WriteRequest<E extends CrmEntity> {
  entity: E;
  writes: readonly CrmWrite<E>[];
  signal: AbortSignal;
}

/** Writes records; the CRM's own `key` makes sure that each is written once, however often it is sent. */
export async function write<E extends CrmEntity>(
  transport: CrmTransport,
  request: WriteRequest<E>,
): Promise<CrmWriteResult<E>[]> {
  const { entity, writes, signal } = request;
  const odd = writes.flatMap((one) => {
    const reason = unwritable(entity, one);
    return reason === null ? [] : [refused(one.key, reason)];
  });
  const left = writes.filter(({ key }) => !odd.some((one) => one.key === key));
  if (left.length === 0) return odd;
  const ids = left.flatMap(({ crmId }) => crmId ?? []);
  const given = await givenRecords(transport, { entity, ids, signal });
  const orders = left.map((one) => wireWrite(entity, one, given.get(one.crmId ?? '')));
  return [...odd, ...(await post(transport, { entity, orders, signal }))];
}

/** A set of taxes stands on lines; only a single tax is a record, and lines carry copies of it, so that it never changes. */
function unwritable<E extends CrmEntity>(entity: E, { crmId, record }: CrmWrite<E>): string | null {
  if (entity !== 'taxes') return null;
  if (crmId !== null) return 'a tax is not changed, since documents carry copies of it; make a new one';
  return 'components' in record && record.components.length === 1
    ? null
    : 'several taxes together are no record of their own; make each of them';
}

interface PostRequest<E extends CrmEntity> {
  entity: E;
  orders: readonly WireWrite[];
  signal: AbortSignal;
}

/** What is found at fault as a whole is sent one by one, so that a bad record spoils no other. */
async function post<E extends CrmEntity>(
  transport: CrmTransport,
  { entity, orders, signal }: PostRequest<E>,
): Promise<CrmWriteResult<E>[]> {
  const path = `/v1/${entity}` as const;
  const answer = await transport.send({ method: 'POST', path, body: { writes: orders }, signal });
  const sent = readSent(`POST ${path}`, answer, writeEnvelope);
  if (sent.state === 'answered') return orders.map((order) => resultOf(entity, order, sent.value.results));
  if (sent.state === 'not-taken' || orders.length === 1)
    return orders.map(({ key }) => refused(key, sent.reason));
  const results: CrmWriteResult<E>[] = [];
  for (const order of orders) results.push(...(await post(transport, { entity, orders: [order], signal })));
  return results;
}

function resultOf<E extends CrmEntity>(
  entity: E,
  { key }: WireWrite,
  results: readonly z.infer<typeof writeResult>[],
): CrmWriteResult<E> {
  const result = results.find((one) => one.key === key);
  if (result === undefined) return refused(key, 'its answer does not name this record');
  if (result.state === 'changed') return { key, state: 'changed' };
  if (result.state === 'refused') return refused(key, reasonOf(result));
  const reading = writtenReading(entity, result.record);
  if (reading.state === 'found') return { key, state: 'written', reading };
  const reason = reading.state === 'invalid' ? reading.reason : 'it is not there';
  return refused(key, `it was written, but what was answered cannot be read: ${reason}`);
}

function writtenReading<E extends CrmEntity>(entity: E, record: unknown): CrmReading<E> {
  const [id = ''] = recordsById([record]).keys();
  return writtenDecoders[entity](id, record);
}
