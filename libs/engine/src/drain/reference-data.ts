import type { IssueCode } from '@sync/domain';
import type { Organization, Outcome } from '../ports/stores.js';
import type { XeroReference, XeroSession } from '../ports/xero.js';
import type { DrainContext, EngineParts } from './context.js';
import { REFERENCE_PROVEN_MS, REFERENCE_RETRY_MS } from './timing.js';

/** Problems that were found in our copy of Xero's settings, where Xero itself was not asked. */
const FOUND_IN_REFERENCE: ReadonlySet<IssueCode> = new Set(['CURRENCY_NOT_ENABLED', 'DATE_LOCKED']);

/** The chart of accounts, tax rates and currencies of an organisation: our copy, unless it is older than `maxAgeMs`. */
export async function referenceData(
  { stores, clock, definitions }: EngineParts,
  organization: Organization,
  session: XeroSession,
  maxAgeMs: number,
): Promise<XeroReference> {
  const cached = await stores.organizations.reference(organization.id);
  const age = cached ? clock.now().getTime() - cached.readAt.getTime() : Number.POSITIVE_INFINITY;
  if (cached && age < maxAgeMs) return cached.data;
  const startedAt = clock.now();
  const { data, taxes } = await session.reference();
  await stores.organizations.saveReference(organization.id, data, clock.now());
  await stores.identities.absorb({
    organizationId: organization.id,
    entity: 'taxes',
    codecVersion: definitions.taxes.codecVersion,
    records: taxes,
    freshAsOf: startedAt,
  });
  return data;
}

/**
 * Reads Xero's settings again where a record is about to be parked for what an older copy says. A record that was
 * parked before may be looked at since somebody put it right in Xero, so that copy must be a recent one. True: it was
 * read again, and what was decided by the old one must be decided anew.
 */
export async function readAgainBeforeParking(
  context: DrainContext,
  outcomes: readonly Outcome[],
): Promise<boolean> {
  const { parts, organization, session } = context;
  const doubted = outcomes.filter(
    (outcome) => outcome.kind === 'parked' && FOUND_IN_REFERENCE.has(outcome.code),
  );
  if (doubted.length === 0) return false;
  const retried = doubted.some(({ operation }) => operation.binding.status === 'parked');
  const maxAgeMs = retried ? REFERENCE_RETRY_MS : REFERENCE_PROVEN_MS;
  const before = await parts.stores.organizations.reference(organization.id);
  context.reference = await referenceData(parts, organization, session, maxAgeMs);
  const after = await parts.stores.organizations.reference(organization.id);
  return before?.readAt.getTime() !== after?.readAt.getTime();
}
