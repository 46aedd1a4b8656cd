import type { Entity } from '@sync/domain';
import type { ClaimedOperation, Unpaired } from '../ports/stores.js';
import { SETTLES } from '../pull-rules.js';
import type { DrainContext } from './context.js';
import { lookForNewInCrm } from './look-for-new-in-crm.js';
import { mayBeMade } from './write-back.js';
import type { KnownInXero } from './xero-side.js';

/** What bears on whether records that are known in Xero only are made in the CRM. */
export interface PullFacts {
  allowed: boolean;
  inDoubt: boolean;
  unpaired: Unpaired;
  settledReadUpTo: Date | null;
}

const NOTHING: PullFacts = {
  allowed: false,
  inDoubt: false,
  unpaired: { undecided: false, named: new Map() },
  settledReadUpTo: null,
};

/** Looked up only where there are such records. */
export async function pullFacts(
  context: DrainContext,
  entity: Entity,
  { operations, known }: { operations: readonly ClaimedOperation[]; known: ReadonlyMap<string, KnownInXero> },
): Promise<PullFacts> {
  const copies = operations.flatMap(({ binding: { id, crmId } }) => {
    const found = crmId === null ? known.get(id) : undefined;
    return found ? [found.copy] : [];
  });
  if (copies.length === 0) return NOTHING;
  const { parts, organization, fence } = context;
  const labels = copies.flatMap(({ record: { keys } }) =>
    [keys.name, keys.number].filter((text) => text !== null),
  );
  const batches = await parts.stores.batches.open(fence.connectionId);
  const allowed = mayBeMade(context, entity);
  const listed = !allowed || (await lookForNewInCrm(context, entity));
  const unpaired = await parts.stores.operations.unpaired(organization.id, entity, labels);
  return {
    allowed,
    inDoubt: batches.some((batch) => batch.entity === entity && batch.action === 'create'),
    unpaired: { ...unpaired, undecided: unpaired.undecided || !listed },
    settledReadUpTo: await settledReadUpTo(context, entity),
  };
}

async function settledReadUpTo({ parts, organization }: DrainContext, entity: Entity): Promise<Date | null> {
  const { identities } = parts.stores;
  const settled = SETTLES[entity] ?? [];
  const moments = await Promise.all(settled.map((one) => identities.freshness(organization.id, one)));
  if (moments.length === 0 || moments.includes(null)) return null;
  return new Date(Math.min(...moments.map((moment) => moment?.getTime() ?? 0)));
}
