import { canonicalHash, type CanonicalRecord, type Entity, type Json, type Side } from '@sync/domain';
import { agreedInCrm, type Decision, type DecisionState, type XeroSide } from './decision.js';
import { EXISTENCE, editForbidden } from './decide-gone.js';
import { obstacle } from './decide-obstacle.js';
import { parentsInCrmObstacle } from './decide-parents.js';
import type { Problem } from './definition.js';
import { agreedInOlderForm, isSettledInOlderForm } from './older-form.js';
import type { FieldConflict } from './ports/stores.js';
import { type Changes, compare, type Fields, membersOf, pick, type ThreeWay, valueOf } from './three-way.js';

/** Clocks may be so far apart: of two changes that are closer, nobody knows which was the later one. */
export const CLOCKS_APART_MS = 90_000;

/** What goes where, by groups of fields. */
interface Plan {
  toXero: string[];
  toCrm: string[];
  /** Changed in Xero, or in the CRM, and not to flow: that is told, and stays as it is. */
  driftInXero: string[];
  driftInCrm: string[];
  /** Changed on both sides where only the CRM's changes flow: what Xero changed is written over, and that is told. */
  overwritten: string[];
  /** Changed on both sides, and a person has to say who wins. */
  open: string[];
}

/**
 * Decides a record that is on both sides, by what each of them changed since they last agreed. Null: there is nothing new
 * in Xero, and the CRM's change is written as ever.
 */
export function decideBoth<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
): Decision<E> | null {
  const { definition, binding, xero: side } = state;
  const inCrm = definition.owned(record);
  const older = binding.codecVersion !== definition.codecVersion;
  const agreed = older ? agreedInOlderForm(binding, inCrm) : agreedInCrm(binding);
  if (agreed === null) return null;
  if (older && isSettledInOlderForm(binding, inCrm)) return null;
  if (older && side?.copy.codecVersion !== definition.codecVersion) return stillOpen(state);
  if (side === null) return null;
  if (!side.now.ok) return state.flow.toCrm ? unreadable(side.now) : null;
  const now = definition.owned(side.now.record);
  const before = side.before.ok ? definition.owned(side.before.record) : agreed;
  const sides: ThreeWay = {
    crm: { before: agreed, now: inCrm },
    xero: { before, now },
  };
  const changes = compare(sides);
  const plan = planOf(state, side, { changes, sides });
  return carryOut(state, { record, side, sides, changes, plan });
}

/** What a person was asked stays asked until Xero's side is read in the form of now; null: nobody was. */
function stillOpen<E extends Entity>({ choices }: DecisionState<E>): Decision<E> | null {
  const asked = choices.filter(({ field }) => field !== EXISTENCE);
  return asked.some(({ choice }) => choice !== 'crm') ? { kind: 'conflict', conflicts: asked } : null;
}

function unreadable<E extends Entity>(result: Extract<XeroSide<E>['now'], { ok: false }>): Decision<E> {
  return { kind: 'park', problem: { code: result.code, meta: result.meta }, awaits: [] };
}

function planOf<E extends Entity>(
  state: DecisionState<E>,
  side: XeroSide<E>,
  { changes, sides }: { changes: Changes; sides: ThreeWay },
): Plan {
  const { flow, policies } = state;
  const plan: Plan = { toXero: [], toCrm: [], driftInXero: [], driftInCrm: [], overwritten: [], open: [] };
  const crmHolds = flow.toXero ? plan.toXero : plan.driftInCrm;
  const xeroHolds = flow.toCrm ? plan.toCrm : plan.driftInXero;
  (flow.toXero || policies.conflicts !== 'xero' ? crmHolds : plan.toCrm).push(...changes.crm);
  (flow.toCrm || policies.conflicts !== 'crm' ? xeroHolds : plan.toXero).push(...changes.xero);
  for (const group of changes.both) {
    const winner = winnerOf(state, side, { group, sides });
    if (winner === null) plan.open.push(group);
    else (winner === 'crm' ? crmHolds : xeroHolds).push(group);
    if (flow.toXero && !flow.toCrm) plan.overwritten.push(group);
  }
  return plan;
}

