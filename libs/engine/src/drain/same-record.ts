import type { Entity } from '@sync/domain';
import type { ClaimedOperation, Hint } from '../ports/stores.js';
import type { DrainContext } from './context.js';

/** Has these entities looked at under the ids that the CRM has for these operations, each in the lane of its own. */
export async function lookAtSameRecord(
  { parts, organization }: DrainContext,
  operations: readonly ClaimedOperation[],
  entities: readonly Entity[],
): Promise<void> {
  for (const lane of ['event', 'backfill'] as const) {
    const ids = operations.flatMap(({ binding, lane: of }) => (of === lane ? (binding.crmId ?? []) : []));
    const hints = ids.flatMap((crmId) => entities.map((entity): Hint => ({ entity, crmId })));
    if (hints.length > 0) await parts.stores.hints.hint({ organizationId: organization.id, lane, hints });
  }
}
