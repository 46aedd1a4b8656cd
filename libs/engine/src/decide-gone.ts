import { canonicalHash, type CanonicalRecord, type Entity, type IssueCode, type Side } from '@sync/domain';
import { isDead } from './agreement.js';
import type { Decision, DecisionState } from './decision.js';
import type { Problem } from './definition.js';
import type { ExclusionReason } from './ports/crm.js';
import type { FieldConflict } from './ports/stores.js';

/** Under this name a person is asked whether a record that is gone from one side goes from the other. */
export const EXISTENCE = 'existence';

/** The CRM, as people are asked about it. */
const THE_CRM = 'the CRM';

/** Why a record of the CRM does not count any more; any other reason is a passing one. */
const FOR_GOOD: ReadonlySet<string> = new Set<ExclusionReason>(['deleted-in-crm', 'cancelled']);

/** What the CRM writes instead of deleting. */
const VOIDED: Readonly<Partial<Record<Entity, object>>> = {
  customers: { active: false },
  vendors: { active: false },
  invoices: { status: 'cancelled' },
  'credit-notes': { status: 'void' },
  'purchase-orders': { status: 'cancelled' },
};

/**
 * What becomes of a record that the CRM does not have any more, or does not mean for Xero. What was posted stays there and
 * says so, unless the organization's policy, or a person, takes it out.
 */
export function goneFromCrm<E extends Entity>(
  state: DecisionState<E>,
  { reason, record }: { reason: ExclusionReason; record: CanonicalRecord<E> | null },
): Decision<E> {
  const { binding, flow, policies } = state;
  if (binding.xeroId === null || isGoneFromXero(state)) return { kind: 'exclude', reason };
  const warnings = warningsOf(state, reason, record);
  const stays: Decision<E> = { kind: 'noop', reason: 'unchanged', warnings };
  if (!FOR_GOOD.has(reason) || !flow.toXero || state.xero === null) return stays;
  const question = questionOf(state, { crm: reason, xero: state.xero.copy.record.derived.status });
  const answer = answerTo(state, question) ?? BY_POLICY[policies.goneFromCrm];
  if (answer === 'xero') return stays;
  if (answer === 'crm') return { kind: 'void', renew: false, warnings: [] };
  return ask(question, { side: THE_CRM, reason, other: 'Xero' });
}

/** How a record that was posted stands in the CRM now, as people say it. */
const HOW_GONE: Readonly<Record<ExclusionReason, string>> = {
  'deleted-in-crm': 'is no longer in the CRM',
  'booked-otherwise': 'is booked as something else',
  'not-confirmed': 'is not confirmed in the CRM any more',
  draft: 'is a draft again in the CRM',
  cancelled: 'is cancelled in the CRM',
  inactive: 'is inactive in the CRM',
};

/** The side that is right without asking: of what the CRM lost, the CRM if Xero follows it. */
const BY_POLICY = { ignore: 'xero', void: 'crm', ask: null } as const;

function warningsOf<E extends Entity>(
  { definition, facts }: DecisionState<E>,
  reason: ExclusionReason,
  record: CanonicalRecord<E> | null,
): Problem[] {
  if (record === null) return [{ code: 'GONE_FROM_CRM', meta: { reason: HOW_GONE[reason], state: reason } }];
  const cancelled: Problem[] = reason === 'cancelled' ? [{ code: 'INVOICE_CANCELLED_IN_CRM', meta: {} }] : [];
  return [...definition.warnings(record, facts), ...cancelled];
}

/**
 * What becomes of a record of the CRM that is voided, deleted or archived in Xero; null: it is there. A contact that was
 * merged goes on as the one that it was merged into.
 */
