import type { CanonicalRecord, Entity } from '@sync/domain';
import { changedInXero, fieldsOf } from '../agreement.js';
import { type Decision, type DecisionState, decide, type XeroSide } from '../decide.js';
import { decidePull } from '../decide-pull.js';
import { type EntityDefinition, type ParentRef, parentKey } from '../definition.js';
import { identityKeysOf } from '../identity-keys.js';
import { markerOf } from '../marker.js';
import type { CrmReading } from '../ports/crm.js';
import type { Outcome, ParentState } from '../ports/stores.js';
import { groupOf } from '../three-way.js';
import { boundParent } from './bound-parents.js';
import type { DrainContext } from './context.js';
import { intentOf, outcomeOf } from './decided.js';
import type { Intent } from './outcomes.js';
import type { CrmRemovalReady } from './remove-from-crm.js';
import { voiding } from './voiding.js';
import { mayTake } from './take-over.js';
import { LATER_MS } from './timing.js';
import { type CrmReady, crmReady, flowOf } from './write-back.js';
import { sideOf } from './xero-side.js';
import type { PullFacts } from './pull-facts.js';
import type { Ready, Subject } from './ready.js';
import { mappedId, postingFacts, resolveReferences, unresolved } from './references.js';
import { asRead } from './completed-reading.js';
import { basisOf } from './refused-before.js';
import { beforeStandIn } from './stand-in.js';

/** Decides one record and says what follows: an element to write, a write into the CRM, or an outcome. */
export function translate<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Subject<E>,
  facts: PullFacts,
): Outcome | Ready | CrmReady | CrmRemovalReady {
  const { operation, reading, parents, known } = subject;
  const side = known ? sideOf(context, definition, { known, reading, parents }) : null;
  const decision: Decision<E> =
    reading === null
      ? decidePull({ definition, binding: operation.binding, xero: side, ...facts })
      : decide(stateOf(context, definition, { subject, reading, side }));
  if (decision.kind === 'create' || decision.kind === 'update')
    return encode(context, definition, subject, decision);
  const before = decision.kind === 'wait' ? beforeStandIn(context, definition, subject, decision) : null;
  if (before) return before;
  const { binding } = operation;
  const taken = takenXeroId(subject, decision);
  if (taken !== null && !mayTake(context, taken, binding.id))
    return outcomeOf(context, definition, { ...subject, side }, TAKEN_BY_ANOTHER);
  if (decision.kind === 'void' && side) return voiding(context, subject, { copy: side.copy, decision });
  if (decision.kind === 'remove-crm') return { operation, outOfCrm: asRead(reading) ?? decision.record };
  if (decision.kind === 'write-crm') return crmReady(definition, { operation, reading, side, decision });
  return outcomeOf(context, definition, { ...subject, side }, decision);
}

const TAKEN_BY_ANOTHER = {
  kind: 'later',
  reason: 'another record takes its place in Xero',
  afterMs: LATER_MS,
} as const;

/** The record of Xero that is taken out, or over from a record that is gone; null: it is neither. */
function takenXeroId<E extends Entity>(
  { operation, candidates }: Subject<E>,
  decision: Decision<E>,
): string | null {
  if (decision.kind === 'void') return operation.binding.xeroId;
  if (decision.kind !== 'link') return null;
  const candidate = candidates.find(({ xeroId }) => xeroId === decision.xeroId);
  return candidate?.goneCrmIds ? decision.xeroId : null;
}

function stateOf<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { subject, reading, side }: { subject: Subject<E>; reading: CrmReading<E>; side: XeroSide<E> | null },
): DecisionState<E> {
  const { operation, parents, candidates, choices } = subject;
  return {
    definition,
    binding: operation.binding,
    reading,
    parents,
    candidates,
    mapped: mappedId(context, definition.entity, operation.binding.crmId),
    facts: postingFacts(context),
    flow: flowOf(context, definition.entity),
    policies: context.organization.settings,
    xero: side,
    choices,
    crmSeenAt: operation.crmHintedAt ?? context.parts.clock.now(),
  };
}

/** The fields that say how much a record amounts to. */
const AMOUNTS: ReadonlySet<string> = new Set(['total', 'amount']);

type Write<E extends Entity> = Extract<Decision<E>, { kind: 'create' | 'update' }>;

