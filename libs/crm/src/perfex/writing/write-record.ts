import { canonicalHash, type CrmEntity, type Json, recordSchemas, SyncError } from '@sync/domain';
import type { CrmReading, CrmWrite, CrmWriteResult } from '@sync/engine';
import { readRecords } from '../reading/read-records.js';
import { rowIdOf } from '../reading/row-id.js';
import { comparable, isAsItWas } from './comparable.js';
import { keepLink, type Link, takeKey } from './link-table.js';
import { Changed, refused } from './refusal.js';
import type { WriteSession } from './write-session.js';
import { changeOf } from './writer.js';
import { inOneTransaction, unlessBusy, type Writing } from './writing.js';

type Found<E extends CrmEntity> = Extract<CrmReading<E>, { state: 'found' }>;

/** Writes one record, its key with it, in one transaction. */
export function writeRecord<E extends CrmEntity>(
  writing: Writing<E>,
  write: CrmWrite<E>,
  signal: AbortSignal,
): Promise<CrmWriteResult<E>> {
  const { key } = write;
  const written = inOneTransaction<CrmWriteResult<E>>(writing, { key, signal }, async (session) => {
    const reading = await store(session, writing, write);
    return { key, state: 'written', reading };
  });
  return unlessBusy(key, written);
}

async function store<E extends CrmEntity>(
  session: WriteSession,
  writing: Writing<E>,
  write: CrmWrite<E>,
): Promise<Found<E>> {
  const { entity, linkTable, now } = writing;
  const { key, crmId } = write;
  const link = await takeKey(session, linkTable, { key, entity, now });
  const asked = canonicalHash({ was: write.was, record: write.record } as unknown as Json);
  const known = link.recordId !== null && (crmId === null || link.asked === asked);
  if (known) return answerAgain(session, writing, { write, link });
  const id = await (crmId === null
    ? writing.writer.create(session, write.record, key)
    : updateUnchanged(session, writing, write));
  const reading = await found(session, entity, id);
  const became = JSON.stringify(reading);
  // A tax, whose id is no row's, is added again: that is nothing where it is there.
  const kept = { recordId: rowIdOf(id), asked, became };
  await keepLink(session, linkTable, { key, link: kept, made: crmId === null });
  return reading;
}

/**
 * This very write was made before, and its answer was lost. It is answered with what came of it then: what somebody has
 * changed since is an edit of theirs, and is found as one. Nobody makes anew what was deleted meanwhile.
 */
async function answerAgain<E extends CrmEntity>(
  session: WriteSession,
  { entity }: Writing<E>,
  { write, link }: { write: CrmWrite<E>; link: Link },
): Promise<Found<E>> {
  const then = readingOf(entity, link.became);
  const id = then?.id ?? write.crmId ?? String(link.recordId);
  const [reading] = await readRecords(session, entity, [id]);
  if (reading?.state === 'missing' && write.crmId !== null) throw new Changed();
  if (reading?.state === 'missing') {
    throw refused('it was deleted in the CRM after it had been made there from Xero');
  }
  return then ?? found(session, entity, id);
}

/** Null for what is not known any more, or is of another form than records have now. */
function readingOf<E extends CrmEntity>(entity: E, became: string | null): Found<E> | null {
  if (became === null) return null;
  const reading = JSON.parse(became) as Found<E>;
  return recordSchemas[entity].safeParse(reading.record).success ? reading : null;
}

/** Changes the record if it is as it was. */
async function updateUnchanged<E extends CrmEntity>(
  session: WriteSession,
  { entity, writer }: Writing<E>,
  { crmId, was, record }: CrmWrite<E>,
): Promise<string> {
  if (crmId === null || was === null) throw new SyncError('bug', 'Nothing says what the CRM held.');
  const rowId = rowIdOf(crmId) ?? 0;
  await writer.lock(session, rowId);
  const [reading] = await readRecords(session, entity, [crmId]);
  if (!isAsItWas(entity, reading, was)) throw new Changed();
  return writer.update(session, changeOf(rowId, comparable(entity, was), comparable(entity, record)));
}

/** What is kept is what the next read finds, by Perfex's own rules; what could not be read again is not kept. */
async function found<E extends CrmEntity>(session: WriteSession, entity: E, id: string): Promise<Found<E>> {
  const [reading] = await readRecords(session, entity, [id]);
  if (reading?.state === 'found') return reading;
  const reason = reading?.state === 'invalid' ? reading.reason : (reading?.state ?? 'missing');
  throw refused(`what was written could not be read again (${reason})`);
}
