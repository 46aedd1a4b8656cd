import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { raiseOperations } from '../ledger/raise-operations.js';

/**
 * What a complete listing that began then did not hold is gone from Xero: items are deleted without a trace. Their
 * bindings are looked at. Returns how many.
 */
export async function markGone(
  sql: Sql,
  request: { organizationId: string; entity: Entity; since: Date; now: Date },
): Promise<number> {
  const { organizationId, entity, since, now } = request;
  const gone = await sql.rows<{ xero_id: string }>(
    `update xero_identity set live = false, derived = derived || '{"status":"deleted"}', updated_at = null
     where organization_id = $1 and entity = $2 and live and (seen_at is null or seen_at < $3) returning xero_id`,
    [organizationId, entity, since],
  );
  const bindings = await sql.rows<{ id: string; entity: Entity }>(
    `select id, entity from binding where organization_id = $1 and entity = $2 and xero_id = any ($3)`,
    [organizationId, entity, gone.map((row) => row.xero_id)],
  );
  await raiseOperations(sql, {
    organizationId,
    lane: 'backfill',
    dueAt: now,
    now,
    wantedElsewhere: true,
    bindings,
  });
  return bindings.length;
}
