import type { Entity } from '@sync/domain';
import { isKnownByFacts } from '../definition.js';
import { sweep } from '../sweep.js';
import type { DrainContext } from './context.js';
import { FACTS_FRESH_MS } from './timing.js';

/**
 * Looks for new records in the CRM before one of Xero is made there, where nothing but its facts tells that a person entered
 * it on both sides: twice, it is money twice. False: it is not known what the CRM has; it is looked at again.
 */
export async function lookForNewInCrm(context: DrainContext, entity: Entity): Promise<boolean> {
  const { parts, organization, signal } = context;
  const { id: organizationId } = organization;
  if (!isKnownByFacts(parts.definitions[entity].identity)) return true;
  const listedAt = await parts.stores.sweeps.listedAt(organizationId, entity);
  if (listedAt !== null && parts.clock.now().getTime() - listedAt.getTime() <= FACTS_FRESH_MS) return true;
  const request = {
    organizationId,
    entity,
    depth: 'new',
    runId: null,
    holder: parts.newId(),
    signal,
  } as const;
  return (await sweep(parts, request)).result === 'swept';
}
