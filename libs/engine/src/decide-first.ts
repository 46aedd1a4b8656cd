import type { CanonicalRecord, Entity } from '@sync/domain';
import type { Decision, DecisionState } from './decision.js';
import type { Problem } from './definition.js';
import { identityKeysOf } from './identity-keys.js';
import { type IdentityVerdict, matchIdentity } from './identity.js';

/** What becomes of a record of the CRM that is not known to be in Xero. */
export function writeFirst<E extends Entity>(
  state: DecisionState<E>,
  record: CanonicalRecord<E>,
): Decision<E> {
  const { definition, binding, candidates, parents } = state;
  const keys = identityKeysOf({ definition, record, binding, parents });
  const verdict = matchIdentity({ crmId: record.id, keys, rules: definition.identity, candidates });
  const decision = ofVerdict(verdict, record, keys.number);
  // A tax without a rate in Xero is always asked for: what is taxed with it cannot be posted.
  const isWanted = state.flow.toXero || definition.entity === 'taxes';
  return decision.kind === 'create' && !isWanted ? { kind: 'exclude', reason: 'not-to-xero' } : decision;
}

function ofVerdict<E extends Entity>(
  verdict: IdentityVerdict,
  record: CanonicalRecord<E>,
  number: string | null,
): Decision<E> {
  switch (verdict.kind) {
    case 'none':
      return { kind: 'create', record, distinctName: false };
    case 'none-but-name':
      return { kind: 'create', record, distinctName: true };
    case 'match':
      return { kind: 'link', record, xeroId: verdict.candidate.xeroId, by: verdict.by };
    case 'archived':
      return park({ code: 'CONTACT_ARCHIVED', meta: {} });
    case 'claimed':
      return park({ code: 'DUPLICATE_CLAIM', meta: { xeroId: verdict.candidate.xeroId } });
    case 'ambiguous':
      return park({ code: 'CUSTOMER_MATCH_AMBIGUOUS', meta: { count: verdict.count } });
    case 'number-differs': {
      const difference = `${verdict.differences.join(', ')} differ`;
      return park({ code: 'INVOICE_NUMBER_TAKEN', meta: { number: number ?? '', difference } });
    }
    case 'name-proposes': {
      const { xeroId, keys } = verdict.candidate;
      return park({ code: 'CUSTOMER_NAME_TAKEN', meta: { name: keys.name ?? '', proposedXeroId: xeroId } });
    }
  }
}

function park<E extends Entity>(problem: Problem): Decision<E> {
  return { kind: 'park', problem, awaits: [] };
}
