import { type CanonicalRecord, canonicalHash, type Entity } from '@sync/domain';
import { type Decision, decide } from '../decide.js';
import type { EntityDefinition } from '../definition.js';
import { markerOf } from '../marker.js';
import type { CrmReading } from '../ports/crm.js';
import type { ClaimedOperation, IdentityCandidate, Outcome, ParentState } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import { knownRecord, recordOf } from './known-record.js';
import { type Intent, writtenOutcome } from './outcomes.js';
import { accounts, mappedId, postingFacts, referencesFor } from './references.js';
import { LOOK_AGAIN_MS } from './timing.js';
import { CrmReplaced } from './trouble.js';

/** A record that is ready to be written: an element of a call to come. */
export interface Ready {
  operation: ClaimedOperation;
  action: 'create' | 'update';
  element: Parameters<DrainContext['parts']['xero']['compose']>[0]['elements'][number];
  intent: Intent;
  marker: string;
  naturalKey: string | null;
  xeroId: string | null;
}

/** The pieces of one record's present state. */
export interface Subject<E extends Entity> {
  operation: ClaimedOperation;
  reading: CrmReading<E>;
  parents: ReadonlyMap<string, ParentState>;
  candidates: readonly IdentityCandidate[];
}

/** Decides one record and says what follows: an element to write, or an outcome. */
export function translate<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Subject<E>,
): Outcome | Ready {
  const { operation, reading } = subject;
  const decision = decide({
    definition,
    binding: operation.binding,
    reading,
    parents: subject.parents,
    candidates: subject.candidates,
    mapped: mappedId(context, definition.entity, operation.binding.crmId),
    facts: postingFacts(context),
  });
  if (decision.kind === 'create' || decision.kind === 'update')
    return encode(context, definition, subject, decision);
  return outcomeOf(context, definition, subject, decision);
}

type Write<E extends Entity> = Extract<Decision<E>, { kind: 'create' | 'update' }>;

function encode<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { operation, reading, parents }: Subject<E>,
  decision: Write<E>,
): Outcome | Ready {
  const { record } = decision;
  const label = definition.label(record);
  const chosen = accounts(context.mappings);
  if ('code' in chosen) return { operation, kind: 'parked', ...chosen, label };
  if (
    definition.entity === 'taxes' &&
    decision.kind === 'create' &&
    !context.organization.settings.createTaxRates
  ) {
    return { operation, kind: 'parked', code: 'TAX_NOT_MAPPED', meta: { tax: label, key: record.id }, label };
  }
  const marker = markerOf(operation.binding);
  const xeroId = decision.kind === 'update' ? decision.xeroId : null;
  const encoded = context.parts.xero.encode({
    entity: definition.entity,
    action: decision.kind,
    record,
    marker,
    xeroId,
    changed: decision.kind === 'update' ? decision.fields : null,
    distinctName:
      decision.kind === 'create' && (decision.distinctName || isNameTaken(context, definition, record)),
    references: referencesFor({ context, definition, record, parents, accounts: chosen }),
  });
  if (!encoded.ok) return { operation, kind: 'parked', code: encoded.code, meta: encoded.meta, label };
  const { element, expected, adjusted } = encoded;
  const intent: Intent = { ...intentOf(definition, record, reading), expected, adjusted };
  const naturalKey = definition.identity.number === 'record' ? definition.keys(record, null).number : null;
  return { operation, action: decision.kind, element, intent, marker, naturalKey, xeroId };
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

function intentOf<E extends Entity>(
  definition: EntityDefinition<E>,
  record: CanonicalRecord<E>,
  reading: CrmReading<E>,
): Intent {
  return {
    label: definition.label(record),
    crmOwned: definition.owned(record),
    birthMark: reading.state === 'found' ? reading.birthMark : null,
    expected: {},
    adjusted: { taxCents: 0, roundingCents: 0 },
    warnings: definition.warnings(record),
  };
}

function outcomeOf<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { operation, reading, candidates }: Subject<E>,
  decision: Exclude<Decision<E>, Write<E>>,
): Outcome {
  const label = reading.state === 'found' ? definition.label(reading.record) : operation.binding.label;
  const lookAgainAt = secondLookAt(context, operation);
  switch (decision.kind) {
    case 'noop':
      return unchanged(context, definition, { operation, reading, warnings: decision.warnings });
    case 'exclude':
      return { operation, kind: 'excluded', reason: decision.reason, label, lookAgainAt };
    case 'wait':
      return { operation, kind: 'waiting', parents: decision.parents, label: label ?? '', birthMark: null };
    case 'park':
      return { operation, kind: 'parked', ...decision.problem, label, awaits: decision.awaits };
    case 'moved':
      return { operation, kind: 'moved', crmId: decision.crmId };
    case 'link':
      return linked(definition, { operation, reading, candidates, decision });
    case 'replaced':
      throw new CrmReplaced(definition.entity, operation.binding.crmId ?? '', decision.was, decision.is);
  }
}

/** When an event that decided to nothing is looked at once more: a CRM may post it before it commits. */
function secondLookAt({ parts }: DrainContext, { lane, lookedAgain }: ClaimedOperation): Date | null {
  return lane === 'event' && !lookedAgain ? new Date(parts.clock.now().getTime() + LOOK_AGAIN_MS) : null;
}

/** A snapshot of an older form is taken anew in the form of now: nothing is written to either side. */
function unchanged<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  {
    operation,
    reading,
    warnings,
  }: Pick<Subject<E>, 'operation' | 'reading'> & { warnings: Intent['warnings'] },
): Outcome {
  const { binding } = operation;
  const lookAgainAt = secondLookAt(context, operation);
  if (reading.state !== 'found') {
    return { operation, kind: 'unchanged', warnings, label: binding.label ?? '', lookAgainAt };
  }
  const { record } = reading;
  if (
    binding.crmHash !== null &&
    binding.codecVersion !== definition.codecVersion &&
    binding.xeroId !== null
  ) {
    const intent = { ...intentOf(definition, record, reading), warnings };
    return writtenOutcome({
      operation,
      action: 'link',
      intent,
      xero: knownRecord(binding, binding.xeroId),
      codecVersion: definition.codecVersion,
      detail: { by: 'new-form', hash: canonicalHash(intent.crmOwned) },
    });
  }
  return { operation, kind: 'unchanged', warnings, label: definition.label(record), lookAgainAt };
}

function linked<E extends Entity>(
  definition: EntityDefinition<E>,
  request: Pick<Subject<E>, 'operation' | 'reading' | 'candidates'> & {
    decision: Extract<Decision<E>, { kind: 'link' }>;
  },
): Outcome {
  const { operation, reading, candidates, decision } = request;
  const candidate = candidates.find(({ xeroId }) => xeroId === decision.xeroId);
  const goneCrmIds = candidate?.goneCrmIds;
  return writtenOutcome({
    operation,
    action: 'link',
    intent: intentOf(definition, decision.record, reading),
    xero: candidate ? recordOf(candidate) : knownRecord(operation.binding, decision.xeroId),
    codecVersion: definition.codecVersion,
    detail: { by: decision.by, ...(goneCrmIds ? { insteadOf: goneCrmIds } : {}) },
    ...(goneCrmIds ? { takesFrom: goneCrmIds } : {}),
  });
}
