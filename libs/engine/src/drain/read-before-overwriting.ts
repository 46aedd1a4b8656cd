import type { Entity } from '@sync/domain';
import type { DrainContext } from './context.js';
import { bringUpToDate } from './identities.js';
import type { Ready } from './ready.js';
import { OVERWRITE_AGAIN_MS, OVERWRITE_FRESH_MS } from './timing.js';
import { flowOf } from './write-back.js';

/**
 * Reads what changed in Xero before records of an entity that flows both ways are changed or taken out there: a field
 * that was edited on both sides is for the conflict policy, which only a reading makes known. One listing for all of them,
 * and none where the copy is recent. True: it was read, and what was decided by the older copy must be decided anew.
 */
export async function readBeforeOverwriting(
  context: DrainContext,
  entity: Entity,
  ready: readonly Ready[],
): Promise<boolean> {
  const { toXero, toCrm } = flowOf(context, entity);
  const written = ready.filter(({ action }) => action !== 'create');
  if (!toXero || !toCrm || written.length === 0) return false;
  const { parts, organization, overwritesLookedAt } = context;
  const freshMs = overwritesLookedAt.has(entity) ? OVERWRITE_AGAIN_MS : OVERWRITE_FRESH_MS;
  overwritesLookedAt.add(entity);
  const freshness = await parts.stores.identities.freshness(organization.id, entity);
  if (freshness !== null && parts.clock.now().getTime() - freshness.getTime() <= freshMs) return false;
  const urgent = written.some(({ operation }) => operation.lane === 'event');
  await bringUpToDate(context, entity, { full: false, lane: urgent ? 'event' : 'backfill' });
  return true;
}
