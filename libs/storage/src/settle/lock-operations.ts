import type { Entity, Lane } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';
import type { LockedOperation } from './settlement.js';

/** An operation to lock, made if it does not exist. */
export interface LockTarget {
  id: string;
  entity: Entity;
  lane: Lane;
}

/**
 * Locks these operations, and makes those that do not exist, in the one order in which everybody locks operations.
 * Making parents' operations later, with others already locked, could wait for a hint that waits for this transaction.
 * A binding that was taken up into another one meanwhile has none.
 */
export async function lockOperations(
  sql: Sql,
  request: { organizationId: string; targets: readonly LockTarget[]; now: Date },
): Promise<Map<string, LockedOperation>> {
  const locked: LockedOperation[] = [];
  for (const part of chunks(inOrder(request.targets))) {
    const rows = await sql.rows<LockedOperation>(LOCK, [
      request.organizationId,
      part.map((target) => target.id),
      part.map((target) => target.entity),
      part.map((target) => target.lane),
      request.now,
    ]);
    locked.push(...rows);
  }
  return new Map(locked.map((operation) => [operation.id, operation]));
}

const LOCK = `
  insert into sync_operation as o (binding_id, organization_id, entity, lane, state, due_at, created_at)
  select t.id, $1, t.entity, t.lane, 'due', $5, $5
  from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as t (id, entity, lane, n)
  where exists (select from binding b where b.id = t.id) order by t.n
  on conflict (binding_id) do update set version = o.version
  returning o.binding_id as id, o.xmax = 0 as created, o.version, o.claim_id as "claimId",
    o.claimed_at as "claimedAt", o.attempts, o.lane, o.wanted_elsewhere as "wantedElsewhere"`;

/** Sorted, each once; of two lanes the better. */
function inOrder(targets: readonly LockTarget[]): LockTarget[] {
  const distinct = new Map<string, LockTarget>();
  for (const target of targets) {
    if (distinct.get(target.id)?.lane !== 'event') distinct.set(target.id, target);
  }
  return [...distinct.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