export function goneFromXero<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
): Decision<E> | null {
  const { binding, xero: side, flow, policies, definition } = state;
  if (side === null || side.copy.live) return null;
  if (side.mergedInto?.live)
    return { kind: 'link', record, xeroId: side.mergedInto.record.xeroId, by: 'merged' };
  // Taken out by us, since the CRM did not want it any more: it is wanted again.
  if (binding.status === 'excluded' && isAgreedDead(state)) return { kind: 'renew' };
  const { status } = side.copy.record.derived;
  const told: Problem = { code: 'GONE_FROM_XERO', meta: { status } };
  const stays: Decision<E> = {
    kind: 'noop',
    reason: 'unchanged',
    warnings: [...definition.warnings(record, state.facts), told],
  };
  if (!flow.takesOut) return stays;
  const question = questionOf(state, { crm: 'there', xero: status });
  const answer = answerTo(state, question) ?? BY_POLICY_OF_XERO[policies.goneFromXero];
  if (answer === 'crm') return stays;
  if (answer === 'xero') return takeOut(state, record);
  return ask(question, { side: 'Xero', reason: status, other: THE_CRM });
}

const BY_POLICY_OF_XERO = { ignore: 'crm', void: 'xero', ask: null } as const;

function takeOut<E extends Entity>(
  { definition, facts }: DecisionState<E>,
  record: CanonicalRecord<E>,
): Decision<E> {
  const change = VOIDED[definition.entity];
  if (!change) return { kind: 'remove-crm', record };
  const out = { ...record, ...change };
  // Out of it already: what stays archived is not archived again whenever somebody looks.
  if (canonicalHash(out) === canonicalHash(record))
    return { kind: 'noop', reason: 'unchanged', warnings: definition.warnings(record, facts) };
  return { kind: 'write-crm', record: out, unagreed: {}, more: false };
}

/**
 * Xero lets nobody edit such a record: it is taken out and made anew, where what goes from the CRM may go from Xero, or
 * nobody need be asked.
 * What a bank statement confirms stays.
 */
export function editForbidden<E extends Entity>(state: DecisionState<E>, code: IssueCode): Decision<E> {
  const { definition, policies, xero: side, flow } = state;
  const agreed = policies.goneFromCrm === 'void' || definition.isRemade === true;
  const may = agreed && flow.toXero && side !== null && side.copy.live;
  if (may && side.copy.record.derived.reconciled !== true) return { kind: 'void', renew: true, warnings: [] };
  return { kind: 'park', problem: { code, meta: {} }, awaits: [] };
}

function isGoneFromXero<E extends Entity>(state: DecisionState<E>): boolean {
  return state.xero ? !state.xero.copy.live : isAgreedDead(state);
}

function isAgreedDead<E extends Entity>({ binding }: DecisionState<E>): boolean {
  return binding.xeroDerived !== null && isDead(binding.xeroDerived);
}

function questionOf<E extends Entity>(
  { crmSeenAt, xero }: DecisionState<E>,
  { crm, xero: status }: { crm: string; xero: string },
): FieldConflict {
  const xeroUpdatedAt = xero?.copy.record.updatedAt ?? null;
  return { field: EXISTENCE, crm, xero: status, crmSeenAt, xeroUpdatedAt, choice: null };
}

function answerTo<E extends Entity>({ choices }: DecisionState<E>, question: FieldConflict): Side | null {
  const asked = choices.find(({ field }) => field === EXISTENCE);
  return asked?.crm === question.crm && asked.xero === question.xero ? asked.choice : null;
}

/** How a record is gone from the CRM, where a person is asked what becomes of it in Xero; null: nothing of the kind. */
export function askedSinceGone({ code, meta }: Problem): string | null {
  const { side, reason } = meta;
  return code === 'VOID_TO_DECIDE' && side === THE_CRM && typeof reason === 'string' ? reason : null;
}

function ask<E extends Entity>(conflict: FieldConflict, meta: Problem['meta']): Decision<E> {
  return { kind: 'ask-void', problem: { code: 'VOID_TO_DECIDE', meta }, conflict };
}
