import { ENTITIES, type Entity } from '@sync/domain';
import type { ChangePage, CrmPort, CrmReading, CrmReference, ListChanges } from '@sync/engine';
import type { z } from 'zod';
import { CURSOR_EXPIRED, readAnswer } from './answer.js';
import { unreadable } from './crm-errors.js';
import { isAskable, readingsOf, taxSetReading } from './readings.js';
import { type CrmTransport, type HttpCrmOptions, openTransport } from './transport.js';
import { changesEnvelope, recordsEnvelope, referenceEnvelope } from './wire/envelopes.js';

const PAGE_SIZE = 1000;
/** Servers commonly refuse addresses above 8 KB. */
const MAX_IDS_LENGTH = 6000;

/** A CRM that speaks our HTTP contract; throws a SyncError for an address or key that cannot be used. */
export function createHttpCrm(options: HttpCrmOptions): CrmPort {
  const transport = openTransport(options);
  return {
    entities: ENTITIES,
    deletions: 'reported',
    check: (signal) => check(transport, signal),
    listChanges: (request) => listChanges(transport, request),
    read: (entity, ids, signal) => read(transport, { entity, ids, signal }),
    reference: (signal) => reference(transport, signal),
    close: () => transport.close(),
  };
}

async function check(transport: CrmTransport, signal: AbortSignal): Promise<void> {
  await reference(transport, signal);
  for (const entity of ENTITIES)
    await ask(transport, `/v1/${entity}/changes?limit=1`, changesEnvelope, signal);
}

async function reference(transport: CrmTransport, signal: AbortSignal): Promise<CrmReference> {
  const { baseCurrency, paymentModes } = await ask(transport, '/v1/reference', referenceEnvelope, signal);
  return { baseCurrency, paymentModes };
}

/** A cursor that the CRM has forgotten begins the listing anew: everything is looked at again, nothing is missed. */
async function listChanges(transport: CrmTransport, request: ListChanges): Promise<ChangePage> {
  const { entity, cursor, signal } = request;
  const path = `/v1/${entity}/changes?limit=${PAGE_SIZE}`;
  const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const answer = await transport.get({ path: path + from, signal });
  if (answer.status === CURSOR_EXPIRED && cursor !== null)
    return listChanges(transport, { ...request, cursor: null });
  const page = readAnswer(path, answer, changesEnvelope);
  if (page.more && page.cursor === cursor) {
    throw unreadable(`GET /v1/${entity}/changes says that there is more, but its cursor did not move`);
  }
  const changes = page.changes.map(({ id, deleted }) =>
    deleted === true ? { recordId: id, gone: true as const } : { recordId: id },
  );
  return { changes, cursor: page.cursor, last: !page.more };
}

interface ReadRequest<E extends Entity> {
  entity: E;
  ids: readonly string[];
  signal: AbortSignal;
}

async function read<E extends Entity>(
  transport: CrmTransport,
  request: ReadRequest<E>,
): Promise<CrmReading<E>[]> {
  const { entity, ids, signal } = request;
  const readings = ids.flatMap((id) => readUnasked(entity, id) ?? []);
  const settled = new Set(readings.map(({ id }) => id));
  for (const chunk of chunks(ids.filter((id) => !settled.has(id)))) {
    const path = `/v1/${entity}?ids=${chunk.map(encodeURIComponent).join(',')}`;
    readings.push(...readingsOf(entity, chunk, await ask(transport, path, recordsEnvelope, signal)));
  }
  return readings;
}

/** A reading that needs no question: a set of taxes, or an id that no record can have. */
function readUnasked<E extends Entity>(entity: E, id: string): CrmReading<E> | null {
  const set = entity === 'taxes' ? taxSetReading(id) : null;
  // Only taxes have readings of their own, so that E is 'taxes' here.
  if (set !== null) return set as CrmReading<E>;
  return isAskable(id) ? null : { id, state: 'missing' };
}

async function ask<T>(
  transport: CrmTransport,
  path: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  return readAnswer(path, await transport.get({ path, signal }), schema);
}

function chunks(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const id of ids) {
    const length = encodeURIComponent(id).length + 1;
    if (length > room) {
      all.push([]);
      room = MAX_IDS_LENGTH;
    }
    all.at(-1)?.push(id);
    room -= length;
  }
  return all;
}
