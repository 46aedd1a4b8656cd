import type { CanonicalRecord, CrmEntity, Json } from '@sync/domain';
import type { CrmWrite } from '@sync/engine';
import { encoders } from './encode/index.js';
import { overlay } from './overlay.js';
import { askForRecords, type ReadRequest } from './reading.js';
import { isAskable, recordsById } from './readings.js';
import type { CrmTransport } from './transport.js';
import { writtenDecoders } from './wire/index.js';

/** A write as it goes over the wire. */
export interface WireWrite {
  key: string;
  id: string | null;
  record: Json;
  was: Json;
}

/** The records as the CRM gives them now, by their id; one that is not there is left out. */
export async function givenRecords(
  transport: CrmTransport,
  request: ReadRequest,
): Promise<ReadonlyMap<string, unknown>> {
  const ids = request.ids.filter(isAskable);
  const answers = await askForRecords(transport, { ...request, ids });
  return new Map(answers.flatMap(({ answer }) => [...recordsById(answer?.records ?? [])]));
}

/** What is to be written, beside what it was: in the CRM's own words wherever nothing differs. */
export function wireWrite<E extends CrmEntity>(
  entity: E,
  { key, crmId, record, was }: CrmWrite<E>,
  given: unknown,
): WireWrite {
  const wanted = encoders[entity](record);
  if (crmId === null) return { key, id: null, record: wanted, was: null };
  const before = was === null ? (given ?? null) : inWordsOf(entity, crmId, { given, record: was });
  return {
    key,
    id: crmId,
    record: inWordsOf(entity, crmId, { given, record }),
    // What came out of JSON goes into JSON.
    was: before as Json,
  };
}

/** A canonical record in the CRM's own words, as far as the record that it gives now agrees with it. */
export function inWordsOf<E extends CrmEntity>(
  entity: E,
  id: string,
  { given, record }: { given: unknown; record: CanonicalRecord<E> },
): Json {
  const wanted = encoders[entity](record);
  const reading = writtenDecoders[entity](id, given);
  if (reading.state !== 'found') return wanted;
  return overlay(given as Json, encoders[entity](reading.record), wanted) ?? wanted;
}
