import { type Entity, SyncError } from '@sync/domain';
import { flowsToXero } from '../directions.js';
import type { Organization } from '../ports/stores.js';
import type { XeroReference, XeroSession } from '../ports/xero.js';
import type { EngineParts } from './context.js';
import { referenceData } from './reference-data.js';
import { REFERENCE_FRESH_MS, REFERENCE_RETRY_MS } from './timing.js';
import { troubleOf } from './trouble.js';

const CODE = 'APPROVAL_RIGHT_MISSING';

/** What the same right approves. */
const APPROVED: readonly Entity[] = ['credit-notes', 'invoices'];

/**
 * The organisation's reference data, and with it whether invoices and credit notes may be approved. Whoever may not gets
 * drafts instead: that is found before the first one is spent, and by recent data, since a person may have given the right and asked for
 * another try. While invoices stand still for it, Xero is asked on the beat of the pause only.
 */
export async function referenceForApproval(
  parts: EngineParts,
  organization: Organization,
  session: XeroSession,
): Promise<XeroReference> {
  const { stores, clock } = parts;
  const wanted = organization.settings.invoiceStatus === 'AUTHORISED';
  const cached = await referenceData(parts, organization, session, REFERENCE_FRESH_MS);
  const pauses = (await stores.organizations.pauses(organization.id)).filter(({ code }) => code === CODE);
  const paused = pauses.length > 0;
  const standing = paused && pauses.every(({ probeAt }) => probeAt !== null && probeAt > clock.now());
  if (wanted && (standing || (!paused && cached.mayApproveInvoices))) return cached;
  const reference = wanted
    ? await referenceData(parts, organization, session, paused ? 0 : REFERENCE_RETRY_MS)
    : cached;
  if (wanted && !reference.mayApproveInvoices) await standStill(parts, organization);
  else if (paused) await goOn(parts, organization);
  return reference;
}

async function standStill({ stores, clock }: EngineParts, { id: organizationId, settings }: Organization) {
  const error = new SyncError('locked', 'the user may not approve invoices', { code: CODE });
  const trouble = troubleOf(error, clock.now());
  if (!trouble) return;
  for (const entity of APPROVED.filter((one) => flowsToXero(settings, one)))
    await stores.organizations.pause({ organizationId, ...trouble, entity });
}

/**
 * What was saved as a draft is written again, which approves it. Before the pause ends: a worker that dies in between
 * comes by here again.
 */
async function goOn({ stores }: EngineParts, { id }: Organization) {
  await stores.hints.redriveParked(id, [CODE]);
  await stores.organizations.resume(id, [CODE]);
}