function winnerOf<E extends Entity>(
  state: DecisionState<E>,
  side: XeroSide<E>,
  { group, sides }: { group: string; sides: ThreeWay },
): Side | null {
  // Only where both sides are written is there anything to choose.
  const { flow } = state;
  if (!flow.toXero || !flow.toCrm) return flow.toCrm ? 'xero' : 'crm';
  const chosen = choiceOf(state, group, sides);
  if (chosen) return chosen;
  const { conflicts } = state.policies;
  if (conflicts === 'ask') return null;
  if (conflicts !== 'newest') return conflicts;
  const { updatedAt } = side.copy.record;
  const ahead = updatedAt === null ? 0 : updatedAt.getTime() - state.crmSeenAt.getTime();
  if (Math.abs(ahead) <= CLOCKS_APART_MS) return null;
  return ahead > 0 ? 'xero' : 'crm';
}

/** A choice holds for the values that were shown. */
function choiceOf<E extends Entity>(
  { choices }: DecisionState<E>,
  group: string,
  { crm, xero }: ThreeWay,
): Side | null {
  const asked = choices.find(({ field }) => field === group);
  if (!asked) return null;
  return same(asked.crm, valueOf(group, crm.now)) && same(asked.xero, valueOf(group, xero.now))
    ? asked.choice
    : null;
}

interface Case<E extends Entity> {
  record: CanonicalRecord<E>;
  side: XeroSide<E>;
  sides: ThreeWay;
  changes: Changes;
  plan: Plan;
}

function carryOut<E extends Entity>(state: DecisionState<E>, found: Case<E>): Decision<E> | null {
  const { record, side, changes, plan } = found;
  if (plan.open.length > 0) return { kind: 'conflict', conflicts: conflictsOf(state, found) };
  if (plan.toCrm.length > 0) return intoCrm(found);
  if (plan.toXero.length > 0) return intoXero(state, found);
  const told = drifts(plan);
  if (told.length > 0) {
    const warnings = [...state.definition.warnings(record, state.facts), ...told];
    return { kind: 'noop', reason: 'unchanged', warnings };
  }
  // Nothing but words differs, or both sides did the same: agreed as it is now, or it is compared for ever.
  return side.news ? { kind: 'agree', record, by: changes.alike.length > 0 ? 'alike' : 'echo' } : null;
}

function intoCrm<E extends Entity>({ record, side, sides, plan }: Case<E>): Decision<E> | null {
  if (!side.now.ok) return null;
  const inTheWay = parentsInCrmObstacle<E>(side.names, side.parents);
  if (inTheWay) return inTheWay;
  const taken = pick(side.now.record as Fields, membersOf(plan.toCrm, sides.xero.now));
  const unagreed = pick(sides.crm.before, membersOf([...plan.toXero, ...plan.driftInCrm], sides.crm.now));
  return {
    kind: 'write-crm',
    record: { ...record, ...taken } as CanonicalRecord<E>,
    unagreed,
    more: plan.toXero.length > 0,
  };
}

function intoXero<E extends Entity>(state: DecisionState<E>, { record, sides, plan }: Case<E>): Decision<E> {
  const { binding, definition } = state;
  const inTheWay = obstacle(state, record);
  if (inTheWay) return inTheWay;
  if (definition.editForbidden) return editForbidden(state, definition.editForbidden);
  const fields = membersOf(plan.toXero, sides.crm.now);
  const driftInXero = [...plan.driftInXero, ...plan.overwritten];
  const drift = driftInXero.length > 0 ? { drift: drifts({ ...plan, driftInXero }) } : {};
  return { kind: 'update', record, xeroId: binding.xeroId ?? '', fields, ...drift };
}

/** What stays different on the two sides is told for as long as it does. */
function drifts({ driftInXero, driftInCrm }: Plan): Problem[] {
  return [
    ...(driftInXero.length > 0
      ? [{ code: 'CHANGED_IN_XERO', meta: { fields: named(driftInXero) } } as const]
      : []),
    ...(driftInCrm.length > 0
      ? [{ code: 'CHANGED_IN_CRM', meta: { fields: named(driftInCrm) } } as const]
      : []),
  ];
}

function named(groups: readonly string[]): string {
  return groups.toSorted((a, b) => a.localeCompare(b)).join(', ');
}

/** Those that are decided by a choice stay with those that wait for one: a person sees what was chosen. */
function conflictsOf<E extends Entity>(
  state: DecisionState<E>,
  { side, sides, changes }: Case<E>,
): FieldConflict[] {
  return changes.both.map((group) => ({
    field: group,
    crm: valueOf(group, sides.crm.now),
    xero: valueOf(group, sides.xero.now),
    crmSeenAt: state.crmSeenAt,
    xeroUpdatedAt: side.copy.record.updatedAt,
    choice: choiceOf(state, group, sides),
  }));
}

function same(a: Json, b: Json): boolean {
  return canonicalHash({ value: a }) === canonicalHash({ value: b });
}
