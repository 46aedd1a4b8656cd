import type { ClaimedOperation, Fence } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import { assertFence } from './fence.js';
import { lockedIds } from './make-due.js';

/**
 * Gives back what an earlier holder of the lease left claimed. A batch that was certainly not sent is dropped with its
 * claims; the members of one that may have been sent stay claimed, until it is known what became of it.
 */
export function releaseAbandoned(database: Database, connectionId: string, fence: Fence): Promise<number> {
  return database.transaction(async (sql) => {
    await assertFence(sql, fence);
    await sql.run(
      'delete from write_batch where connection_id = $1 and fence < $2 and first_sent_at is null',
      [connectionId, fence.number],
    );
    return unclaim(sql, await lockedIds(sql, ABANDONED, [connectionId, fence.number]));
  });
}

const ABANDONED = `
  with kept as (
    select m.member ->> 'bindingId' as binding_id, m.member ->> 'claimId' as claim_id
    from write_batch w cross join lateral jsonb_array_elements(w.members) as m (member)
    where w.connection_id = $1)
  select o.binding_id from sync_operation o
  where o.organization_id in (select id from organization where xero_connection_id = $1)
    and o.claim_id is not null and o.claim_fence < $2
    and not exists (select from kept k where k.binding_id = o.binding_id::text and k.claim_id = o.claim_id)
  order by o.binding_id for update of o`;

/** Gives claims back; one that is no longer theirs is left alone. */
export function releaseClaims(
  database: Database,
  organizationId: string,
  operations: readonly ClaimedOperation[],
): Promise<number> {
  const claims = new Map(operations.map(({ binding, claimId }) => [binding.id, claimId]));
  return database.transaction(async (sql) => {
    const rows = await sql.rows<{ binding_id: string; claim_id: string | null }>(
      `select binding_id, claim_id from sync_operation
       where organization_id = $1 and binding_id = any ($2::uuid[]) order by binding_id for update`,
      [organizationId, [...claims.keys()]],
    );
    const ours = rows.filter((row) => row.claim_id === claims.get(row.binding_id));
    return unclaim(
      sql,
      ours.map((row) => row.binding_id),
    );
  });
}

function unclaim(sql: Sql, ids: readonly string[]): Promise<number> {
  return sql.run(
    'update sync_operation set claim_id = null, claim_fence = null where binding_id = any ($1::uuid[])',
    [ids],
  );
}
