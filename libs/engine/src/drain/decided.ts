import { type CanonicalRecord, canonicalHash, type Entity } from '@sync/domain';
import { changedSince } from '../agreement.js';
import type { Decision, XeroSide } from '../decide.js';
import type { EntityDefinition } from '../definition.js';
import { isSettledInOlderForm } from '../older-form.js';
import type { CrmReading } from '../ports/crm.js';
import type { ClaimedOperation, FieldConflict, IdentityCandidate, Outcome } from '../ports/stores.js';
import { count, type DrainContext } from './context.js';
import { knownRecord, recordOf } from './known-record.js';
import { type Intent, writtenOutcome } from './outcomes.js';
import { postingFacts } from './references.js';
import { LOOK_AGAIN_MS } from './timing.js';
import { CrmReplaced } from './trouble.js';
import type { KnownInXero } from './xero-side.js';

/** A record that was decided. */
export interface Decided<E extends Entity> {
  operation: ClaimedOperation;
  /** Null: it is known in Xero only. */
  reading: CrmReading<E> | null;
  candidates: readonly IdentityCandidate[];
  known: KnownInXero | null;
  side: XeroSide<E> | null;
}

/** What is known of a record before it is written, and is needed to commit it. */
export function intentOf<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  record: CanonicalRecord<E>,
  reading: CrmReading<E> | null,
): Intent {
  return {
    label: definition.label(record),
    crmOwned: definition.owned(record),
    birthMark: reading?.state === 'found' ? reading.birthMark : null,
    expected: {},
    adjusted: { taxCents: 0, roundingCents: 0 },
    warnings: definition.warnings(record, postingFacts(context)),
  };
}

/** What follows from a decision that writes nothing. */
export function outcomeOf<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Decided<E>,
  decision: Exclude<Decision<E>, { kind: 'create' | 'update' | 'write-crm' | 'remove-crm' }>,
): Outcome {
  const { operation, reading, candidates } = subject;
  const label = reading?.state === 'found' ? definition.label(reading.record) : operation.binding.label;
  switch (decision.kind) {
    case 'noop':
      return unchanged(context, definition, { ...subject, warnings: decision.warnings });
    case 'agree':
      return agreed(context, definition, subject, decision);
    case 'conflict':
      return { ...conflict(operation, decision.conflicts), label };
    case 'ask-void':
      return asked(context, subject, label, decision);
    case 'void':
      throw new Error('Nothing of Xero is known to be taken out');
    case 'renew':
      return { operation, kind: 'renewed', label };
    case 'later':
      return {
        operation,
        kind: 'again',
        dueAt: after(context, decision.afterMs),
        reason: decision.reason,
        free: true,
      };
    case 'exclude':
      return {
        operation,
        kind: 'excluded',
        reason: decision.reason,
        label,
        lookAgainAt: secondLookAt(context, subject),
      };
    case 'wait':
      return { operation, kind: 'waiting', parents: decision.parents, label: label ?? '', birthMark: null };
    case 'park':
      return { operation, kind: 'parked', ...decision.problem, label, awaits: decision.awaits };
    case 'moved':
      return { operation, kind: 'moved', crmId: decision.crmId };
    case 'link':
      return linked(context, definition, { operation, reading, candidates, known: subject.known, decision });
    case 'replaced':
      throw new CrmReplaced(definition.entity, operation.binding.crmId ?? '', decision.was, decision.is);
  }
}

/** What both sides hold now is agreed: an echo is counted, since each could have been a write too many. */
function agreed<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { operation, reading, side }: Decided<E>,
  { record, by }: Extract<Decision<E>, { kind: 'agree' }>,
): Outcome {
  if (!side) throw new Error('Nothing of Xero is known to agree to');
  if (by === 'echo') count(context.tally, 'near-miss');
  const { codecVersion } = definition;
  const intent = intentOf(context, definition, record, reading);
  const xero = side.copy.record;
  const outcome = writtenOutcome({ operation, action: 'link', intent, xero, codecVersion, detail: { by } });
  return by === 'echo' ? { ...outcome, nearMiss: true } : outcome;
}

/** It stays as it is for as long as nobody answers, and holds up nothing. */
function asked<E extends Entity>(
  context: DrainContext,
  subject: Decided<E>,
  label: string | null,
  { problem, conflict: question }: Extract<Decision<E>, { kind: 'ask-void' }>,
): Outcome {
  return {
    operation: subject.operation,
    kind: 'unchanged',
    warnings: [problem],
    label: label ?? '',
    lookAgainAt: secondLookAt(context, subject),
    conflicts: [question],
  };
}

