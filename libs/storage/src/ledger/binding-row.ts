import type { Binding, ClaimedOperation, XeroDerived } from '@sync/engine';
import type { Json, Lane } from '@sync/domain';

/** A row of `binding`, as selected by `BINDING_COLUMNS`. */
export interface BindingRow {
  id: string;
  organization_id: string;
  entity: Binding['entity'];
  role: string;
  crm_id: string | null;
  xero_id: string | null;
  generation: number;
  status: Binding['status'];
  label: string | null;
  crm_snapshot: Json | null;
  crm_hash: string | null;
  xero_snapshot: Json | null;
  xero_hash: string | null;
  codec_version: number;
  birth_mark: string | null;
  xero_derived: XeroDerived | null;
  xero_updated_at: Date | null;
  xero_codec_version: number;
  crm_writes: number;
}

/** The columns of a binding, of the table alias `b`. */
export const BINDING_COLUMNS = `b.id, b.organization_id, b.entity, b.role, b.crm_id, b.xero_id, b.generation,
  b.status, b.label, b.crm_snapshot, b.crm_hash, b.xero_snapshot, b.xero_hash, b.codec_version, b.birth_mark,
  b.xero_derived, b.xero_updated_at, b.xero_codec_version, b.crm_writes`;

/** A binding, as the engine knows it. */
export function bindingOf(row: BindingRow): Binding {
  return {
    id: row.id,
    organizationId: row.organization_id,
    entity: row.entity,
    role: row.role,
    crmId: row.crm_id,
    xeroId: row.xero_id,
    generation: row.generation,
    status: row.status,
    label: row.label,
    crmSnapshot: row.crm_snapshot,
    crmHash: row.crm_hash,
    xeroSnapshot: row.xero_snapshot,
    xeroHash: row.xero_hash,
    codecVersion: row.codec_version,
    birthMark: row.birth_mark,
    xeroDerived: row.xero_derived,
    xeroUpdatedAt: row.xero_updated_at,
    xeroCodecVersion: row.xero_codec_version,
    crmWrites: row.crm_writes,
  };
}

/** A claimed operation with its binding, as selected by `CLAIMED_COLUMNS`. */
export interface ClaimedRow extends BindingRow {
  lane: Lane;
  version: number;
  claim_id: string;
  attempts: number;
  looked_again: boolean;
  crm_hinted_at: Date | null;
  refused_hash: string | null;
  refused_at: Date | null;
}

/** The columns of a claimed operation `o` and its binding `b`. */
export const CLAIMED_COLUMNS = `${BINDING_COLUMNS}, o.lane, o.version, o.claim_id, o.attempts, o.looked_again,
  o.crm_hinted_at, o.refused_hash, o.refused_at`;

/** A claimed operation, as the engine knows it. */
export function claimedOf(row: ClaimedRow): ClaimedOperation {
  return {
    binding: bindingOf(row),
    lane: row.lane,
    version: row.version,
    claimId: row.claim_id,
    attempts: row.attempts,
    lookedAgain: row.looked_again,
    crmHintedAt: row.crm_hinted_at,
    refused:
      row.refused_hash === null || row.refused_at === null
        ? null
        : { hash: row.refused_hash, at: row.refused_at },
  };
}
