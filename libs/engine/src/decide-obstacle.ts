import type { CanonicalRecord, Entity } from '@sync/domain';
import { writeFirst } from './decide-first.js';
import { parentObstacle } from './decide-parents.js';
import type { Decision, DecisionState } from './decision.js';
import { bookedOn, fieldsOf } from './agreement.js';
import type { ParentRef, Problem } from './definition.js';

/** What stands in the way of writing a record into Xero; null: nothing. */
export function obstacle<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
): Decision<E> | null {
  const { definition, binding, facts } = state;
  const problem = definition.check(record, facts);
  if (problem?.code === 'DATE_LOCKED') {
    if (mayMove(state)) return parentObstacle(state, record, isRequired);
    if (binding.xeroId === null) return locked(state, record, problem);
  }
  return problem ? park(problem) : parentObstacle(state, record, isRequired);
}

/** What stands in Xero in a locked period stays there as it is; only what is not there yet, or not locked, is moved. */
function mayMove<E extends Entity>({
  definition,
  policies,
  binding,
  facts,
  xero,
}: DecisionState<E>): boolean {
  if (policies.lockedDates !== 'move' || definition.dateMoves !== true) return false;
  if (binding.xeroId === null) return true;
  const day = bookedOn(xero?.copy.record.owned ?? fieldsOf(binding.xeroSnapshot));
  return day !== null && facts.lockDate !== null && day > facts.lockDate;
}

/**
 * A locked period refuses new records; what is in Xero already is linked, or all that hangs on it would stay outside.
 * Only the parents by which it would be recognised are waited for: nothing is made in Xero for what may never come.
 */
function locked<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
  problem: Problem,
): Decision<E> {
  const before = parentObstacle(state, record, identifies);
  if (before) return before;
  const first = writeFirst(state, record);
  return first.kind === 'link' ? first : park(problem);
}

/** A record cannot do without this parent. */
function isRequired({ required }: ParentRef): boolean {
  return required;
}

/** The parents that a record belongs to are among the keys by which it is recognised. */
function identifies({ required, entity }: ParentRef): boolean {
  return required && entity !== 'taxes';
}

function park<E extends Entity>(problem: Problem): Decision<E> {
  return { kind: 'park', problem, awaits: [] };
}
