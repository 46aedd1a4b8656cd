import type { Entity } from '@sync/domain';
import { type Booking, type EntityDefinition, parentKey } from '../definition.js';
import type { ClaimedOperation, ParentState } from '../ports/stores.js';
import type { CompletedReading } from './completed-reading.js';
import type { DrainContext } from './context.js';
import { lookAtSameRecord } from './same-record.js';

/**
 * Says of records that are booked as another entity that they do not count as this one, and has the other one looked at.
 * What is in Xero stays what it is there, and what is on its way there or waits to go is left to come to its end: only
 * what is neither goes by the settings. So nothing is booked twice, whenever they are changed.
 */
export async function bookedOtherwise<E extends Entity>(
  context: DrainContext,
  { booking }: EntityDefinition<E>,
  operations: readonly ClaimedOperation[],
  readings: ReadonlyMap<string, CompletedReading<E>>,
): Promise<Map<string, CompletedReading<E>>> {
  const open = operations.filter(({ binding: { crmId, xeroId } }) => crmId !== null && xeroId === null);
  if (!booking || open.length === 0) return new Map(readings);
  const others = await statesOf(context, booking.otherwise, open);
  const elsewhere = open.filter(({ binding: { crmId } }) => {
    const reading = readings.get(crmId ?? '');
    const state = others.get(parentKey({ entity: booking.otherwise, crmId: crmId ?? '' }));
    return reading !== undefined && isElsewhere(context, booking, { reading, state });
  });
  // Before this one is settled: a worker that dies in between comes by here again.
  await lookAtSameRecord(context, elsewhere, booking.looksAt);
  const ids = new Set(elsewhere.map(({ binding }) => binding.crmId ?? ''));
  return new Map([...readings].map(([id, reading]) => [id, ids.has(id) ? otherwise(reading) : reading]));
}

async function statesOf(
  { parts, organization }: DrainContext,
  entity: Entity,
  operations: readonly ClaimedOperation[],
): Promise<Map<string, ParentState>> {
  const wanted = operations.map(({ binding }) => ({ entity, crmId: binding.crmId ?? '' }));
  const states = await parts.stores.operations.parents(organization.id, wanted);
  return new Map(states.map((state) => [parentKey(state), state]));
}

function isElsewhere<E extends Entity>(
  { organization }: DrainContext,
  booking: Booking<E>,
  { reading, state }: { reading: CompletedReading<E>; state: ParentState | undefined },
): boolean {
  if (state && stands(state)) return true;
  return reading.state === 'found' && !booking.isChosen(reading.record, organization.settings);
}

/** A call for one that is excluded may still be under way, from before it was. */
function stands({ xeroId, live, status }: ParentState): boolean {
  return xeroId !== null || live || status !== 'excluded';
}

/** What is gone from the CRM is so whatever it was booked as. */
function otherwise<E extends Entity>(reading: CompletedReading<E>): CompletedReading<E> {
  if (reading.state === 'missing') return reading;
  return { id: reading.id, state: 'excluded', reason: 'booked-otherwise' };
}
