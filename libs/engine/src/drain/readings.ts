import { crmEntityOf, type Entity } from '@sync/domain';
import { type EntityDefinition, parentKey } from '../definition.js';
import { identityKeysOf } from '../identity-keys.js';
import type { CrmReading } from '../ports/crm.js';
import type { ClaimedOperation, IdentityCandidate, ParentState } from '../ports/stores.js';
import { type CompletedReading, completed } from './completed-reading.js';
import type { DrainContext } from './context.js';
import { refreshIdentities } from './identities.js';
import { freeOfGone } from './take-over.js';

/** Reads claimed records of the CRM afresh, by their ids. */
export async function readAll<E extends Entity>(
  { crm, signal, organization }: DrainContext,
  definition: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
): Promise<Map<string, CompletedReading<E>>> {
  const readings = new Map<string, CompletedReading<E>>();
  const ask: string[] = [];
  for (const { binding } of operations) {
    const { crmId: id } = binding;
    if (id === null) continue;
    const record = definition.derive(id);
    if (record) readings.set(id, { id, state: 'found', record, birthMark: null });
    else ask.push(id);
  }
  // The record is the same one, whatever it is booked as.
  const asked = crmEntityOf(definition.entity);
  const found = ask.length > 0 ? ((await crm.read(asked, ask, signal)) as CrmReading<E>[]) : [];
  for (const reading of found)
    readings.set(reading.id, completed(definition, reading, organization.settings));
  for (const id of ask) if (!readings.has(id)) readings.set(id, { id, state: 'missing' });
  return readings;
}

/** The states of the parents that these records name, by `parentKey`. */
export async function parentStates<E extends Entity>(
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

/** Records of Xero that share a key with one of these that has no binding yet. */
export async function candidatesFor<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  known: {
    operations: readonly ClaimedOperation[];
    readings: ReadonlyMap<string, CrmReading<E>>;
    parents: ReadonlyMap<string, ParentState>;
  },
): Promise<IdentityCandidate[]> {
  const { parents } = known;
  const wanted = known.operations.flatMap(({ binding }) => {
    const reading = binding.crmId === null ? undefined : known.readings.get(binding.crmId);
    if (binding.xeroId !== null || reading?.state !== 'found') return [];
    return [identityKeysOf({ definition, record: reading.record, binding, parents })];
  });
  if (wanted.length === 0) return [];
  await refreshIdentities(context, definition.entity);
  const { identities } = context.parts.stores;
  const candidates = await identities.candidates(context.organization.id, definition.entity, wanted);
  return freeOfGone(context, definition, wanted, candidates);
}
