import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import type { Decision, XeroSide } from './decision.js';
import { CLOCKS_APART_MS } from './decide-both.js';
import { parentsInCrmObstacle } from './decide-parents.js';
import type { EntityDefinition, Problem } from './definition.js';
import type { Binding, Unpaired } from './ports/stores.js';
import { SETTLES } from './pull-rules.js';

/** A call that is in doubt is looked up soon. */
const IN_DOUBT_MS = 5_000;

/** Readings have beats of a minute and more. */
const READ_FIRST_MS = 30_000;

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
  /** Up to when Xero was read of what this one may settle; null: never. */
  settledReadUpTo: Date | null;
}

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

/** What settles a record that the CRM never had is of no interest; one that was not read yet may be of some. */
function settlesNothing<E extends Entity>(
  { definition, settledReadUpTo }: PullState<E>,
  { names, parents, copy }: XeroSide<E>,
): Decision<E> | null {
  if (!(definition.entity in SETTLES)) return null;
  const unknown = names.some(
    (name) => !parents.some(({ entity, xeroId }) => entity === name.entity && xeroId === name.xeroId),
  );
  if (!unknown) return null;
  const made = copy.record.updatedAt?.getTime() ?? 0;
  const isRead = settledReadUpTo !== null && settledReadUpTo.getTime() - made > CLOCKS_APART_MS;
  if (isRead) return { kind: 'exclude', reason: 'parent-excluded' };
  return { kind: 'later', reason: 'what it settles is read first', afterMs: READ_FIRST_MS };
}

function waitsForTwin<E extends Entity>(
  { inDoubt, unpaired }: PullState<E>,
  { copy }: XeroSide<E>,
): Decision<E> | null {
  if (inDoubt) return { kind: 'later', reason: 'a call is in doubt', afterMs: IN_DOUBT_MS };
  if (unpaired.undecided) return { kind: 'later', reason: 'the CRM is read first', afterMs: READ_FIRST_MS };
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
