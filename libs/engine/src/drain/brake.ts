import type { CanonicalRecord, Entity } from '@sync/domain';
import type { ClaimedOperation, GraveEffect, Outcome } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import type { CrmRemovalReady } from './remove-from-crm.js';
import type { Ready } from './ready.js';
import type { CrmReady } from './write-back.js';

/** What is ready to be written, on both sides. */
export interface Writes {
  ready: Ready[];
  intoCrm: CrmReady[];
  outOfCrm: CrmRemovalReady[];
}

/**
 * Holds voids, deletions and changes of amounts where there are more of them than usual: those are parked until a person
 * confirms, and decided anew after that. Everything else goes on.
 */
export async function brake(
  context: DrainContext,
  entity: Entity,
  writes: Writes,
): Promise<{ writes: Writes; held: Outcome[] }> {
  const grave = graveOf(writes);
  if (grave.length === 0) return { writes, held: [] };
  const { stores } = context.parts;
  const changes = grave.map(({ operation, effect }) => ({ bindingId: operation.binding.id, effect }));
  const passed = await stores.brake.pass(context.organization.id, entity, changes);
  if (passed.open) return { writes, held: [] };
  const meta = { count: passed.count };
  const held = grave.map(({ operation }): Outcome => {
    const { label } = operation.binding;
    return { operation, kind: 'parked', code: 'MASS_CHANGE_HELD', meta, label };
  });
  return { writes: without(writes, new Set(grave.map(({ operation }) => operation))), held };
}

/** A change that the brake counts. */
interface Grave {
  operation: ClaimedOperation;
  effect: GraveEffect;
}

function graveOf({ ready, intoCrm, outOfCrm }: Writes): Grave[] {
  const changed = intoCrm.filter(({ intoCrm: { record, was } }) => was !== null && isGrave(was, record));
  const as = (effect: GraveEffect) => (write: { operation: ClaimedOperation }) => ({
    operation: write.operation,
    effect,
  });
  return [
    ...ready.filter(({ action }) => action === 'void').map(as('void-in-xero')),
    ...ready.filter(({ action, amounts }) => action !== 'void' && amounts).map(as('change-in-xero')),
    ...changed.map(as('change-in-crm')),
    ...outOfCrm.map(as('remove-from-crm')),
  ];
}

/** What counts in the books: how much, and whether at all. */
function isGrave(was: CanonicalRecord, record: CanonicalRecord): boolean {
  const [before, after]: { [field: string]: unknown }[] = [{ ...was }, { ...record }];
  return ['total', 'amount', 'status', 'active'].some((field) => before?.[field] !== after?.[field]);
}

function without({ ready, intoCrm, outOfCrm }: Writes, held: ReadonlySet<ClaimedOperation>): Writes {
  return {
    ready: ready.filter(({ operation }) => !held.has(operation)),
    intoCrm: intoCrm.filter(({ operation }) => !held.has(operation)),
    outOfCrm: outOfCrm.filter(({ operation }) => !held.has(operation)),
  };
}
