import type { DueWork } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { blockingAt, FULL_BATCH, PAUSING } from './pauses.js';

/**
 * What is due now, as `claim` would give it: nothing before the mappings are confirmed, nothing of a paused scope, no
 * backfill that a running sweep is still gathering. Of one connection, or of all.
 */
export function dueWork(sql: Sql, now: Date, connectionId: string | null): Promise<DueWork[]> {
  return sql.rows<DueWork>(
    `select g.id as "organizationId", g.name as "organizationName", d.entity,
       max(d.lane) as "bestLane", sum(d.count)::int as count
     from organization g
     join lateral (${DUE_OF_ORGANIZATION}) d on true
     where g.mappings_confirmed_at is not null and ($2::uuid is null or g.xero_connection_id = $2)
       and not (d.lane = 'backfill' and d.count < ${FULL_BATCH} and exists (
         select from checkpoint c where c.organization_id = g.id and c.entity = d.entity
           and c.holder is not null and c.holder_expires_at > clock_timestamp()))
       and not exists (
         select from issue i where i.organization_id = g.id and (i.entity is null or i.entity = d.entity)
           and ${PAUSING} and ${blockingAt('$1')})
     group by g.id, g.name, d.entity`,
    [now, connectionId],
  );
}

/**
 * Claims that a holder left behind are due as well, or nobody would come to take them over: the lease went to another,
 * ran out or was given back. Not those of a batch that may have been sent, which is asked about first.
 */
const LEFT_BEHIND = `
  exists (select from connection_lease l where l.connection_id = g.xero_connection_id
    and (l.fence > o.claim_fence or l.expires_at <= clock_timestamp()))
  and not exists (select from write_batch w
    where w.connection_id = g.xero_connection_id and w.first_sent_at is not null
      and w.members @> jsonb_build_array(jsonb_build_object('bindingId', o.binding_id, 'claimId', o.claim_id)))`;

/** Two queries, since each has an index of its own. */
const DUE_OF_ORGANIZATION = `
  select due.entity, due.lane, count(*) as count from (
    select o.entity, o.lane from sync_operation o
    where o.organization_id = g.id and o.state = 'due' and o.claim_id is null and o.due_at <= $1
    union all
    select o.entity, o.lane from sync_operation o
    where o.organization_id = g.id and o.state = 'due' and o.claim_id is not null and o.due_at <= $1
      and ${LEFT_BEHIND}) due
  group by due.entity, due.lane`;