function conflict(operation: ClaimedOperation, conflicts: readonly FieldConflict[]) {
  const fields = conflicts.map(({ field }) => field).join(', ');
  return {
    operation,
    kind: 'parked' as const,
    code: 'RECORD_CONFLICT' as const,
    meta: { fields },
    conflicts,
  };
}

function after({ parts }: DrainContext, ms: number): Date {
  return new Date(parts.clock.now().getTime() + ms);
}

/**
 * When an event that decided to nothing is looked at once more: a CRM may post it before it commits. What is known in Xero
 * only was told by Xero, which does not.
 */
function secondLookAt<E extends Entity>(
  context: DrainContext,
  { operation: { lane, lookedAgain }, reading }: Pick<Decided<E>, 'operation' | 'reading'>,
): Date | null {
  if (reading === null || lane !== 'event' || lookedAgain) return null;
  return after(context, LOOK_AGAIN_MS);
}

function unchanged<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Decided<E> & { warnings: Intent['warnings'] },
): Outcome {
  const { operation, reading, warnings } = subject;
  const { binding } = operation;
  const lookAgainAt = secondLookAt(context, subject);
  if (reading?.state !== 'found') {
    return { operation, kind: 'unchanged', warnings, label: binding.label ?? '', lookAgainAt };
  }
  const { record } = reading;
  if (isTakenAnew(definition, operation, record)) return inNewForm(context, definition, subject, record);
  return { operation, kind: 'unchanged', warnings, label: definition.label(record), lookAgainAt };
}

/**
 * Whether a snapshot of an older form gives way to one in the form of now. Not where a change waits to be written, nor
 * where the CRM just said that there is one: it may be in what the older form did not have.
 */
function isTakenAnew<E extends Entity>(
  { codecVersion, owned }: EntityDefinition<E>,
  { binding, lane, crmHintedAt }: ClaimedOperation,
  record: CanonicalRecord<E>,
): boolean {
  if (binding.crmHash === null || binding.xeroId === null || binding.codecVersion === codecVersion)
    return false;
  return !(lane === 'event' && crmHintedAt !== null) && isSettledInOlderForm(binding, owned(record));
}

/**
 * A snapshot of an older form is taken anew in the form of now: nothing is written to either side. What Xero changed since
 * is looked at next; of a copy that was not read in the new form yet, the snapshot stays as it was.
 */
function inNewForm<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { operation, reading, known, warnings }: Decided<E> & { warnings: Intent['warnings'] },
  record: CanonicalRecord<E>,
): Outcome {
  const { binding } = operation;
  const { codecVersion } = definition;
  const copy = known?.copy.codecVersion === codecVersion ? known.copy : null;
  const changed = copy !== null && changedSince(binding, copy);
  const taken = changed ? null : copy;
  const intent = { ...intentOf(context, definition, record, reading), warnings };
  const outcome = writtenOutcome({
    operation,
    action: 'link',
    intent,
    xero: taken?.record ?? knownRecord(binding, binding.xeroId ?? ''),
    codecVersion,
    detail: { by: 'new-form', hash: canonicalHash(intent.crmOwned) },
  });
  const xeroCodecVersion = taken ? codecVersion : binding.xeroCodecVersion;
  return { ...outcome, xeroCodecVersion, more: changed };
}

function linked<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  request: Pick<Decided<E>, 'operation' | 'reading' | 'candidates' | 'known'> & {
    decision: Extract<Decision<E>, { kind: 'link' }>;
  },
): Outcome {
  const { operation, reading, candidates, known, decision } = request;
  const survivor = known?.mergedInto?.record;
  const candidate = candidates.find(({ xeroId }) => xeroId === decision.xeroId);
  const goneCrmIds = candidate?.goneCrmIds;
  return writtenOutcome({
    operation,
    action: 'link',
    intent: intentOf(context, definition, decision.record, reading),
    xero: candidate ? recordOf(candidate) : (survivor ?? knownRecord(operation.binding, decision.xeroId)),
    codecVersion: definition.codecVersion,
    detail: { by: decision.by, ...(goneCrmIds ? { insteadOf: goneCrmIds } : {}) },
    ...(goneCrmIds ? { takesFrom: goneCrmIds } : {}),
  });
}
