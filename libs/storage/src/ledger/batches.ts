import type {
  BatchStore,
  ClaimedOperation,
  DueWork,
  Fence,
  WriteBatch,
  WriteBatchMember,
} from '@sync/engine';
import type { Clock, Entity, Lane } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { CLAIMED_COLUMNS, claimedOf, type ClaimedRow } from './binding-row.js';
import { assertFence } from './fence.js';
import { blockingAt, PAUSING, SHUTTING } from './pauses.js';

interface BatchRow {
  id: string;
  organization_id: string;
  connection_id: string;
  entity: Entity;
  action: 'create' | 'update';
  lane: Lane;
  method: 'PUT' | 'POST';
  path: string;
  body: Buffer;
  idempotency_key: string | null;
  members: WriteBatchMember[];
  first_sent_at: Date | null;
  quiet_until: Date | null;
  created_at: Date;
}

/** The write batches that are not settled. A closed one is deleted: its body holds people's data. */
export function createBatchStore(database: Database, clock: Clock): BatchStore {
  const fenced = (fence: Fence, statement: string, parameters: readonly unknown[]) =>
    database.transaction(async (sql) => {
      await assertFence(sql, fence);
      await sql.run(statement, parameters);
    });
  return {
    store: (fence, batch) => database.transaction((sql) => storeBatch(sql, fence, batch)),
    markSent: (fence, id, at, quietUntil) =>
      fenced(fence, MARK_SENT, [fence.connectionId, id, at, quietUntil]),
    markUnknown: (fence, id, quietUntil) => fenced(fence, MARK_UNKNOWN, [fence.connectionId, id, quietUntil]),
    inDoubt: () => inDoubt(database, clock.now()),
    open: async (connectionId) => {
      const rows = await database.rows<BatchRow>(
        'select * from write_batch where connection_id = $1 order by created_at, id',
        [connectionId],
      );
      return rows.map(batchOf);
    },
    operations: (batch) => operationsOf(database, batch),
    close: (fence, id) =>
      fenced(fence, 'delete from write_batch where connection_id = $1 and id = $2', [fence.connectionId, id]),
  };
}

const MARK_SENT = `
  update write_batch set first_sent_at = coalesce(first_sent_at, $3), quiet_until = $4
  where connection_id = $1 and id = $2`;
const MARK_UNKNOWN = 'update write_batch set quiet_until = $3 where connection_id = $1 and id = $2';

async function storeBatch(sql: Sql, fence: Fence, batch: WriteBatch): Promise<void> {
  await assertFence(sql, fence);
  await sql.run(
    `insert into write_batch (id, organization_id, connection_id, fence, entity, action, lane, method, path, body,
       idempotency_key, members, first_sent_at, quiet_until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      batch.id,
      batch.organizationId,
      batch.connectionId,
      fence.number,
      batch.entity,
      batch.action,
      batch.lane,
      batch.call.method,
      batch.call.path,
      Buffer.from(batch.call.body, 'utf8'),
      batch.call.idempotencyKey,
      jsonParameter(batch.members),
      batch.firstSentAt,
      batch.quietUntil,
      batch.createdAt,
    ],
  );
}

function batchOf(row: BatchRow): WriteBatch {
  return {
    id: row.id,
    organizationId: row.organization_id,
    connectionId: row.connection_id,
    entity: row.entity,
    action: row.action,
    lane: row.lane,
    call: {
      entity: row.entity,
      method: row.method,
      path: row.path,
      body: row.body.toString('utf8'),
      idempotencyKey: row.idempotency_key,
    },
    members: row.members,
    firstSentAt: row.first_sent_at,
    quietUntil: row.quiet_until,
    createdAt: row.created_at,
  };
}

/**
 * Work to ring for: the batch is in doubt, its quiet time is over, nobody holds the connection, and the organization
 * does not stand still: to ask what became of a batch costs calls as well.
 */
function inDoubt(database: Database, now: Date): Promise<DueWork[]> {
  return database.rows<DueWork>(
    `select w.organization_id as "organizationId", o.name as "organizationName", w.entity,
       max(w.lane) as "bestLane", sum(jsonb_array_length(w.members))::int as count
     from write_batch w
     join organization o on o.id = w.organization_id
     left join connection_lease l on l.connection_id = w.connection_id
     where w.first_sent_at is not null and (w.quiet_until is null or w.quiet_until <= $1)
       and (l.connection_id is null or l.expires_at <= clock_timestamp())
       and not exists (select from issue i where i.organization_id = w.organization_id
         and (i.entity is null or (i.entity = w.entity and ${SHUTTING})) and ${PAUSING} and ${blockingAt('$1')})
     group by w.organization_id, o.name, w.entity`,
    [now],
  );
}

/**
 * The members that are still claimed by the batch, with the versions that the batch was formed from: a hint that came
 * since must find its operation still due after the batch is settled.
 */
async function operationsOf(database: Database, batch: WriteBatch): Promise<ClaimedOperation[]> {
  const rows = await database.rows<ClaimedRow>(
    `select ${CLAIMED_COLUMNS}
     from unnest($2::uuid[], $3::text[]) with ordinality as m (binding_id, claim_id, n)
     join sync_operation o on o.organization_id = $1 and o.binding_id = m.binding_id and o.claim_id = m.claim_id
     join binding b on b.organization_id = $1 and b.id = m.binding_id order by m.n`,
    [
      batch.organizationId,
      batch.members.map((member) => member.bindingId),
      batch.members.map((member) => member.claimId),
    ],
  );
  const versions = new Map(batch.members.map((member) => [member.bindingId, member.version]));
  return rows.map((row) => ({ ...claimedOf(row), version: versions.get(row.id) ?? row.version }));
}
