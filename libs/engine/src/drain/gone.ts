import type { Entity } from '@sync/domain';
import { askedSinceGone } from '../decide-gone.js';
import type { Outcome } from '../ports/stores.js';
import type { DrainContext } from './context.js';
import { refreshIdentities } from './identities.js';
import { FACTS_FRESH_MS } from './timing.js';

/**
 * What is gone from the CRM, or cancelled there, and was voided, deleted or archived in Xero as well is done with: nobody
 * need be told of it, or asked about it, any more. Whoever did that in Xero looks here next, so a recent copy of Xero's
 * records decides.
 */
export async function doneWithInXero(
  context: DrainContext,
  entity: Entity,
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const gone = outcomes.flatMap((outcome) => (goneState(outcome) === null ? [] : xeroIdOf(outcome)));
  if (gone.length === 0) return [...outcomes];
  await refreshIdentities(context, entity, FACTS_FRESH_MS);
  const { identities } = context.parts.stores;
  const dead = new Set(await identities.dead(context.organization.id, entity, gone));
  return outcomes.map((outcome) => {
    const reason = goneState(outcome);
    if (reason === null || !xeroIdOf(outcome).some((xeroId) => dead.has(xeroId))) return outcome;
    const { operation } = outcome;
    return { operation, kind: 'excluded', reason, label: operation.binding.label, lookAgainAt: null };
  });
}

function xeroIdOf({ operation }: Outcome): string[] {
  return operation.binding.xeroId === null ? [] : [operation.binding.xeroId];
}

/** How the record is gone from the CRM, such as `draft`; null: it is not. */
export function goneState(outcome: Outcome): string | null {
  if (outcome.kind !== 'unchanged') return null;
  const asked = outcome.warnings.map(askedSinceGone).find((reason) => reason !== null);
  if (asked) return asked;
  if (outcome.warnings.some(({ code }) => code === 'INVOICE_CANCELLED_IN_CRM')) return 'cancelled';
  const state = outcome.warnings.find(({ code }) => code === 'GONE_FROM_CRM')?.meta['state'];
  return typeof state === 'string' ? state : null;
}
