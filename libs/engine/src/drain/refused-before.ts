import { canonicalHash, type Json } from '@sync/domain';
import type { ClaimedOperation, Outcome, WriteBasis } from '../ports/stores.js';
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
 * What a write rests on: the element says what the CRM's record, its references and mappings came to, and Xero's settings
 * bear on whether it is taken.
 */
export function basisOf(element: Json, reference: XeroReference, hangsOn: readonly string[]): WriteBasis {
  const known = HASHES.get(reference) ?? canonicalHash(reference as unknown as Json);
  HASHES.set(reference, known);
  return { hash: canonicalHash({ element, reference: known }), hangsOn };
}

/**
 * Leaves parked what Xero refused before and would refuse again: each try costs a call. The refusal is forgotten where a person
 * or the CRM asks for another try, and where Xero changed what the write hangs on; after a day it is tried in any case,
 * since not everything that Xero goes by is known here.
 */
export function withoutRefused<D extends Decided>(context: DrainContext, decided: D): D {
  const now = context.parts.clock.now();
  const isStill = ({ operation, intent }: Ready) => isSame(operation, intent.basis, now);
  const still = decided.ready.filter(isStill);
  if (still.length === 0) return decided;
  const parked = still.map(({ operation }): Outcome => ({ operation, kind: 'still-refused' }));
  return {
    ...decided,
    ready: decided.ready.filter((ready) => !isStill(ready)),
    outcomes: [...decided.outcomes, ...parked],
  };
}

/** Whether this is what was refused less than a day ago; what had another outcome since is no longer set aside for that. */
function isSame({ binding, refused }: ClaimedOperation, basis: WriteBasis | undefined, now: Date): boolean {
  if (refused === null || binding.status !== 'parked' || refused.hash !== basis?.hash) return false;
  return now.getTime() - refused.at.getTime() < REFUSED_AGAIN_MS;
}
