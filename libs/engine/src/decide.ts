import {
  canonicalHash,
  type CanonicalRecord,
  type Entity,
  type IssueCode,
  issueEntry,
  taxSetName,
  taxSetOf,
} from '@sync/domain';
import type { EntityDefinition, ParentRef, PostingFacts, Problem } from './definition.js';
import { type IdentityVerdict, matchIdentity } from './identity.js';
import { markerOf } from './marker.js';
import type { CrmReading, ExclusionReason } from './ports/crm.js';
import type { Binding, IdentityCandidate, ParentState } from './ports/stores.js';

/** Everything that a decision rests on: the present state, never what an event said. */
export interface DecisionState<E extends Entity = Entity> {
  definition: EntityDefinition<E>;
  binding: Binding;
  reading: CrmReading<E>;
  /** The states of the record's parents, by `parentKey`. */
  parents: ReadonlyMap<string, ParentState>;
  /** Records of Xero that share a key with this one; only asked for while there is no binding. */
  candidates: readonly IdentityCandidate[];
  /** What an admin mapped this record to, as an id in Xero; null: nothing. */
  mapped: string | null;
  facts: PostingFacts;
}

/** What is to be done with a record. */
export type Decision<E extends Entity = Entity> =
  | { kind: 'noop'; reason: 'unchanged'; warnings: Problem[] }
  | { kind: 'exclude'; reason: ExclusionReason | 'parent-excluded' }
  | { kind: 'create'; record: CanonicalRecord<E>; distinctName: boolean }
  | { kind: 'update'; record: CanonicalRecord<E>; xeroId: string; fields: string[] | null }
  | { kind: 'link'; record: CanonicalRecord<E>; xeroId: string; by: string }
  | { kind: 'wait'; parents: ParentRef[] }
  | { kind: 'park'; problem: Problem; awaits: ParentRef[] }
  | { kind: 'moved'; crmId: string }
  /** The id points at another record than before. */
  | { kind: 'replaced'; was: string; is: string };

/** Under this key a parent's state is found. */
export function parentKey(parent: { entity: Entity; crmId: string }): string {
  return `${parent.entity}/${parent.crmId}`;
}

/** The one decision. Pure: replayed, shuffled and lost hints change when it is made, not what it says. */
export function decide<E extends Entity>(state: DecisionState<E>): Decision<E> {
  const { reading, binding } = state;
  switch (reading.state) {
    case 'missing':
      return gone(binding, 'deleted-in-crm');
    case 'excluded':
      return gone(binding, reading.reason);
    case 'invalid':
      return park({ code: 'RECORD_INVALID', meta: { reason: reading.reason } });
    case 'found':
      if (reading.record.id !== binding.crmId) return { kind: 'moved', crmId: reading.record.id };
      if (differs(binding.birthMark, reading.birthMark)) {
        return { kind: 'replaced', was: binding.birthMark ?? '', is: reading.birthMark ?? '' };
      }
      return decideFound(state, reading.record);
  }
}

function decideFound<E extends Entity>(state: DecisionState<E>, record: CanonicalRecord<E>): Decision<E> {
  const { definition, binding, mapped } = state;
  const exclusion = definition.exclusion(record);
  if (exclusion !== null) return excluded(state, record, exclusion);
  if (mapped !== null && mapped !== binding.xeroId)
    return { kind: 'link', record, xeroId: mapped, by: 'mapping' };
  if (binding.xeroId !== null && isUnchanged(state, record)) {
    return { kind: 'noop', reason: 'unchanged', warnings: definition.warnings(record) };
  }
  return obstacle(state, record) ?? write(state, record);
}

/** How a record that was posted stands in the CRM now, as people say it. */
const HOW_GONE: Readonly<Record<ExclusionReason, string>> = {
  'deleted-in-crm': 'is no longer in the CRM',
  'not-confirmed': 'is not confirmed in the CRM any more',
  draft: 'is a draft again in the CRM',
  cancelled: 'is cancelled in the CRM',
  inactive: 'is inactive in the CRM',
};

/** What was posted before it went stays in Xero, and says so: money that stands there unseen is the worst. */
function gone<E extends Entity>({ xeroId }: Binding, reason: ExclusionReason): Decision<E> {
  if (xeroId === null) return { kind: 'exclude', reason };
  return {
    kind: 'noop',
    reason: 'unchanged',
    warnings: [{ code: 'GONE_FROM_CRM', meta: { reason: HOW_GONE[reason], state: reason } }],
  };
}

/** A record that was posted and is then cancelled stays where it is, and says so: nothing is voided unasked. */
function excluded<E extends Entity>(
  { binding, definition }: DecisionState<E>,
  record: CanonicalRecord<E>,
  reason: ExclusionReason,
): Decision<E> {
  if (binding.xeroId === null) return { kind: 'exclude', reason };
  const cancelled: Problem[] = reason === 'cancelled' ? [{ code: 'INVOICE_CANCELLED_IN_CRM', meta: {} }] : [];
  return { kind: 'noop', reason: 'unchanged', warnings: [...definition.warnings(record), ...cancelled] };
}

function isUnchanged<E extends Entity>(
  { binding, definition }: DecisionState<E>,
  record: CanonicalRecord<E>,
): boolean {
  if (binding.crmHash === null) return false;
  return (
    binding.codecVersion !== definition.codecVersion ||
    binding.crmHash === canonicalHash(definition.owned(record))
  );
}

