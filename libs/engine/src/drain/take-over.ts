import { crmEntityOf, type Entity } from '@sync/domain';
import type { EntityDefinition } from '../definition.js';
import { matchIdentity } from '../identity.js';
import type { CrmReading } from '../ports/crm.js';
import type { IdentityCandidate, Outcome } from '../ports/stores.js';
import type { IdentityKeys } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { goneState } from './gone.js';
import type { Ready } from './ready.js';

/** The CRM reads so many records at once; what is held by others beyond stays held. */
const MOST_HOLDERS = 200;

/**
 * What was deleted in the CRM and entered there anew is the same record in Xero. Where another record of the CRM holds
 * the one that a new record would be linked to, the CRM is asked for it: if it has it no more, the link is free.
 */
export async function freeOfGone<E extends Entity>(
  { crm, signal }: DrainContext,
  definition: EntityDefinition<E>,
  wanted: readonly IdentityKeys[],
  candidates: readonly IdentityCandidate[],
): Promise<IdentityCandidate[]> {
  const holders = holdersOf(definition, wanted, candidates);
  if (holders.length === 0) return [...candidates];
  const readings = await crm.read(crmEntityOf(definition.entity), holders.slice(0, MOST_HOLDERS), signal);
  const gone = new Set(readings.filter(isGone).map(({ id }) => id));
  return candidates.map((candidate) => freed(candidate, gone));
}

/** The records of the CRM that hold what others would be linked to if nobody held it. */
function holdersOf<E extends Entity>(
  { identity: rules, derive }: EntityDefinition<E>,
  wanted: readonly IdentityKeys[],
  candidates: readonly IdentityCandidate[],
): string[] {
  const held = new Map(candidates.map(({ xeroId, boundCrmIds }) => [xeroId, boundCrmIds]));
  if (![...held.values()].some((crmIds) => crmIds.length > 0)) return [];
  const free = candidates.map((candidate) => ({ ...candidate, boundCrmIds: [], markedByUs: false }));
  const holders = wanted.flatMap((keys) => {
    const verdict = matchIdentity({ crmId: '', keys, rules, candidates: free });
    return verdict.kind === 'match' ? (held.get(verdict.candidate.xeroId) ?? []) : [];
  });
  return [...new Set(holders)].filter((crmId) => derive(crmId) === null);
}

function isGone(reading: CrmReading): boolean {
  return reading.state === 'missing' || (reading.state === 'excluded' && reading.reason === 'deleted-in-crm');
}

/** Its marker names the record that is gone, and speaks for nobody any more. */
function freed(candidate: IdentityCandidate, gone: ReadonlySet<string>): IdentityCandidate {
  const goneCrmIds = candidate.boundCrmIds.filter((crmId) => gone.has(crmId));
  if (goneCrmIds.length === 0) return candidate;
  const boundCrmIds = candidate.boundCrmIds.filter((crmId) => !gone.has(crmId));
  return { ...candidate, boundCrmIds, markedByUs: false, goneCrmIds };
}

/**
 * A record that is gone gives up its link to whoever claims it, or leaves Xero, so those are looked at again. Before the
 * outcomes are settled: a worker that dies in between would not come by here again.
 */
export async function wakeClaimants(
  { parts, organization }: DrainContext,
  { ready, outcomes }: { ready: readonly Pick<Ready, 'action'>[]; outcomes: readonly Outcome[] },
): Promise<void> {
  const gone = outcomes.some(givesUp) || ready.some(({ action }) => action === 'void');
  if (gone) await parts.stores.hints.redriveParked(organization.id, ['DUPLICATE_CLAIM']);
}

function givesUp(outcome: Outcome): boolean {
  const { kind, operation } = outcome;
  return kind === 'excluded' ? operation.binding.xeroId !== null : goneState(outcome) === 'deleted-in-crm';
}

/**
 * Whether this binding may take a record out of Xero, or over from one that is gone: in a drain only the first who wants
 * it does, or what one takes over would be taken out by the other.
 */
export function mayTake({ takenBy }: DrainContext, xeroId: string, bindingId: string): boolean {
  const first = takenBy.get(xeroId) ?? bindingId;
  takenBy.set(xeroId, first);
  return first === bindingId;
}
