import type { Entity, Lane } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';

/** Which operations to raise, and how. */
export interface Raise {
  organizationId: string;
  lane: Lane;
  dueAt: Date;
  now: Date;
  /** Somebody besides a run wants it: cancelling the run leaves it. */
  wantedElsewhere: boolean;
  /** The CRM said that the records changed, or listed them: they may have. Default: neither. */
  byCrm?: 'changed' | 'listed';
  /** What Xero refused is remembered: nobody asks for another try. */
  keepsRefusal?: boolean;
  bindings: readonly { id: string; entity: Entity }[];
}

/**
 * Gives each binding one live operation, or raises the version of the one it has: better lane, earlier due time, due
 * again if it was parked or waiting. A claimed one keeps its claim; its risen version keeps the outcome from closing it.
 * Locks in the order of binding ids, like everyone who locks operations. Where a binding was taken up into another one
 * since it was looked up, the foreign key lets the whole transaction be repeated, and it finds the other one.
 */
export async function raiseOperations(sql: Sql, raise: Raise): Promise<{ created: number; raised: number }> {
  const counts = { created: 0, raised: 0 };
  for (const part of chunks(raise.bindings.toSorted((a, b) => (a.id < b.id ? -1 : 1)))) {
    const rows = await sql.rows<{ created: boolean }>(RAISE, [
      raise.organizationId,
      part.map((binding) => binding.id),
      part.map((binding) => binding.entity),
      raise.lane,
      raise.dueAt,
      raise.wantedElsewhere,
      raise.now,
      raise.byCrm ?? null,
      raise.keepsRefusal ?? false,
    ]);
    const created = rows.filter((row) => row.created).length;
    counts.created += created;
    counts.raised += rows.length - created;
  }
  return counts;
}

/**
 * `greatest` picks the better lane: 'event' sorts after 'backfill'. The last edit is the one that counts against Xero's, but
 * a record that is merely listed again was not edited again. `xmax` is 0 in a row that was just inserted.
 */
const RAISE = `
  insert into sync_operation as o
    (binding_id, organization_id, entity, lane, state, due_at, wanted_elsewhere, created_at, crm_hinted_at)
  select b.id, $1, b.entity, $4, 'due', $5, $6, $7, case when $8::text is not null then $7::timestamptz end
  from unnest($2::uuid[], $3::text[]) with ordinality as b (id, entity, n) order by b.n
  on conflict (binding_id) do update set
    version = o.version + 1,
    lane = greatest(o.lane, excluded.lane),
    due_at = case when o.state = 'due' then least(o.due_at, excluded.due_at) else excluded.due_at end,
    state = 'due',
    attempts = case when o.claim_id is null then 0 else o.attempts end,
    looked_again = false,
    crm_hinted_at = case when $8::text = 'changed' then excluded.crm_hinted_at
      else coalesce(o.crm_hinted_at, excluded.crm_hinted_at) end,
    refused_hash = case when $9 then o.refused_hash end,
    refused_on = case when $9 then o.refused_on end,
    refused_at = case when $9 then o.refused_at end,
    wanted_elsewhere = o.wanted_elsewhere or excluded.wanted_elsewhere
  returning o.xmax = 0 as created`;
