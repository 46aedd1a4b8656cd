import { type Entity, type Json, SyncError } from '@sync/domain';
import { fieldsOf } from '../agreement.js';
import type { Decision } from '../decide.js';
import { markerOf } from '../marker.js';
import type { Outcome, XeroCopy } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import type { Ready, Subject } from './ready.js';
import { basisOf } from './refused-before.js';

/** The element that takes a record out of Xero, as follows from what Xero holds. What was agreed of the CRM stays. */
export function voiding<E extends Entity>(
  { parts, reference }: DrainContext,
  { operation }: Subject<E>,
  { copy, decision }: { copy: XeroCopy; decision: Extract<Decision<E>, { kind: 'void' }> },
): Outcome | Ready {
  const { binding } = operation;
  const { xeroId } = binding;
  if (xeroId === null) throw new SyncError('bug', 'A record that is not in Xero cannot be taken out of it');
  const encoded = parts.xero.encodeVoid(binding.entity, copy.record);
  const label = binding.label ?? '';
  if (!encoded.ok) return { operation, kind: 'parked', code: encoded.code, meta: encoded.meta, label };
  const { element, expected, adjusted } = encoded;
  const crmOwned = fieldsOf(binding.crmSnapshot) as { readonly [field: string]: Json };
  const { renew, warnings } = decision;
  const basis = basisOf(element, reference, [xeroId]);
  const intent = { label, crmOwned, birthMark: null, expected, adjusted, warnings, renew, basis };
  const naturalKey = copy.record.keys.number;
  return { operation, action: 'void', element, intent, marker: markerOf(binding), naturalKey, xeroId };
}
