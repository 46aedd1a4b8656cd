import { type CanonicalRecord, crmEntityOf } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import { markerOf } from '../marker.js';
import type { CrmRemoveResult } from '../ports/crm.js';
import type { ClaimedOperation, Outcome } from '../ports/stores.js';
import { changedMeanwhile } from './changed-meanwhile.js';
import type { DrainContext } from './context.js';

/** Records that the CRM takes out in one call. */
const REMOVALS_PER_CALL = 50;

/** A record that is to be taken out of the CRM, as it was read. */
export interface CrmRemovalReady {
  operation: ClaimedOperation;
  outOfCrm: CanonicalRecord;
}

/** Takes records out of the CRM. What is gone already is taken out: whoever dies in between repeats it. */
export async function removeFromCrm(
  context: DrainContext,
  definition: EntityDefinition,
  ready: readonly CrmRemovalReady[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < ready.length; start += REMOVALS_PER_CALL) {
    const part = ready.slice(start, start + REMOVALS_PER_CALL);
    const removals = part.map(({ operation, outOfCrm }) => ({
      key: keyOf(operation),
      crmId: outOfCrm.id,
      was: outOfCrm,
    }));
    const results = await context.crm.remove(crmEntityOf(definition.entity), removals, context.signal);
    const byKey = new Map(results.map((result) => [result.key, result]));
    for (const { operation } of part)
      outcomes.push(outcomeOf(context, operation, byKey.get(keyOf(operation))));
  }
  return outcomes;
}

function keyOf({ binding }: ClaimedOperation): string {
  return `${markerOf(binding)}:out`;
}

/** What the CRM says nothing of is asked again: it may be gone by then, which is as good. */
function outcomeOf(
  context: DrainContext,
  operation: ClaimedOperation,
  result: CrmRemoveResult | undefined,
): Outcome {
  const { label } = operation.binding;
  if (result?.state === 'removed')
    return { operation, kind: 'excluded', reason: 'gone-from-xero', label, lookAgainAt: null };
  if (result?.state === 'refused')
    return { operation, kind: 'parked', code: result.code, meta: result.meta, label };
  return changedMeanwhile(context, operation, label);
}