function obstacle<E extends Entity>(state: DecisionState<E>, record: CanonicalRecord<E>): Decision<E> | null {
  const problem = state.definition.check(record, state.facts);
  const { binding } = state;
  if (problem?.code === 'DATE_LOCKED' && binding.xeroId === null) return locked(state, record, problem);
  return problem ? park(problem) : parentObstacle(state, record, isRequired);
}

/**
 * A locked period refuses new records; what is in Xero already is linked, or all that hangs on it would stay outside.
 * Only the parent by which it would be recognised is waited for: nothing is made in Xero for what may never come.
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

function isRequired({ required }: ParentRef): boolean {
  return required;
}

/** The parent that a record belongs to is one of the keys by which it is recognised. */
function identifies({ required, entity }: ParentRef): boolean {
  return required && entity !== 'taxes';
}

function parentObstacle<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
  counts: (parent: ParentRef) => boolean,
): Decision<E> | null {
  const required = state.definition.parents(record).filter(counts);
  const unsettled = required.filter((parent) => needsWork(state.parents.get(parentKey(parent))));
  if (unsettled.length > 0) return { kind: 'wait', parents: unsettled };
  const absent = required.filter((parent) => (state.parents.get(parentKey(parent))?.xeroId ?? null) === null);
  const [first] = absent;
  if (!first) return null;
  const found = state.parents.get(parentKey(first));
  if (found?.status === 'excluded' && state.definition.whenParentExcluded === 'exclude') {
    return { kind: 'exclude', reason: 'parent-excluded' };
  }
  return park(parentProblem(first, found), absent);
}

/** Never heard of, or with something of its own to do: it comes first. */
function needsWork(parent: ParentState | undefined): boolean {
  if (!parent || parent.live) return true;
  return parent.xeroId === null && (parent.status === 'pending' || parent.status === 'waiting');
}

/** One of an entity, as people call it. */
const ONE_OF: Readonly<Record<Entity, string>> = {
  taxes: 'tax',
  customers: 'customer',
  items: 'item',
  invoices: 'invoice',
  payments: 'payment',
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

function write<E extends Entity>(state: DecisionState<E>, record: CanonicalRecord<E>): Decision<E> {
  const { binding, definition } = state;
  if (binding.xeroId === null) return writeFirst(state, record);
  if (definition.editForbidden) return park({ code: definition.editForbidden, meta: {} });
  return { kind: 'update', record, xeroId: binding.xeroId, fields: changedFields(state, record) };
}

function changedFields<E extends Entity>(
  { binding, definition }: DecisionState<E>,
  record: CanonicalRecord<E>,
) {
  const before = binding.crmSnapshot;
  if (binding.crmHash === null || before === null || typeof before !== 'object' || Array.isArray(before))
    return null;
  const now = definition.owned(record);
  const then = before as { readonly [field: string]: typeof before | undefined };
  return Object.keys(now).filter(
    (field) => canonicalHash({ value: now[field] }) !== canonicalHash({ value: then[field] }),
  );
}

function writeFirst<E extends Entity>(state: DecisionState<E>, record: CanonicalRecord<E>): Decision<E> {
  const { definition, binding, candidates, parents } = state;
  const parent = definition.parents(record).find(identifies);
  const parentXeroId = parent ? (parents.get(parentKey(parent))?.xeroId ?? null) : null;
  const keys = { ...definition.keys(record, parentXeroId), marker: markerOf(binding) };
  const verdict = matchIdentity({ crmId: record.id, keys, rules: definition.identity, candidates });
  return ofVerdict(verdict, record, keys.number);
}

function ofVerdict<E extends Entity>(
  verdict: IdentityVerdict,
  record: CanonicalRecord<E>,
  number: string | null,
): Decision<E> {
  switch (verdict.kind) {
    case 'none':
      return { kind: 'create', record, distinctName: false };
    case 'none-but-name':
      return { kind: 'create', record, distinctName: true };
    case 'match':
      return { kind: 'link', record, xeroId: verdict.candidate.xeroId, by: verdict.by };
    case 'archived':
      return park({ code: 'CONTACT_ARCHIVED', meta: {} });
    case 'claimed':
      return park({ code: 'DUPLICATE_CLAIM', meta: { xeroId: verdict.candidate.xeroId } });
    case 'ambiguous':
      return park({ code: 'CUSTOMER_MATCH_AMBIGUOUS', meta: { count: verdict.count } });
    case 'number-differs': {
      const difference = `${verdict.differences.join(', ')} differ`;
      return park({ code: 'INVOICE_NUMBER_TAKEN', meta: { number: number ?? '', difference } });
    }
    case 'name-proposes': {
      const { xeroId, keys } = verdict.candidate;
      return park({ code: 'CUSTOMER_NAME_TAKEN', meta: { name: keys.name ?? '', proposedXeroId: xeroId } });
    }
  }
}

function park<E extends Entity>(problem: Problem, awaits: ParentRef[] = []): Decision<E> {
  return { kind: 'park', problem, awaits };
}

function differs(known: string | null, found: string | null): boolean {
  return known !== null && found !== null && known !== found;
}
