import type { Entity, Lane } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { raiseOperations } from '../ledger/raise-operations.js';

/** Records that were not seen since a moment, by our clock, though a reading that began then held all that there are. */
export interface NotSeen {
  organizationId: string;
  entity: Entity;
  since: Date;
  /** All that there are within these; absent: of the entity. */
  parentIds?: readonly string[];
  lane: Lane;
  now: Date;
}

/**
 * What a complete reading did not hold is gone from Xero: items and allocations are deleted without a trace. Their bindings
 * are looked at. Returns how many.
 */
export async function markGone(sql: Sql, request: NotSeen): Promise<number> {
  const { organizationId, entity, since, parentIds, lane, now } = request;
  const gone = await sql.rows<{ xero_id: string }>(
    `update xero_identity set live = false, derived = derived || '{"status":"deleted"}', updated_at = null
     where organization_id = $1 and entity = $2 and live and (seen_at is null or seen_at < $3)
       and ($4::text[] is null or parent_xero_id = any ($4)) returning xero_id`,
    [organizationId, entity, since, parentIds ?? null],
  );
  const bindings = await sql.rows<{ id: string; entity: Entity }>(
    `select id, entity from binding where organization_id = $1 and entity = $2 and xero_id = any ($3)`,
    [organizationId, entity, gone.map((row) => row.xero_id)],
  );
  await raiseOperations(sql, {
    organizationId,
    lane,
    dueAt: now,
    now,
    wantedElsewhere: true,
    bindings,
  });
  return bindings.length;
}
