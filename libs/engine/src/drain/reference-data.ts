import type { Organization } from '../ports/stores.js';
import type { XeroReference, XeroSession } from '../ports/xero.js';
import type { EngineParts } from './context.js';
import { REFERENCE_FRESH_MS } from './timing.js';

/** The cached chart of accounts, tax rates and currencies of an organisation; read again when it is a day old. */
export async function referenceData(
  { stores, clock }: EngineParts,
  organization: Organization,
  session: XeroSession,
  again = false,
): Promise<XeroReference> {
  const cached = await stores.organizations.reference(organization.id);
  const age = cached ? clock.now().getTime() - cached.readAt.getTime() : Number.POSITIVE_INFINITY;
  if (cached && !again && age < REFERENCE_FRESH_MS) return cached.data;
  const data = await session.reference();
  await stores.organizations.saveReference(organization.id, data, clock.now());
  return data;
}
