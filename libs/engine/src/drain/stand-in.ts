import type { Entity } from '@sync/domain';
import type { Decision } from '../decide.js';
import type { EntityDefinition } from '../definition.js';
import type { Outcome } from '../ports/stores.js';
import { fallbackVendorName } from '../purchases.js';
import type { DrainContext } from './context.js';
import type { Subject } from './ready.js';
import { resolveReferences, unresolved } from './references.js';

/**
 * What a record lacks that waits for a supplier who only stands in for an unknown one: he is not made in Xero as long as
 * nothing can go there that needs him. Null: it lacks nothing, or waits for others.
 */
export function beforeStandIn<E extends Entity>(
  context: DrainContext,
  definition: EntityDefinition<E>,
  { operation, reading, parents }: Subject<E>,
  { parents: awaited }: Extract<Decision<E>, { kind: 'wait' }>,
): Outcome | null {
  if (reading?.state !== 'found' || !awaited.some(isStandIn)) return null;
  const { record } = reading;
  const resolved = resolveReferences({ context, definition, record, parents });
  return resolved.state === 'resolved' ? null : unresolved(operation, resolved, definition.label(record));
}

function isStandIn(parent: { entity: Entity; crmId?: string | null }): boolean {
  return parent.entity === 'vendors' && fallbackVendorName(parent.crmId ?? '') !== null;
}
