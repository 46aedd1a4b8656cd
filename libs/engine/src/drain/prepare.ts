import type { CanonicalRecord, Entity } from '@sync/domain';
import { parentKey } from '../decide.js';
import type { EntityDefinition } from '../definition.js';
import { markerOf } from '../marker.js';
import type { CrmReading } from '../ports/crm.js';
import type { Binding, ClaimedOperation, IdentityCandidate, Outcome, ParentState } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import { refreshIdentities } from './identities.js';
import { readAgainBeforeParking } from './reference-data.js';
import { freeOfGone } from './take-over.js';
import { type Ready, type Subject, translate } from './translate.js';
import { CrmReplaced } from './trouble.js';

/** What claimed operations came to: some are to be written, the rest has its outcome. */
export interface Prepared {
  ready: Ready[];
  outcomes: Outcome[];
}

/** Reads claimed records afresh, decides each, and encodes those that are to be written. */
export async function prepare<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
): Promise<Prepared> {
  const readings = await readAll(context, definition, operations);
  const parents = await parentStates(context, definition, [...readings.values()]);
  const candidates = await candidatesFor(context, definition, { operations, readings, parents });
  const subjects = operations.flatMap((operation): Subject<E>[] => {
    const reading = readings.get(operation.binding.crmId ?? '');
    return reading ? [{ operation, reading, parents, candidates }] : [];
  });
  const prepared = translateAll(context, definition, subjects);
  const again = await readAgainBeforeParking(context, prepared.outcomes);
  return again ? translateAll(context, definition, subjects) : prepared;
}

function translateAll<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subjects: readonly Subject<E>[],
): Prepared {
  const prepared: Prepared = { ready: [], outcomes: [] };
  let candidates = subjects[0]?.candidates ?? [];
  for (const subject of subjects) {
    const result = translateSafely(context, definition, { ...subject, candidates });
    if ('element' in result) {
      prepared.ready.push(result);
    } else {
      prepared.outcomes.push(result);
      candidates = claimed(candidates, result);
    }
  }
  return prepared;
}

/** What one record was just linked to is no other's: two payments that are alike take two, or the second is made. */
function claimed(candidates: readonly IdentityCandidate[], outcome: Outcome): readonly IdentityCandidate[] {
  if (outcome.kind !== 'written' || outcome.action !== 'link') return candidates;
  const crmId = outcome.operation.binding.crmId ?? '';
  return candidates.map((candidate) =>
    candidate.xeroId === outcome.xero.xeroId
      ? { ...candidate, boundCrmIds: [...candidate.boundCrmIds, crmId] }
      : candidate,
  );
}

/** One record that breaks our own code parks alone; its batch and its organization go on. */
function translateSafely<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  subject: Subject<E>,
): Outcome | Ready {
  try {
    return translate(context, definition, subject);
  } catch (error) {
    if (error instanceof CrmReplaced) throw error;
    const { operation } = subject;
    const reference = context.parts.newId();
    context.parts.log.error(
      { reference, bindingId: operation.binding.id, error },
      'a record broke the service',
    );
    const meta = { reason: 'the record could not be prepared', reference };
    return { operation, kind: 'parked', code: 'UNEXPECTED', meta, label: operation.binding.label };
  }
}

async function readAll<E extends Entity>(
  { crm, signal }: DrainContext,
  definition: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
): Promise<Map<string, CrmReading<E>>> {
  const readings = new Map<string, CrmReading<E>>();
  const ask: string[] = [];
  for (const { binding } of operations) {
    const id = binding.crmId ?? '';
    const record = definition.derive(id);
    if (record) readings.set(id, { id, state: 'found', record, birthMark: null });
    else ask.push(id);
  }
  const found = ask.length > 0 ? await crm.read(definition.entity, ask, signal) : [];
  for (const reading of found) readings.set(reading.id, reading);
  for (const id of ask) if (!readings.has(id)) readings.set(id, { id, state: 'missing' });
  return readings;
}

async function parentStates<E extends Entity>(
  { parts, organization }: DrainContext,
  definition: EntityDefinition<E>,
  readings: readonly CrmReading<E>[],
): Promise<Map<string, ParentState>> {
  const wanted = new Map(
    readings
      .flatMap((reading) => (reading.state === 'found' ? definition.parents(reading.record) : []))
      .map(({ entity, crmId }) => [parentKey({ entity, crmId }), { entity, crmId }]),
  );
  if (wanted.size === 0) return new Map();
  const states = await parts.stores.operations.parents(organization.id, [...wanted.values()]);
  return new Map(states.map((state) => [parentKey(state), state]));
}

async function candidatesFor<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  known: {
    operations: readonly ClaimedOperation[];
    readings: ReadonlyMap<string, CrmReading<E>>;
    parents: ReadonlyMap<string, ParentState>;
  },
): Promise<IdentityCandidate[]> {
  const wanted = known.operations.flatMap(({ binding }) => {
    const reading = known.readings.get(binding.crmId ?? '');
    const firstWrite = binding.xeroId === null && reading?.state === 'found';
    return firstWrite ? [keysOf(definition, reading.record, binding, known.parents)] : [];
  });
  if (wanted.length === 0) return [];
  await refreshIdentities(context, definition.entity);
  const { identities } = context.parts.stores;
  const candidates = await identities.candidates(context.organization.id, definition.entity, wanted);
  return freeOfGone(context, definition, wanted, candidates);
}

function keysOf<E extends Entity>(
  definition: EntityDefinition<E>,
  record: CanonicalRecord<E>,
  binding: Binding,
  parents: ReadonlyMap<string, ParentState>,
) {
  const parent = definition.parents(record).find(({ required, entity }) => required && entity !== 'taxes');
  const parentXeroId = parent ? (parents.get(parentKey(parent))?.xeroId ?? null) : null;
  return { ...definition.keys(record, parentXeroId), marker: markerOf(binding) };
}
