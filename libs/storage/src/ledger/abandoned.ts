import type { ClaimedOperation, Fence } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import { assertFence } from './fence.js';

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
    return sql.run(
      `with kept as (
         select m.member ->> 'bindingId' as binding_id, m.member ->> 'claimId' as claim_id
         from write_batch w cross join lateral jsonb_array_elements(w.members) as m (member)
         where w.connection_id = $1),
       abandoned as (
         select o.binding_id from sync_operation o
         where o.organization_id in (select id from organization where xero_connection_id = $1)
           and o.claim_id is not null and o.claim_fence < $2
           and not exists (
             select from kept k where k.binding_id = o.binding_id::text and k.claim_id = o.claim_id)
         order by o.binding_id for update)
       update sync_operation o set claim_id = null, claim_fence = null
       from abandoned where o.binding_id = abandoned.binding_id`,
      [connectionId, fence.number],
    );
  });
}

/** Gives claims back; one that is no longer theirs is left alone. */
export async function releaseClaims(
  sql: Sql,
  organizationId: string,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  await sql.run(
    `with claimed as (
       select o.binding_id from unnest($2::uuid[], $3::text[]) as c (binding_id, claim_id)
       join sync_operation o on o.binding_id = c.binding_id and o.claim_id = c.claim_id
       where o.organization_id = $1 order by o.binding_id for update of o)
     update sync_operation o set claim_id = null, claim_fence = null
     from claimed where o.binding_id = claimed.binding_id`,
    [organizationId, operations.map(({ binding }) => binding.id), operations.map(({ claimId }) => claimId)],
  );
}
