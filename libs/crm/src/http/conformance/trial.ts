import { randomUUID } from 'node:crypto';
import type { CanonicalRecord, CrmEntity } from '@sync/domain';
import type { CrmPort, CrmReference, CrmWrite } from '@sync/engine';
import { NOT_TAKEN } from '../sending.js';
import type { CrmTransport } from '../transport.js';
import { broken, type Finding, kept, untried } from './report.js';

/** What the writing checks write with, and what they wrote so far. */
export interface Trial {
  crm: CrmPort;
  transport: CrmTransport;
  signal: AbortSignal;
  reference: CrmReference;
  /** In every name and key, so that no two trials meet. */
  mark: string;
  written: { [E in CrmEntity]?: CanonicalRecord<E> };
}

/** A trial on a CRM. */
export async function openTrial(crm: CrmPort, transport: CrmTransport, signal: AbortSignal): Promise<Trial> {
  const mark = randomUUID().slice(0, 8);
  return { crm, transport, signal, reference: await crm.reference(signal), mark, written: {} };
}

/** Why an entity cannot be tried; null: it can. */
export async function notTaken({ transport, signal }: Trial, entity: CrmEntity): Promise<Finding | null> {
  const path = `/v1/${entity}` as const;
  const { status } = await transport.send({ method: 'POST', path, body: { writes: [] }, signal });
  return NOT_TAKEN.has(status)
    ? untried(`this CRM takes no ${entity}: POST ${path} answered ${status}`)
    : null;
}

/** Writes a new record twice under one key: it must be one. */
export async function writeTwice<E extends CrmEntity>(
  trial: Trial,
  entity: E,
  record: CanonicalRecord<E>,
): Promise<Finding> {
  const skipped = await notTaken(trial, entity);
  if (skipped !== null) return skipped;
  const write: CrmWrite<E> = { key: `${trial.mark}-${entity}`, crmId: null, record, was: null };
  const { crm, signal } = trial;
  const before = await idsOf(trial, entity);
  const [first] = await crm.write(entity, [write], signal);
  const [second] = await crm.write(entity, [write], signal);
  if (first?.state !== 'written') return broken(`it is not written: ${textOf(first)}`);
  if (second?.state !== 'written') return broken(`the second time it is not written: ${textOf(second)}`);
  trial.written = { ...trial.written, [entity]: first.reading.record };
  if (second.reading.id !== first.reading.id)
    return broken(`written twice under one key, it is ${first.reading.id} and ${second.reading.id}`);
  const made = (await idsOf(trial, entity)).filter((id) => !before.includes(id));
  return made.length === 1 && made[0] === first.reading.id
    ? kept(`written twice, one record: ${first.reading.id}`)
    : broken(`the listing names ${made.length} new records: ${made.join(', ')}`);
}

/** A write or removal that came to something else, as a clause. */
export function textOf(
  result: { state: string; meta?: { readonly [key: string]: unknown } } | undefined,
): string {
  const reason = result?.meta?.['reason'];
  return typeof reason === 'string' ? `${result?.state}, ${reason}` : (result?.state ?? 'no result');
}

/** Every id that the listing names, from the beginning. */
async function idsOf({ crm, signal }: Trial, entity: CrmEntity): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, last = false; !last; ) {
    const page = await crm.listChanges({ entity, depth: 'all', cursor, signal });
    ids.push(...page.changes.filter(({ gone }) => gone !== true).map(({ recordId }) => recordId));
    ({ cursor, last } = page);
  }
  return [...new Set(ids)];
}
