import {
  type CanonicalRecord,
  type Entity,
  type IssueCode,
  issueEntry,
  taxSetName,
  taxSetOf,
} from '@sync/domain';
import type { Decision, DecisionState } from './decision.js';
import { type ParentRef, parentKey, type Problem } from './definition.js';
import type { ParentInCrm, ParentState } from './ports/stores.js';

/** What of those of a record's parents that count stands in the way of writing it into Xero; null: nothing. */
export function parentObstacle<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
  counts: (parent: ParentRef) => boolean,
): Decision<E> | null {
  const required = state.definition.parents(record).filter(counts);
  const unsettled = required.filter((parent) => needsWork(state.parents.get(parentKey(parent))));
  if (unsettled.length > 0) return { kind: 'wait', parents: unsettled };
  const absent = required.filter((parent) => (state.parents.get(parentKey(parent))?.xeroId ?? null) === null);
  const [first] = absent;
  if (!first) return behindObstacle(state, required);
  const found = state.parents.get(parentKey(first));
  if (found?.status === 'excluded' && state.definition.whenParentExcluded === 'exclude') {
    return { kind: 'exclude', reason: 'parent-excluded' };
  }
  return { kind: 'park', problem: parentProblem(first, found), awaits: absent };
}

/**
 * A parent of a new record stands otherwise in Xero than the CRM has it now, and has nothing due: something of its own is in
 * its way. Once it is written, this record is looked at again.
 */
function behindObstacle<E extends Entity>(
  { binding, parents }: DecisionState<E>,
  required: readonly ParentRef[],
): Decision<E> | null {
  if (binding.xeroId !== null) return null;
  const behind = required.find(
    (parent) => parent.agreedAs !== undefined && parents.get(parentKey(parent))?.crmHash !== parent.agreedAs,
  );
  if (!behind) return null;
  const { issueCode } = parents.get(parentKey(behind)) ?? {};
  const reason = issueCode ? reasonOf(issueCode) : 'its last change is not there yet';
  const meta = { parent: ONE_OF[behind.entity], parentId: nameOf(behind), reason };
  return { kind: 'park', problem: { code: 'PARENT_NOT_SYNCED', meta }, awaits: [] };
}

/** Never heard of, or with something of its own to do: it comes first. */
export function needsWork(parent: ParentState | undefined): boolean {
  if (!parent || parent.live) return true;
  return parent.xeroId === null && (parent.status === 'pending' || parent.status === 'waiting');
}

/** One of an entity, as people call it. */
const ONE_OF: Readonly<Record<Entity, string>> = {
  taxes: 'tax',
  customers: 'customer',
  vendors: 'vendor',
  items: 'item',
  invoices: 'invoice',
  'credit-notes': 'credit note',
  'credit-applications': 'applied credit',
  payments: 'payment',
  refunds: 'refund',
  expenses: 'expense',
  bills: 'bill',
  'bill-payments': 'payment of a bill',
  'purchase-orders': 'purchase order',
};

/** The parent's own sentence, unless it names facts that are known with the parent only. */
function reasonOf(code: IssueCode): string {
  const { title } = issueEntry(code);
  return title.includes('{') ? `it is set aside with ${code}` : title.replace(/\.$/, '');
}

/** The id of a tax is the key of its set, which reads better as its name. */
function nameOf({ entity, crmId }: ParentRef): string {
  const taxes = entity === 'taxes' ? taxSetOf(crmId) : null;
  return taxes ? taxSetName(taxes) : crmId;
}

function parentProblem(parent: ParentRef, found: ParentState | undefined): Problem {
  const meta = { parent: ONE_OF[parent.entity], parentId: nameOf(parent) };
  if (found?.status === 'excluded') return { code: 'PARENT_MISSING', meta };
  const reason = found?.issueCode ? reasonOf(found.issueCode) : 'it could not be written';
  return { code: 'PARENT_NOT_SYNCED', meta: { ...meta, reason } };
}

/**
 * What of the records that a record of Xero names stands in the way of writing it into the CRM; null: nothing. Those that
 * nobody knows yet are pulled first.
 */
export function parentsInCrmObstacle<E extends Entity>(
  wanted: readonly { entity: Entity; xeroId: string }[],
  known: readonly ParentInCrm[],
): Decision<E> | null {
  const find = ({ entity, xeroId }: { entity: Entity; xeroId: string }) =>
    known.find((one) => one.entity === entity && one.xeroId === xeroId);
  // Lines do without the item that they name.
  const required = wanted.filter(({ entity }) => entity !== 'items');
  const unsettled = required.filter((parent) => isUnsettled(find(parent)));
  if (unsettled.length > 0) return { kind: 'wait', parents: unsettled };
  const absent = required.filter((parent) => (find(parent)?.crmId ?? null) === null);
  const [first] = absent;
  if (!first) return null;
  const code = find(first)?.issueCode;
  const reason = code ? reasonOf(code) : 'it is not meant for the CRM';
  const meta = { parent: ONE_OF[first.entity], parentId: first.xeroId, reason };
  return { kind: 'park', problem: { code: 'PARENT_NOT_IN_CRM', meta }, awaits: absent };
}

function isUnsettled(parent: ParentInCrm | undefined): boolean {
  if (!parent || parent.live) return true;
  return parent.crmId === null && (parent.status === 'pending' || parent.status === 'waiting');
}
