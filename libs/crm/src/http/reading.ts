import type { CrmEntity } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import { NOT_THERE, readAnswer } from './answer.js';
import { isAskable, type RecordsAnswer, readingsOf, taxSetReading } from './readings.js';
import type { CrmTransport } from './transport.js';
import { recordsEnvelope } from './wire/envelopes.js';

/** Servers commonly refuse addresses above 8 KB. */
const MAX_IDS_LENGTH = 6000;

/** What is to be read. */
export interface ReadRequest<E extends CrmEntity = CrmEntity> {
  entity: E;
  ids: readonly string[];
  signal: AbortSignal;
}

/** One reading for each id; an id that cannot be asked for is missing, and a set of taxes is read from its key. */
export async function read<E extends CrmEntity>(
  transport: CrmTransport,
  request: ReadRequest<E>,
): Promise<CrmReading<E>[]> {
  const { entity, ids } = request;
  const readings = ids.flatMap((id) => readUnasked(entity, id) ?? []);
  const settled = new Set(readings.map(({ id }) => id));
  const asked = ids.filter((id) => !settled.has(id));
  for (const { chunk, answer } of await askForRecords(transport, { ...request, ids: asked })) {
    readings.push(...(answer === null ? lacking(entity, chunk) : readingsOf(entity, chunk, answer)));
  }
  return readings;
}

/** Answers about ids as they came; null: the CRM does not have this entity. */
export async function askForRecords(
  transport: CrmTransport,
  { entity, ids, signal }: ReadRequest,
): Promise<{ chunk: string[]; answer: RecordsAnswer | null }[]> {
  const answers: { chunk: string[]; answer: RecordsAnswer | null }[] = [];
  for (const chunk of chunks(ids)) {
    const path = `/v1/${entity}?ids=${chunk.map(encodeURIComponent).join(',')}` as const;
    const answer = await transport.get({ path, signal });
    const there = answer.status !== NOT_THERE;
    answers.push({ chunk, answer: there ? readAnswer(`GET ${path}`, answer, recordsEnvelope) : null });
  }
  return answers;
}

/** Not `missing`: nothing was deleted. */
function lacking<E extends CrmEntity>(entity: E, ids: readonly string[]): CrmReading<E>[] {
  const reason = `the CRM has no ${entity}: GET /v1/${entity} answered ${NOT_THERE}`;
  return ids.map((id) => ({ id, state: 'invalid', reason }));
}

/** A reading that needs no question: a set of taxes, or an id that no record can have. */
function readUnasked<E extends CrmEntity>(entity: E, id: string): CrmReading<E> | null {
  const set = entity === 'taxes' ? taxSetReading(id) : null;
  // Only taxes have readings of their own, so that E is 'taxes' here.
  if (set !== null) return set as CrmReading<E>;
  return isAskable(id) ? null : { id, state: 'missing' };
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
