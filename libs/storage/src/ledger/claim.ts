import type { ClaimedOperation, OperationStore } from '@sync/engine';
import type { Lane } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { CLAIMED_COLUMNS, claimedOf, type ClaimedRow } from './binding-row.js';
import { assertFence } from './fence.js';
import { blockingAt, FULL_BATCH, PAUSING } from './pauses.js';

const PROBE_BEAT_MS = 60_000;

type ClaimRequest = Parameters<OperationStore['claim']>[0];

/** Claims due operations in one transaction. */
export function claimOperations(
  database: Database,
  request: ClaimRequest,
  now: Date,
): Promise<ClaimedOperation[]> {
  return database.transaction(async (sql) => {
    await assertFence(sql, request.fence);
    const gate = await passGate(sql, request, now);
    if (!gate.open) return [];
    let left = gate.probing ? 1 : request.limit;
    for (const lane of request.lanes) {
      if (left <= 0) break;
      if (lane === 'backfill' && (await stillFilling(sql, request, now))) continue;
      left -= await claimLane(sql, request, { lane, limit: left, now });
    }
    const claimed = await loadClaim(sql, request);
    if (gate.probing && claimed.length > 0) await holdProbes(sql, request, now);
    return claimed;
  });
}

/** Nothing before the mappings are confirmed, nothing of a paused scope; one operation where a pause may be probed. */
async function passGate(
  sql: Sql,
  request: ClaimRequest,
  now: Date,
): Promise<{ open: boolean; probing: boolean }> {
  const [gate] = await sql.rows<{ open: boolean; probing: boolean }>(
    `select o.mappings_confirmed_at is not null
         and not coalesce(bool_or(${blockingAt('$3')}) filter (where i.id is not null), false) as open,
       count(i.id) > 0 as probing
     from organization o
     left join issue i on i.organization_id = o.id and (i.entity is null or i.entity = $2) and ${PAUSING}
     where o.id = $1 group by o.id`,
    [request.organizationId, request.entity, now],
  );
  return gate ?? { open: false, probing: false };
}

/** A sweep of the entity is under way and a full batch is not due yet. */
async function stillFilling(sql: Sql, request: ClaimRequest, now: Date): Promise<boolean> {
  const enough = Math.min(request.limit, FULL_BATCH);
  const [sweep] = await sql.rows<{ due: number }>(
    `select (select count(*)::int from (
         select 1 from sync_operation where organization_id = $1 and entity = $2 and lane = 'backfill'
           and state = 'due' and claim_id is null and due_at <= $3 limit $4) as enough) as due
     from checkpoint
     where organization_id = $1 and entity = $2 and holder is not null and holder_expires_at > clock_timestamp()`,
    [request.organizationId, request.entity, now, enough],
  );
  return sweep !== undefined && sweep.due < enough;
}

function claimLane(
  sql: Sql,
  request: ClaimRequest,
  step: { lane: Lane; limit: number; now: Date },
): Promise<number> {
  const { organizationId, entity, claimId, fence } = request;
  return sql.run(
    `with picked as (
       select binding_id from sync_operation
       where organization_id = $1 and entity = $2 and lane = $3 and state = 'due' and claim_id is null
         and due_at <= $4
       order by due_at, position limit $5 for update skip locked)
     update sync_operation o set claim_id = $6, claim_fence = $7, claimed_at = $4
     from picked where o.binding_id = picked.binding_id`,
    [organizationId, entity, step.lane, step.now, step.limit, claimId, fence.number],
  );
}

async function loadClaim(
  sql: Sql,
  { organizationId, claimId, lanes }: ClaimRequest,
): Promise<ClaimedOperation[]> {
  const rows = await sql.rows<ClaimedRow>(
    `select ${CLAIMED_COLUMNS} from sync_operation o
     join binding b on b.organization_id = o.organization_id and b.id = o.binding_id
     where o.organization_id = $1 and o.claim_id = $2
     order by array_position($3::text[], o.lane), o.due_at, o.position`,
    [organizationId, claimId, lanes],
  );
  return rows.map(claimedOf);
}

/** Others leave the scope alone until this probe has had time to come back; a probe that dies is followed by another. */
async function holdProbes(sql: Sql, request: ClaimRequest, now: Date): Promise<void> {
  await sql.run(
    `update issue i set probe_at = $3
     where i.organization_id = $1 and (i.entity is null or i.entity = $2) and ${PAUSING}`,
    [request.organizationId, request.entity, new Date(now.getTime() + PROBE_BEAT_MS)],
  );
}
