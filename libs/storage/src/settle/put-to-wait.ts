import type { Entity, Lane, RecordStatus } from '@sync/domain';
import type { Sql } from '../database/database.js';
import type { FindBinding } from '../ledger/ensure-bindings.js';
import { raiseOperations } from '../ledger/raise-operations.js';
import { type Judged, type LockedOperation, ofKind, type OutcomeOf, type Settlement } from './settlement.js';

/** A parent as it is now, after everything else of the settlement was saved. */
interface Parent {
  id: string;
  entity: Entity;
  /** Both sides are known. */
  whole: boolean;
  status: RecordStatus;
  updatedAt: Date;
  state: 'due' | 'waiting' | 'parked' | null;
  lane: Lane | null;
  /** Claimed, or due now. */
  live: boolean;
}

interface Child {
  id: string;
  lane: Lane;
  parents: Parent[];
  /** The parents that hold it up. */
  pending: Parent[];
}

/**
 * Writes the waits, with the parents locked: a parent that settled since the child was decided on lets it go on at
 * once, and every other one is made due in the child's lane.
 */
export async function putToWait(
  sql: Sql,
  settlement: Settlement,
  judged: readonly Judged[],
  known: { find: FindBinding; locked: ReadonlyMap<string, LockedOperation> },
): Promise<void> {
  const waiting = ofKind(judged, 'waiting').filter(({ standing }) => standing === 'current');
  const parents = await loadParents(sql, settlement, waiting, known);
  const children = waiting.map((entry) => childOf(entry, parents, known.find));
  await wake(sql, settlement, children, known.locked);
  await writeWaits(sql, settlement.organizationId, children);
  await sql.run(
    `update sync_operation o set claim_id = null, claim_fence = null, attempts = 0, looked_again = false,
       state = case when c.waits then 'waiting' else 'due' end
     from unnest($2::uuid[], $3::boolean[]) as c (id, waits)
     where o.organization_id = $1 and o.binding_id = c.id`,
    [
      settlement.organizationId,
      children.map((child) => child.id),
      children.map((child) => child.pending.length > 0),
    ],
  );
}

async function loadParents(
  sql: Sql,
  { organizationId, now }: Settlement,
  waiting: readonly Judged<OutcomeOf<'waiting'>>[],
  { find, locked }: { find: FindBinding; locked: ReadonlyMap<string, LockedOperation> },
): Promise<Map<string, Parent>> {
  const ids = [...new Set(waiting.flatMap(({ outcome }) => outcome.parents.map(find)))];
  const rows = await sql.rows<Parent>(
    `select b.id, b.entity, b.xero_id is not null and b.crm_id is not null as whole, b.status, b.updated_at as "updatedAt", o.state, o.lane,
       coalesce(o.state = 'due' and (o.claim_id is not null or o.due_at <= $4), false) as live
     from binding b
     left join sync_operation o on o.binding_id = b.id and not o.binding_id = any ($3::uuid[])
     where b.organization_id = $1 and b.id = any ($2::uuid[])`,
    [organizationId, ids, ids.filter((id) => locked.get(id)?.created), now],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function childOf(
  { outcome, locked }: Judged<OutcomeOf<'waiting'>>,
  parents: ReadonlyMap<string, Parent>,
  find: FindBinding,
): Child {
  const own = [...new Set(outcome.parents.map(find))]
    .map((id) => parents.get(id))
    .filter((p) => p !== undefined);
  const pending = own.filter((parent) => !settledSince(parent, locked.claimedAt));
  return { id: locked.id, lane: locked.lane, parents: own, pending };
}

/**
 * Whether the child can go on. A parent that is set aside must have been so since the child was claimed: before that,
 * the child's decision already knew it and asks for another look at the parent.
 */
function settledSince(parent: Parent, claimedAt: Date | null): boolean {
  if (parent.live) return false;
  if (parent.whole) return true;
  const aside = parent.status === 'parked' || parent.status === 'failed' || parent.status === 'excluded';
  return aside && claimedAt !== null && parent.updatedAt >= claimedAt;
}

/** Makes due what is waited for, and drops the operations that were only made to lock a settled parent. */
async function wake(
  sql: Sql,
  { organizationId, now }: Settlement,
  children: readonly Child[],
  locked: ReadonlyMap<string, LockedOperation>,
): Promise<void> {
  const urgent = new Set(
    children.filter(({ lane }) => lane === 'event').flatMap((c) => c.pending.map((p) => p.id)),
  );
  const wanted = new Map(
    children.flatMap((child) => child.pending.map((parent) => [parent.id, parent] as const)),
  );
  const made = (parent: Parent) => locked.get(parent.id)?.created === true;
  const asleep = [...wanted.values()].filter(
    (parent) => !made(parent) && sleeps(parent, urgent.has(parent.id)),
  );
  for (const lane of ['event', 'backfill'] as const) {
    const bindings = asleep.filter((parent) => urgent.has(parent.id) === (lane === 'event'));
    await raiseOperations(sql, { organizationId, lane, dueAt: now, now, wantedElsewhere: true, bindings });
  }
  await sql.run(
    `update sync_operation set wanted_elsewhere = true,
       lane = case when binding_id = any ($3::uuid[]) then 'event' else lane end
     where organization_id = $1 and binding_id = any ($2::uuid[])`,
    [organizationId, [...wanted.keys()], [...urgent]],
  );
  const idle = children
    .flatMap((child) => child.parents)
    .filter((parent) => made(parent) && !wanted.has(parent.id));
  await sql.run('delete from sync_operation where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    idle.map((parent) => parent.id),
  ]);
}

/**
 * A parent that waits itself is left to its own parents, unless a person waits now: then it is looked at again and
 * hands the better lane on.
 */
function sleeps(parent: Parent, urgent: boolean): boolean {
  if (parent.state === 'waiting') return urgent && parent.lane === 'backfill';
  return parent.state !== 'due';
}

async function writeWaits(sql: Sql, organizationId: string, children: readonly Child[]): Promise<void> {
  const waits = children
    .filter((child) => child.pending.length > 0)
    .flatMap((child) => child.parents.map((parent) => ({ child: child.id, parent: parent.id })));
  await replaceWaits(sql, organizationId, { children: children.map((child) => child.id), waits });
}

/** Writes what these children wait for, in place of what they waited for before. */
export async function replaceWaits(
  sql: Sql,
  organizationId: string,
  change: { children: readonly string[]; waits: readonly { child: string; parent: string }[] },
): Promise<void> {
  await sql.run('delete from operation_wait where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    change.children,
  ]);
  await sql.run(
    `insert into operation_wait (organization_id, binding_id, parent_id)
     select $1, w.child, w.parent from unnest($2::uuid[], $3::uuid[]) as w (child, parent)
     on conflict do nothing`,
    [organizationId, change.waits.map((wait) => wait.child), change.waits.map((wait) => wait.parent)],
  );
}
