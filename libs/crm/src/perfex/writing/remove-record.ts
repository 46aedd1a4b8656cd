import type { CrmEntity } from '@sync/domain';
import type { CrmRemoval, CrmRemoveResult } from '@sync/engine';
import { readRecords } from '../reading/read-records.js';
import { rowIdOf } from '../reading/row-id.js';
import { isAsItWas } from './comparable.js';
import { Changed } from './refusal.js';
import type { WriteSession } from './write-session.js';
import { inOneTransaction, unlessBusy, type Writing } from './writing.js';

/** Takes one record out, in one transaction; what is gone already is out. */
export function removeRecord<E extends CrmEntity>(
  writing: Writing<E>,
  removal: CrmRemoval<E>,
  signal: AbortSignal,
): Promise<CrmRemoveResult> {
  const { key } = removal;
  const removed = inOneTransaction<CrmRemoveResult>(writing, { key, signal }, async (session) => {
    await takeOut(session, writing, removal);
    return { key, state: 'removed' };
  });
  return unlessBusy(key, removed);
}

async function takeOut<E extends CrmEntity>(
  session: WriteSession,
  { entity, writer }: Writing<E>,
  { crmId, was }: CrmRemoval<E>,
): Promise<void> {
  const rowId = rowIdOf(crmId);
  if (rowId === null) return;
  await writer.lock(session, rowId);
  const [reading] = await readRecords(session, entity, [crmId]);
  if (reading?.state === 'missing') return;
  if (!isAsItWas(entity, reading, was)) throw new Changed();
  await writer.remove?.(session, rowId, was);
}
