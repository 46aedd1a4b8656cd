import { SyncError } from '@sync/domain';
import type { Organization } from '../ports/stores.js';
import type { XeroReference, XeroSession } from '../ports/xero.js';
import type { EngineParts } from './context.js';
import { referenceData } from './reference-data.js';
import { REFERENCE_FRESH_MS, REFERENCE_RETRY_MS } from './timing.js';
import { troubleOf } from './trouble.js';

const CODE = 'APPROVAL_RIGHT_MISSING';

/**
 * The organisation's reference data, and with it whether invoices may be approved. Whoever may not gets drafts instead:
 * that is found before the first one is spent, and by recent data, since a person may have given the right and asked for
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
  const pause = (await stores.organizations.pauses(organization.id)).find(({ code }) => code === CODE);
  const standing = pause !== undefined && pause.probeAt !== null && pause.probeAt > clock.now();
  if (wanted && (standing || (!pause && cached.mayApproveInvoices))) return cached;
  const reference = wanted
    ? await referenceData(parts, organization, session, pause ? 0 : REFERENCE_RETRY_MS)
    : cached;
  if (wanted && !reference.mayApproveInvoices) await standStill(parts, organization);
  else if (pause) await goOn(parts, organization);
  return reference;
}

async function standStill({ stores, clock }: EngineParts, { id: organizationId }: Organization) {
  const error = new SyncError('locked', 'the user may not approve invoices', { code: CODE });
  const trouble = troubleOf(error, clock.now());
  if (trouble) await stores.organizations.pause({ organizationId, entity: 'invoices', ...trouble });
}

/**
 * What was saved as a draft is written again, which approves it. Before the pause ends: a worker that dies in between
 * comes by here again.
 */
async function goOn({ stores }: EngineParts, { id }: Organization) {
  await stores.hints.redriveParked(id, [CODE]);
  await stores.organizations.resume(id, [CODE], 'invoices');
}
