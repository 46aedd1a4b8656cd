import type { ParentState } from '@sync/engine';
import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';

/** What is known of these parents; those without a binding are left out. */
export function parentStates(
  sql: Sql,
  request: { organizationId: string; wanted: readonly { entity: Entity; crmId: string }[]; now: Date },
): Promise<ParentState[]> {
  return sql.rows<ParentState>(
    `select b.entity, b.crm_id as "crmId", b.xero_id as "xeroId", b.crm_hash as "crmHash", b.status,
       coalesce(o.state = 'due' and (o.claim_id is not null or o.due_at <= $4), false) as live,
       (select i.code from issue i where i.organization_id = $1 and i.binding_id = b.id
          and i.resolved_at is null and i.severity = 'blocking'
        order by i.last_seen_at desc limit 1) as "issueCode",
       b.xero_snapshot as "xeroSnapshot"
     from (select distinct * from unnest($2::text[], $3::text[]) as w (entity, crm_id)) w
     join binding b on b.organization_id = $1 and b.entity = w.entity and b.role = 'main' and b.crm_id = w.crm_id
     left join sync_operation o on o.binding_id = b.id`,
    [
      request.organizationId,
      request.wanted.map((parent) => parent.entity),
      request.wanted.map((parent) => parent.crmId),
      request.now,
    ],
  );
}
