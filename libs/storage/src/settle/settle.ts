import type { Hint, Outcome } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import { ensureBindings, findBindings, finder, type KnownBinding } from '../ledger/ensure-bindings.js';
import { assertFence } from '../ledger/fence.js';
import { closeOperations } from './close-operations.js';
import { countNearMisses } from './count-near-misses.js';
import { giveUpLinks, lookAtGone } from './give-up-links.js';
import { lockOperations, type LockTarget } from './lock-operations.js';
import { findTwins, mergeStubs, twinTargets } from './merge-stubs.js';
import { moveOperations } from './move-operations.js';
import { parkDuplicates } from './park-duplicates.js';
import { putToWait, replaceWaits } from './put-to-wait.js';
import { saveBindings } from './save-bindings.js';
import { saveConflicts } from './save-conflicts.js';
import {
  type Judged,
  type LockedOperation,
  ofKind,
  type OutcomeOf,
  type Settlement,
  type Standing,
} from './settlement.js';
import { tell } from './tell.js';

/**
 * Commits outcomes in one transaction. The order of locks is the same everywhere: new bindings by entity and CRM id,
 * then operations by binding id, then everything that hangs on them.
 */
export function settleOutcomes(database: Database, settlement: Settlement): Promise<void> {
  return database.transaction(async (sql) => {
    await assertFence(sql, settlement.fence);
    const others = await otherBindings(sql, settlement);
    const twins = await findTwins(sql, settlement);
    const targets = [...targetsOf(settlement.outcomes, others), ...twinTargets(twins)];
    const locked = await lockOperations(sql, { ...settlement, targets });
    const find = finder(others);
    const standing = judge(settlement.outcomes, locked);
    const merged = await mergeStubs(sql, settlement.organizationId, standing, { twins, locked });
    const gone = await giveUpLinks(sql, settlement, merged, find);
    const judged = await parkDuplicates(sql, settlement.organizationId, merged);
    await saveBindings(sql, settlement, judged);
    await saveConflicts(sql, settlement, judged);
    await tell(sql, settlement, judged);
    await closeOperations(sql, settlement, judged);
    await moveOperations(sql, settlement, judged, find);
    await putToWait(sql, settlement, judged, { find, locked });
    await awaitParked(sql, settlement, judged);
    await lookAtGone(sql, settlement, gone);
    await countNearMisses(sql, settlement, judged);
  });
}

/** The bindings of parents, of new ids and of records that give up their link, made where they do not exist. */
function otherBindings(sql: Sql, { organizationId, outcomes, now }: Settlement): Promise<KnownBinding[]> {
  return ensureBindings(sql, { organizationId, hints: outcomes.flatMap(otherRecords), now });
}

function otherRecords(outcome: Outcome): readonly Hint[] {
  if (outcome.kind === 'waiting') return outcome.parents;
  if (outcome.kind === 'written') return goneRecords(outcome);
  if (outcome.kind === 'moved') return [{ entity: outcome.operation.binding.entity, crmId: outcome.crmId }];
  return [];
}

function goneRecords({ operation, takesFrom = [] }: OutcomeOf<'written'>): Hint[] {
  return takesFrom.map((crmId) => ({ entity: operation.binding.entity, crmId }));
}

function targetsOf(outcomes: readonly Outcome[], others: readonly KnownBinding[]): LockTarget[] {
  const find = finder(others);
  return outcomes.flatMap((outcome) => {
    const { binding, lane } = outcome.operation;
    const own = { id: binding.id, entity: binding.entity, lane };
    return [
      own,
      ...otherRecords(outcome).map((record) => ({ id: find(record), entity: record.entity, lane })),
    ];
  });
}

/** What was decided of a binding that is gone counts no more: it was taken up into another one, which is due instead. */
function judge(outcomes: readonly Outcome[], locked: ReadonlyMap<string, LockedOperation>): Judged[] {
  return outcomes.flatMap((outcome) => {
    const operation = locked.get(outcome.operation.binding.id);
    return operation ? [{ outcome, locked: operation, standing: standingOf(outcome, operation) }] : [];
  });
}

function standingOf({ operation }: Outcome, locked: LockedOperation): Standing {
  if (locked.claimId !== operation.claimId) return 'lost';
  return locked.version === operation.version ? 'current' : 'raised';
}

/** Parked for the sake of parents that are parked themselves: written down, for the beat that looks at them again. */
async function awaitParked(
  sql: Sql,
  { organizationId }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const parked = ofKind(judged, 'parked').filter(({ standing }) => standing === 'current');
  const awaited = parked.flatMap(({ outcome }) => outcome.awaits ?? []);
  if (awaited.length === 0) return;
  const known = await findBindings(sql, organizationId, awaited);
  const parentsOf = (record: Hint) => known.filter((binding) => isOf(binding, record));
  const waits = parked.flatMap(({ outcome, locked }) =>
    (outcome.awaits ?? []).flatMap(parentsOf).map((parent) => ({ child: locked.id, parent: parent.id })),
  );
  await replaceWaits(sql, organizationId, { children: waits.map((wait) => wait.child), waits });
}

function isOf(binding: KnownBinding, record: Hint): boolean {
  if (binding.entity !== record.entity) return false;
  return 'crmId' in record ? binding.crmId === record.crmId : binding.xeroId === record.xeroId;
}
