import { canonicalHash, type CanonicalRecord, type Entity } from '@sync/domain';
import { decideBoth } from './decide-both.js';
import { writeFirst } from './decide-first.js';
import { editForbidden, goneFromCrm, goneFromXero } from './decide-gone.js';
import { obstacle } from './decide-obstacle.js';
import { agreedInCrm, type Decision, type DecisionState } from './decision.js';
import type { Problem } from './definition.js';
import { agreedInOlderForm, changedFields, isSettledInOlderForm } from './older-form.js';

export { needsWork } from './decide-parents.js';
export * from './decision.js';

/** The one decision. Pure: replayed, shuffled and lost hints change when it is made, not what it says. */
export function decide<E extends Entity>(state: DecisionState<E>): Decision<E> {
  const { reading, binding } = state;
  switch (reading.state) {
    case 'missing':
      return goneFromCrm(state, { reason: 'deleted-in-crm', record: null });
    case 'excluded':
      return goneFromCrm(state, { reason: reading.reason, record: null });
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
  const { definition, binding, mapped, facts } = state;
  const exclusion = definition.exclusion(record);
  if (exclusion !== null) return goneFromCrm(state, { reason: exclusion, record });
  if (mapped !== null && mapped !== binding.xeroId)
    return { kind: 'link', record, xeroId: mapped, by: 'mapping' };
  const gone = binding.xeroId === null ? null : goneFromXero(state, record);
  if (gone) return gone;
  const both = binding.xeroId === null ? null : decideBoth(state, record);
  if (both) return both;
  if (binding.xeroId !== null && isUnchanged(state, record)) {
    return { kind: 'noop', reason: 'unchanged', warnings: definition.warnings(record, facts) };
  }
  return obstacle(state, record) ?? write(state, record);
}

function isUnchanged<E extends Entity>(
  { binding, definition, flow }: DecisionState<E>,
  record: CanonicalRecord<E>,
): boolean {
  if (binding.crmHash === null) return false;
  const now = definition.owned(record);
  if (binding.codecVersion !== definition.codecVersion)
    return !flow.toXero || isSettledInOlderForm(binding, now);
  return binding.crmHash === canonicalHash(now);
}

function write<E extends Entity>(state: DecisionState<E>, record: CanonicalRecord<E>): Decision<E> {
  const { binding, definition } = state;
  if (binding.xeroId === null) return writeFirst(state, record);
  if (definition.editForbidden) return editForbidden(state, definition.editForbidden);
  return { kind: 'update', record, xeroId: binding.xeroId, fields: fieldsToWrite(state, record) };
}

/** Null: all of it, since nobody knows what changed. */
function fieldsToWrite<E extends Entity>(
  { binding, definition }: DecisionState<E>,
  record: CanonicalRecord<E>,
): string[] | null {
  const now = definition.owned(record);
  const older = binding.codecVersion !== definition.codecVersion;
  const then = older ? agreedInOlderForm(binding, now) : agreedInCrm(binding);
  if (then === null) return null;
  const changed = changedFields(then, now);
  return older && changed.length === 0 ? null : changed;
}

function park<E extends Entity>(problem: Problem): Decision<E> {
  return { kind: 'park', problem, awaits: [] };
}

function differs(known: string | null, found: string | null): boolean {
  return known !== null && found !== null && known !== found;
}
