import type { ParentInCrm } from '@sync/engine';
import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';

interface Request {
  organizationId: string;
  wanted: readonly { entity: Entity; xeroId: string }[];
  now: Date;
}

/** What is known of these records of Xero; those without a binding are left out. */
export async function parentsInXero(sql: Sql, request: Request): Promise<ParentInCrm[]> {
  const { organizationId, wanted, now } = request;
  if (wanted.length === 0) return [];
  return sql.rows<ParentInCrm>(PARENTS, [
    organizationId,
    wanted.map(({ entity }) => entity),
    wanted.map(({ xeroId }) => xeroId),
    now,
  ]);
}

/** Lines name an item by its code, which our copy of it knows. */
const PARENTS = `
  select distinct on (w.entity, w.name) w.entity, w.name as "xeroId", b.crm_id as "crmId", b.status,
    coalesce(o.state = 'due' and (o.claim_id is not null or o.due_at <= $4), false) as live,
    (select i.code from issue i where i.organization_id = $1 and i.binding_id = b.id
       and i.resolved_at is null and i.severity = 'blocking'
     order by i.last_seen_at desc limit 1) as "issueCode"
  from (select distinct * from unnest($2::text[], $3::text[]) as w (entity, name)) w
  join binding b on b.organization_id = $1 and b.entity = w.entity and b.role = 'main'
    and (b.xero_id = w.name or (w.entity = 'items' and b.xero_id in (
      select x.xero_id from xero_identity x
      where x.organization_id = $1 and x.entity = 'items' and lower(x.number) = lower(w.name))))
  left join sync_operation o on o.binding_id = b.id
  order by w.entity, w.name, b.crm_id is null, b.id`;

/** The ids of every whole binding of an entity, the oldest first. */
export function boundIds(
  sql: Sql,
  organizationId: string,
  entity: Entity,
): Promise<{ crmId: string; xeroId: string }[]> {
  return sql.rows(
    `select crm_id as "crmId", xero_id as "xeroId" from binding
     where organization_id = $1 and entity = $2 and crm_id is not null and xero_id is not null
       and status <> 'excluded' order by id`,
    [organizationId, entity],
  );
}
