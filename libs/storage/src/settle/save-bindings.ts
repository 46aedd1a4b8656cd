import type { Hint } from '@sync/engine';
import type { RecordStatus } from '@sync/domain';
import { canonicalHash } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { counts, type Judged, ofKind, type OutcomeOf, type Settlement } from './settlement.js';

/** Saves what the outcomes say of their bindings. */
export async function saveBindings(
  sql: Sql,
  { organizationId, now }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const counting = judged.filter(counts);
  const written = ofKind(counting, 'written').map(({ outcome }) => writtenRow(outcome));
  const told = counting.map(({ outcome }) => statusRow(outcome)).filter((row) => row !== null);
  if (written.length > 0)
    await sql.run(SAVE_WRITTEN, [organizationId, jsonParameter(written), now, written.map(({ id }) => id)]);
  const renewed = counting.filter(({ outcome }) => isRenewed(outcome)).map(({ locked }) => locked.id);
  if (renewed.length > 0) await sql.run(RENEW, [organizationId, renewed, now]);
  if (told.length > 0)
    await sql.run(SAVE_STATUS, [organizationId, jsonParameter(told), now, told.map(({ id }) => id)]);
}

function isRenewed(outcome: Judged['outcome']): boolean {
  return outcome.kind === 'renewed' || (outcome.kind === 'written' && outcome.renew === true);
}

/** What stands in Xero is left behind; the next generation of the marker tells what is made from what was. */
const RENEW = `
  update binding set xero_id = null, generation = generation + 1, status = 'pending', reason = null, crm_hash = null,
    xero_snapshot = null, xero_hash = null, xero_derived = null, xero_updated_at = null, updated_at = $3
  where organization_id = $1 and id = any ($2::uuid[])`;

/** With a problem no CRM hash is kept, so that the next try writes the record again. */
function writtenRow(outcome: OutcomeOf<'written'>): { id: string; [column: string]: unknown } {
  return {
    id: outcome.operation.binding.id,
    xero_id: outcome.xero.xeroId,
    crm_id: outcome.crmId ?? null,
    ...writtenStatus(outcome),
    label: outcome.label,
    crm_snapshot: outcome.crmOwned,
    crm_hash: outcome.problem === null ? canonicalHash(outcome.crmOwned) : null,
    xero_snapshot: outcome.xero.owned,
    xero_hash: canonicalHash(outcome.xero.owned),
    xero_derived: outcome.xero.derived,
    xero_updated_at: outcome.xero.updatedAt,
    codec_version: outcome.codecVersion,
    xero_codec_version: outcome.xeroCodecVersion ?? outcome.codecVersion,
    birth_mark: outcome.birthMark,
  };
}

/** What was taken out of Xero is not meant for it any more. */
function writtenStatus({
  action,
  problem,
  warnings,
}: OutcomeOf<'written'>): Pick<StatusRow, 'status' | 'reason'> {
  if (problem !== null) return { status: 'parked', reason: problem.code };
  if (action === 'void') return { status: 'excluded', reason: 'voided' };
  return { status: 'synced', reason: warnings[0]?.code ?? null };
}

const SAVE_WRITTEN = `
  update binding b set xero_id = w.xero_id, crm_id = coalesce(w.crm_id, b.crm_id), status = w.status, reason = w.reason, label = w.label,
    crm_snapshot = w.crm_snapshot, crm_hash = w.crm_hash, xero_snapshot = w.xero_snapshot,
    xero_hash = w.xero_hash, xero_derived = w.xero_derived,
    xero_updated_at = coalesce(w.xero_updated_at, b.xero_updated_at), codec_version = w.codec_version,
    xero_codec_version = w.xero_codec_version,
    birth_mark = coalesce(w.birth_mark, b.birth_mark), updated_at = $3
  from jsonb_to_recordset($2::jsonb) as w (id uuid, xero_id text, crm_id text, status text, reason text, label text,
    crm_snapshot jsonb, crm_hash text, xero_snapshot jsonb, xero_hash text, xero_derived jsonb,
    xero_updated_at timestamptz, codec_version integer, xero_codec_version integer, birth_mark text)
  where b.organization_id = $1 and b.id = w.id and b.id = any ($4::uuid[])`;

interface StatusRow {
  id: string;
  status: RecordStatus;
  reason: string | null;
  label: string | null;
  birth_mark: string | null;
  /** Something happened to the record even if the row stays the same. */
  touch: boolean;
}

function statusRow(outcome: Judged['outcome']): StatusRow | null {
  const { id, xeroId, status } = outcome.operation.binding;
  const row = { id, reason: null, label: null, birth_mark: null, touch: true };
  switch (outcome.kind) {
    case 'unchanged':
      return {
        ...row,
        status: xeroId === null ? status : 'synced',
        reason: outcome.warnings[0]?.code ?? null,
        label: outcome.label,
        touch: false,
      };
    case 'excluded':
      return { ...row, status: 'excluded', reason: outcome.reason, label: outcome.label, touch: false };
    case 'waiting':
      return { ...row, ...waiting(outcome) };
    case 'parked':
      return { ...row, status: parkedStatus(outcome), reason: outcome.code, label: outcome.label };
    case 'written':
    case 'again':
    case 'moved':
    case 'renewed':
    case 'still-refused':
      return null;
  }
}

/** A defect of ours is no problem that the user could resolve: `failed` sets it apart. */
function parkedStatus(outcome: OutcomeOf<'parked'>): RecordStatus {
  return outcome.code === 'UNEXPECTED' ? 'failed' : 'parked';
}

function nameOf(record: Hint): string {
  return `${record.entity} ${'crmId' in record ? record.crmId : record.xeroId}`;
}

function waiting(
  outcome: OutcomeOf<'waiting'>,
): Pick<StatusRow, 'status' | 'reason' | 'label' | 'birth_mark'> {
  const named = outcome.parents.slice(0, 3).map(nameOf);
  const more = outcome.parents.length > named.length ? ' …' : '';
  return {
    status: 'waiting',
    reason: named.join(', ') + more,
    label: outcome.label,
    birth_mark: outcome.birthMark,
  };
}

const SAVE_STATUS = `
  update binding b set status = s.status, reason = s.reason, label = coalesce(s.label, b.label),
    birth_mark = coalesce(b.birth_mark, s.birth_mark), updated_at = $3
  from jsonb_to_recordset($2::jsonb)
    as s (id uuid, status text, reason text, label text, birth_mark text, touch boolean)
  where b.organization_id = $1 and b.id = s.id and b.id = any ($4::uuid[])
    and (s.touch or b.status <> s.status or b.reason is distinct from s.reason
      or b.label is distinct from coalesce(s.label, b.label))`;
