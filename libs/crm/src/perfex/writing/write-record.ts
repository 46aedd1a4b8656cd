import { canonicalHash, type Entity, type Json, SyncError } from '@sync/domain';
import type { CrmReading, CrmWrite, CrmWriteResult } from '@sync/engine';
import { readRecords } from '../reading/read-records.js';
import { rowIdOf } from '../reading/row-id.js';
import { comparable, isAsItWas, recordHash } from './comparable.js';
import { keepLink, takeKey } from './link-table.js';
import { Changed, refused } from './refusal.js';
import type { WriteSession } from './write-session.js';
import { changeOf } from './writer.js';
import { inOneTransaction, type Writing } from './writing.js';

type Found<E extends Entity> = Extract<CrmReading<E>, { state: 'found' }>;

/** Writes one record, its key with it, in one transaction. */
export function writeRecord<E extends Entity>(
  writing: Writing<E>,
  write: CrmWrite<E>,
  signal: AbortSignal,
): Promise<CrmWriteResult<E>> {
  const { key } = write;
  return inOneTransaction(writing, { key, signal }, async (session) => {
    const reading = await store(session, writing, write);
    return { key, state: 'written', reading };
  });
}

async function store<E extends Entity>(
  session: WriteSession,
  writing: Writing<E>,
  write: CrmWrite<E>,
): Promise<Found<E>> {
  const { entity, linkTable, now } = writing;
  const { key, was, record } = write;
  const link = await takeKey(session, linkTable, { key, entity, now });
  const asked = canonicalHash({ was, record } as unknown as Json);
  const id =
    write.crmId === null
      ? await createOnce(session, writing, { write, rowId: link.rowId })
      : await updateUnchanged(session, writing, { write, again: link.asked === asked ? link.became : null });
  const reading = await found(session, entity, id);
  const became = recordHash(entity, reading.record);
  await keepLink(session, linkTable, { key, link: { rowId: rowIdOf(id) ?? 0, asked, became }, now });
  return reading;
}

/** A record that was made under this key before is answered as it stands; nobody makes it anew when it was deleted. */
async function createOnce<E extends Entity>(
  session: WriteSession,
  { entity, writer }: Writing<E>,
  { write, rowId }: { write: CrmWrite<E>; rowId: number },
): Promise<string> {
  if (rowId === 0) return writer.create(session, write.record, write.key);
  const [reading] = await readRecords(session, entity, [String(rowId)]);
  if (reading?.state !== 'missing') return String(rowId);
  throw refused('it was deleted in the CRM after it had been made there from Xero');
}

/** Changes the record if it is as it was. `again`: what it became when the very same was asked for before. */
async function updateUnchanged<E extends Entity>(
  session: WriteSession,
  { entity, writer }: Writing<E>,
  { write, again }: { write: CrmWrite<E>; again: string | null },
): Promise<string> {
  const { crmId, was, record } = write;
  if (crmId === null || was === null) throw new SyncError('bug', 'Nothing says what the CRM held.');
  const rowId = rowIdOf(crmId) ?? 0;
  await writer.lock(session, rowId);
  const [reading] = await readRecords(session, entity, [crmId]);
  if (isAsItWas(entity, reading, was)) {
    return writer.update(session, changeOf(rowId, comparable(entity, was), comparable(entity, record)));
  }
  if (reading?.state === 'found' && recordHash(entity, reading.record) === again) return crmId;
  throw new Changed();
}

/** What is kept is what the next read finds, by Perfex's own rules; what could not be read again is not kept. */
async function found<E extends Entity>(session: WriteSession, entity: E, id: string): Promise<Found<E>> {
  const [reading] = await readRecords(session, entity, [id]);
  if (reading?.state === 'found') return reading;
  const reason = reading?.state === 'invalid' ? reading.reason : (reading?.state ?? 'missing');
  throw refused(`what was written could not be read again (${reason})`);
}
