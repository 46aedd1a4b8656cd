import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';
import type { LockTarget } from './lock-operations.js';
import type { Judged, LockedOperation, OutcomeOf, Settlement } from './settlement.js';

/** A stub that turns out to be the same pair as a binding that is being settled. */
export interface Twin {
  id: string;
  entity: Entity;
  /** The binding that stays. */
  into: string;
}

/**
 * Stubs of records that these outcomes bind: one that knows the record of Xero only, or, of a record that was made in the
 * CRM, one that an event of the CRM made meanwhile.
 */
export async function findTwins(
  sql: Sql,
  { organizationId, outcomes }: Pick<Settlement, 'organizationId' | 'outcomes'>,
): Promise<Twin[]> {
  const written = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome] : []));
  if (written.length === 0) return [];
  const found = await sql.rows<Twin>(
    `with w as (
       select * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as w (kept, entity, xero_id, crm_id))
     select b.id, b.entity, w.kept as "into" from w
     join binding b on b.organization_id = $1 and b.entity = w.entity and b.role = 'main'
       and b.xero_id = w.xero_id and b.crm_id is null and b.id <> w.kept
     union all
     select b.id, b.entity, w.kept from w
     join binding b on b.organization_id = $1 and b.entity = w.entity and b.role = 'main'
       and b.crm_id = w.crm_id and b.xero_id is null and b.id <> w.kept`,
    [
      organizationId,
      written.map(({ operation }) => operation.binding.id),
      written.map(({ operation }) => operation.binding.entity),
      written.map(({ xero }) => xero.xeroId),
      written.map(({ crmId }) => crmId ?? null),
    ],
  );
  return onlyStubs(found, written);
}

/**
 * What is bound by this very settlement is no stub any more. Unless both bind the same pair: then one of them stays, and
 * never is each taken up into the other.
 */
function onlyStubs(found: readonly Twin[], written: readonly OutcomeOf<'written'>[]): Twin[] {
  const pairs = new Map(written.map((outcome) => [outcome.operation.binding.id, pairOf(outcome)]));
  const gone = new Set<string>();
  return found.filter(({ id, into }) => {
    const stays = pairs.has(id) && pairs.get(id) !== pairs.get(into);
    if (stays || gone.has(into)) return false;
    gone.add(id);
    return true;
  });
}

function pairOf({ operation, xero, crmId }: OutcomeOf<'written'>): string {
  return JSON.stringify([operation.binding.entity, xero.xeroId, crmId ?? operation.binding.crmId]);
}

/** Their operations are locked with all others. */
export function twinTargets(twins: readonly Twin[]): LockTarget[] {
  return twins.map(({ id, entity }) => ({ id, entity, lane: 'backfill' }));
}

/**
 * Takes each stub up into the binding that stays: who waits for it, what was told of it and the runs that want it. What
 * was hinted of the stub is hinted of the binding: its operation stays due.
 */
export async function mergeStubs(
  sql: Sql,
  organizationId: string,
  judged: readonly Judged[],
  { twins, locked }: { twins: readonly Twin[]; locked: ReadonlyMap<string, LockedOperation> },
): Promise<Judged[]> {
  for (const { id, into } of twins)
    for (const statement of MERGE) await sql.run(statement, [organizationId, id, into]);
  for (const { id } of twins) for (const statement of FORGET) await sql.run(statement, [organizationId, id]);
  const hinted = new Set(twins.filter(({ id }) => locked.get(id)?.created === false).map(({ into }) => into));
  const left = judged.filter(({ locked: { id } }) => !twins.some((twin) => twin.id === id));
  return left.map((entry) =>
    entry.outcome.kind === 'written' && hinted.has(entry.locked.id)
      ? { ...entry, outcome: { ...entry.outcome, more: true } }
      : entry,
  );
}

const MERGE = [
  `insert into operation_wait (organization_id, binding_id, parent_id)
   select organization_id, binding_id, $3 from operation_wait
   where organization_id = $1 and parent_id = $2 and binding_id <> $3 on conflict do nothing`,
  `insert into run_operation (organization_id, run_id, binding_id, entity)
   select organization_id, run_id, $3, entity from run_operation
   where organization_id = $1 and binding_id = $2 and outcome is null
   on conflict (run_id, binding_id) do update set outcome = null`,
  'update history_entry set binding_id = $3 where organization_id = $1 and binding_id = $2',
];

const FORGET = [
  'delete from operation_wait where organization_id = $1 and (parent_id = $2 or binding_id = $2)',
  'delete from run_operation where organization_id = $1 and binding_id = $2',
  'delete from issue where organization_id = $1 and binding_id = $2',
  'delete from conflict where organization_id = $1 and binding_id = $2',
  'delete from crm_write where organization_id = $1 and binding_id = $2',
  'delete from sync_operation where organization_id = $1 and binding_id = $2',
  'delete from binding where organization_id = $1 and id = $2',
];
