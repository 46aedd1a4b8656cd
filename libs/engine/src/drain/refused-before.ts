import { canonicalHash, type Json } from '@sync/domain';
import { CLOCKS_APART_MS } from '../decide-both.js';
import type { ClaimedOperation, Outcome } from '../ports/stores.js';
import type { XeroReference } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import type { Ready } from './ready.js';
import { REFUSED_AGAIN_MS } from './timing.js';

/** What was decided and encoded, as far as it bears on what Xero refused before. */
interface Decided {
  ready: Ready[];
  outcomes: Outcome[];
}

const HASHES = new WeakMap<XeroReference, string>();

/**
 * Hash of what a write rests on as far as that is known here: the element says what the CRM's record, its references and
 * mappings came to, and Xero's settings bear on whether it is taken.
 */
export function basisOf(element: Json, reference: XeroReference): string {
  const known = HASHES.get(reference) ?? canonicalHash(reference as unknown as Json);
  HASHES.set(reference, known);
  return canonicalHash({ element, reference: known });
}

/**
 * Leaves parked what Xero refused before and would refuse again: each try costs a call. It is tried again once what it
 * rested on is another, once Xero changed what it hangs on, and after a day, since not everything that Xero goes by is known here.
 */
export async function withoutRefused<D extends Decided>(context: DrainContext, decided: D): Promise<D> {
  const now = context.parts.clock.now();
  const same = decided.ready.filter(({ operation, intent }) => isSame(operation, intent.basis, now));
  if (same.length === 0) return decided;
  const ids = [...new Set(same.flatMap(({ hangsOn }) => hangsOn))];
  const moved = await context.parts.stores.identities.lastMoved(context.organization.id, ids);
  const still = new Set(same.filter((ready) => !hasMoved(ready, moved)));
  const parked = [...still].map(({ operation }): Outcome => ({ operation, kind: 'still-refused' }));
  return {
    ...decided,
    ready: decided.ready.filter((ready) => !still.has(ready)),
    outcomes: [...decided.outcomes, ...parked],
  };
}

/** Whether this is what was refused less than a day ago; what had another outcome since is no longer set aside for that. */
function isSame({ binding, refused }: ClaimedOperation, basis: string | undefined, now: Date): boolean {
  if (refused === null || binding.status !== 'parked' || refused.basis !== basis) return false;
  return now.getTime() - refused.at.getTime() < REFUSED_AGAIN_MS;
}

/** Whether Xero changed any of what a write hangs on after it was refused; what we wrote to the record itself is no such change. */
function hasMoved(
  { hangsOn, operation: { binding, refused } }: Ready,
  moved: ReadonlyMap<string, Date>,
): boolean {
  return hangsOn.some((id) => {
    const at = moved.get(id);
    if (at === undefined || refused === null) return false;
    const isOurs = id === binding.xeroId && binding.xeroUpdatedAt !== null && at <= binding.xeroUpdatedAt;
    // Xero's clock may be behind ours.
    return !isOurs && at.getTime() + CLOCKS_APART_MS > refused.at.getTime();
  });
}
