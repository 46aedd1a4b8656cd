import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import type { Decision, XeroSide } from './decide.js';
import { parentsInCrmObstacle } from './decide-parents.js';
import type { EntityDefinition, Problem } from './definition.js';
import type { Binding, Unpaired } from './ports/stores.js';

/** Everything that the decision over a record rests on that is known in Xero only. */
export interface PullState<E extends Entity = Entity> {
  definition: EntityDefinition<E>;
  binding: Binding;
  /** Null: Xero does not have it. */
  xero: XeroSide<E> | null;
  /** Records of this entity may be made in the CRM. */
  allowed: boolean;
  /** A batch of this entity is under way or in doubt: this may be one of its records. */
  inDoubt: boolean;
  /** Records of the CRM that may turn out to be this one. */
  unpaired: Unpaired;
}

/** Entities of which a record without a parent in the CRM is of no interest: it settles what the CRM never had. */
const SETTLES: ReadonlySet<Entity> = new Set(['payments', 'credit-applications', 'refunds']);

/**
 * Decides a record of Xero that has no other half yet. One that bears our marker belongs to its binding; any other is made
 * in the CRM once nothing there can turn out to be it.
 */
export function decidePull<E extends Entity>(state: PullState<E>): Decision<E> {
  const { xero: side } = state;
  if (side === null || !side.copy.live) return { kind: 'exclude', reason: 'gone-from-xero' };
  if (side.copy.markedBy !== null) return { kind: 'moved', crmId: side.copy.markedBy };
  if (side.copy.record.keys.marker !== null) return { kind: 'exclude', reason: 'bears-a-marker' };
  if (!state.allowed) return { kind: 'exclude', reason: 'not-to-crm' };
  return settlesNothing(state, side) ?? waitsForTwin(state, side) ?? create(side);
}

function settlesNothing<E extends Entity>(
  { definition }: PullState<E>,
  { names, parents }: XeroSide<E>,
): Decision<E> | null {
  if (!SETTLES.has(definition.entity)) return null;
  const unknown = names.some(
    (name) => !parents.some(({ entity, xeroId }) => entity === name.entity && xeroId === name.xeroId),
  );
  return unknown ? { kind: 'exclude', reason: 'parent-excluded' } : null;
}

function waitsForTwin<E extends Entity>(
  { inDoubt, unpaired }: PullState<E>,
  { copy }: XeroSide<E>,
): Decision<E> | null {
  if (inDoubt) return { kind: 'later', reason: 'a call is in doubt' };
  if (unpaired.undecided) return { kind: 'later', reason: 'the CRM is read first' };
  const { name, number } = copy.record.keys;
  const taken = [name, number].find((text) => text !== null && unpaired.named.has(text.toLowerCase()));
  return taken ? park({ code: 'EXISTS_IN_CRM', meta: { name: taken } }) : null;
}

function create<E extends Entity>({ now, names, parents }: XeroSide<E>): Decision<E> {
  const inTheWay = parentsInCrmObstacle<E>(names, parents);
  if (inTheWay) return inTheWay;
  if (!now.ok) return park({ code: now.code, meta: now.meta as { readonly [key: string]: Json } });
  return { kind: 'write-crm', record: now.record as CanonicalRecord<E>, unagreed: {}, more: false };
}

function park<E extends Entity>(problem: Problem): Decision<E> {
  return { kind: 'park', problem, awaits: [] };
}
