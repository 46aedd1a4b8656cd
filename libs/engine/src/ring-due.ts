import { ENTITIES, type Entity } from '@sync/domain';
import type { EngineParts } from './drain/context.js';
import type { DueWork } from './ports/stores.js';

/** Rings for what a drain could do something about now. */
export async function ringDue(parts: EngineParts, due: readonly DueWork[]): Promise<void> {
  for (const { organizationId, organizationName, entity, bestLane } of worthRinging(due)) {
    if (bestLane === 'backfill' && (await parentsAreSwept(parts, organizationId, entity))) continue;
    await parts.bell.ring({ organizationId, organizationName, entity, lane: bestLane });
  }
}

/** Whether entities that this one's backfill waits for are read from the CRM just now. */
export async function parentsAreSwept(
  { stores }: Pick<EngineParts, 'stores'>,
  organizationId: string,
  entity: Entity,
): Promise<boolean> {
  const before = ENTITIES.slice(0, ENTITIES.indexOf(entity));
  return before.length > 0 && (await stores.sweeps.running(organizationId, before));
}

/**
 * Of what is due, what a drain could do something about now, parents first: events, and of each organization the
 * backfill of its first entity. The backfill of the others waits until nothing before them is due, and whoever works
 * on the first one rings for the next: rung for earlier, they would only take the lease from it in turn.
 */
function worthRinging(due: readonly DueWork[]): DueWork[] {
  const begun = new Set<string>();
  return inDrainOrder(due).filter(({ organizationId, bestLane }) => {
    const first = !begun.has(organizationId);
    begun.add(organizationId);
    return first || bestLane === 'event';
  });
}

/** Parents before children, since children cannot do without them. */
export function inDrainOrder<T extends Pick<DueWork, 'entity'>>(work: readonly T[]): T[] {
  return work.toSorted((a, b) => ENTITIES.indexOf(a.entity) - ENTITIES.indexOf(b.entity));
}
