import type { CanonicalRecord, Entity } from '@sync/domain';
import type { ClaimedOperation, Outcome } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import type { CrmRemovalReady } from './remove-from-crm.js';
import { LATER_MS } from './timing.js';
import type { Ready } from './ready.js';
import type { CrmReady } from './write-back.js';

/** What is ready to be written, on both sides. */
export interface Writes {
  ready: Ready[];
  intoCrm: CrmReady[];
  outOfCrm: CrmRemovalReady[];
}

/**
 * Holds voids, deletions and changes of amounts where there are more of them than usual: then the entity stands still
 * until a person confirms. What was decided is decided anew after that. Everything else goes on.
 */
export async function brake(
  context: DrainContext,
  entity: Entity,
  writes: Writes,
): Promise<{ writes: Writes; held: Outcome[] }> {
  const grave = graveOf(writes);
  if (grave.length === 0) return { writes, held: [] };
  const { parts, organization } = context;
  const ids = grave.map(({ binding }) => binding.id);
  const passed = await parts.stores.brake.pass(organization.id, entity, ids);
  if (passed.open) return { writes, held: [] };
  const meta = { count: passed.count };
  const pause = {
    organizationId: organization.id,
    entity,
    code: 'MASS_CHANGE_HELD',
    meta,
    probeAt: null,
  } as const;
  await parts.stores.organizations.pause(pause);
  const dueAt = new Date(parts.clock.now().getTime() + LATER_MS);
  const held = grave.map(
    (operation): Outcome => ({ operation, kind: 'again', dueAt, reason: 'held by the brake', free: true }),
  );
  return { writes: without(writes, new Set(grave)), held };
}

function graveOf({ ready, intoCrm, outOfCrm }: Writes): ClaimedOperation[] {
  return [
    ...ready.filter(({ action, amounts }) => action === 'void' || amounts),
    ...intoCrm.filter(({ intoCrm: { record, was } }) => was !== null && isGrave(was, record)),
    ...outOfCrm,
  ].map(({ operation }) => operation);
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