function encode<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Subject<E>,
  decision: Write<E>,
): Outcome | Ready {
  const { operation, reading, parents } = subject;
  const { record } = decision;
  const label = definition.label(record);
  if (
    definition.entity === 'taxes' &&
    decision.kind === 'create' &&
    !context.organization.settings.createTaxRates
  ) {
    return { operation, kind: 'parked', code: 'TAX_NOT_MAPPED', meta: { tax: label, key: record.id }, label };
  }
  const resolved = resolveReferences({ context, definition, record, parents });
  if (resolved.state !== 'resolved') return unresolved(operation, resolved, label);
  const marker = markerOf(operation.binding);
  const xeroId = decision.kind === 'update' ? decision.xeroId : null;
  const encoded = context.parts.xero.encode({
    entity: definition.entity,
    action: decision.kind,
    record,
    marker,
    xeroId,
    held: subject.known?.copy.record.owned ?? fieldsOf(operation.binding.xeroSnapshot),
    changed: decision.kind === 'update' ? decision.fields : null,
    distinctName:
      decision.kind === 'create' && (decision.distinctName || isNameTaken(context, definition, record)),
    references: resolved.references,
  });
  if (!encoded.ok) return { operation, kind: 'parked', code: encoded.code, meta: encoded.meta, label };
  const { element, expected, adjusted } = encoded;
  const drift = decision.kind === 'update' ? (decision.drift ?? []) : [];
  const known = intentOf(context, definition, record, reading);
  const warnings = [...known.warnings, ...drift];
  const kept = drift.length > 0 ? keptOf(subject) : {};
  const untouched = decision.kind === 'update' ? untouchedBy(subject, definition, decision) : {};
  const hangsOn = [...(xeroId === null ? [] : [xeroId]), ...named(definition.parents(record), parents)];
  const basis = basisOf(element, context.reference, hangsOn);
  const intent: Intent = { ...known, warnings, expected, adjusted, kept, untouched, basis };
  const { number } = identityKeysOf({ definition, record, binding: operation.binding, parents });
  const naturalKey = ['record', 'twin'].includes(definition.identity.number) ? number : null;
  const amounts = decision.kind === 'update' && (decision.fields ?? []).some((field) => AMOUNTS.has(field));
  return { operation, action: decision.kind, element, intent, marker, naturalKey, xeroId, amounts };
}

/** What a record names in Xero, by id. */
function named(refs: readonly ParentRef[], parents: ReadonlyMap<string, ParentState>): string[] {
  return refs.flatMap((ref) => boundParent(parents.get(parentKey(ref)))).map(({ xeroId }) => xeroId);
}

/** Two new records of one name in the same drain: the first keeps the name, and nobody's call is spent on a refusal. */
function isNameTaken<E extends Entity>(
  { namesTaken }: DrainContext,
  definition: EntityDefinition<E>,
  record: CanonicalRecord<E>,
): boolean {
  const name = definition.uniqueName(record)?.trim().toLowerCase();
  if (!name) return false;
  const key = `${definition.entity}/${name}`;
  const holder = namesTaken.get(key) ?? record.id;
  namesTaken.set(key, holder);
  return holder !== record.id;
}

/** What was agreed of Xero's fields that an update leaves alone. A group is written as one. */
function untouchedBy<E extends Entity>(
  { operation: { binding } }: Subject<E>,
  { codecVersion, owned }: EntityDefinition<E>,
  { fields, record }: Extract<Write<E>, { kind: 'update' }>,
): NonNullable<Intent['untouched']> {
  if (fields === null || binding.xeroCodecVersion !== codecVersion) return {};
  const now = owned(record);
  const written = new Set(fields.map((field) => groupOf(field, now)));
  const agreed = Object.entries(fieldsOf(binding.xeroSnapshot));
  return Object.fromEntries(
    agreed.flatMap(([field, was]) =>
      was === undefined || written.has(groupOf(field, now)) ? [] : [[field, was]],
    ),
  );
}

/** What Xero holds otherwise than agreed, and is left as it is: agreed stays what was, so that it is told for as long. */
function keptOf<E extends Entity>({
  operation: { binding },
  known,
}: Subject<E>): NonNullable<Intent['kept']> {
  if (!known) return {};
  const then = fieldsOf(binding.xeroSnapshot);
  const now = known.copy.record.owned;
  return Object.fromEntries(
    changedInXero(binding, known.copy).map((field) => [
      field,
      { was: then[field] ?? null, is: now[field] ?? null },
    ]),
  );
}
