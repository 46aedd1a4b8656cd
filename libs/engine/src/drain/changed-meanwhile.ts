import type { ClaimedOperation, Outcome } from '../ports/stores.js';
import type { DrainContext } from './context.js';

/** What somebody in the CRM changes again and again is looked at less and less often. */
const LONGEST_PAUSE_MS = 60_000;

/** So often in a row is no person at work any more: it is told, and left alone until somebody changes or retries it. */
const MOST_ATTEMPTS = 10;

/** What becomes of a record that the CRM said it had changed since it was read. */
export function changedMeanwhile(
  { parts }: DrainContext,
  operation: ClaimedOperation,
  label: string | null,
): Outcome {
  const { attempts } = operation;
  if (attempts + 1 >= MOST_ATTEMPTS)
    return { operation, kind: 'parked', code: 'CRM_RECORD_KEEPS_CHANGING', meta: {}, label };
  const pause = Math.min(2 ** attempts * 1000, LONGEST_PAUSE_MS) - 1000;
  const dueAt = new Date(parts.clock.now().getTime() + pause);
  return { operation, kind: 'again', dueAt, reason: 'changed in the CRM meanwhile', free: false };
}
