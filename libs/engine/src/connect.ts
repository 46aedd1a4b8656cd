import type { Tax } from '@sync/domain';
import type { EngineParts } from './drain/context.js';
import { holdLease } from './drain/lease.js';
import { referenceData } from './drain/reference-data.js';
import { REFERENCE_FRESH_MS } from './drain/timing.js';
import { drainTroubleOf, ENDED_BY_CRM, ENDED_BY_XERO, troubleOf } from './drain/trouble.js';
import type { CrmPort } from './ports/crm.js';
import type { Organization } from './ports/stores.js';
import type { XeroReference, XeroSession } from './ports/xero.js';
import { suggestMappings } from './suggest.js';

/** Taxes that are read for suggestions; the rest is found when a line needs it. */
const MAX_TAXES = 200;

/**
 * Reads what mappings are made from, on both sides, and stores suggestions. What was suggested or chosen before stays.
 * False: somebody else is at the connection; it is asked for again.
 */
export async function readReferenceData(
  parts: EngineParts,
  request: { organizationId: string; holder: string; signal: AbortSignal },
): Promise<boolean> {
  const organization = await parts.stores.organizations.load(request.organizationId);
  if (!organization) return true;
  const lease = await holdLease(parts.stores.leases, organization.xeroConnection.id, request.holder);
  if (!lease) return false;
  let troubleIn = drainTroubleOf;
  try {
    const session = await parts.xero.open(
      organization.xeroConnection,
      () => lease.stillHeld(),
      request.signal,
    );
    try {
      const reference = await readXero(parts, organization, session);
      troubleIn = troubleOf;
      const crm = await parts.crmOf(organization);
      await crm.check(request.signal);
      const { paymentModes } = await crm.reference(request.signal);
      const taxes = await taxesOf(crm, request.signal);
      await askForConfirmation(parts, organization);
      await parts.stores.mappings.suggest(
        organization.id,
        suggestMappings({ reference, paymentModes, taxes }),
      );
      await parts.stores.organizations.resume(organization.id, ENDED_BY_CRM);
    } finally {
      await session.close();
    }
    return true;
  } catch (error) {
    const trouble = request.signal.aborted ? null : troubleIn(error, parts.clock.now());
    if (!trouble) throw error;
    await parts.stores.organizations.pause({ organizationId: organization.id, entity: null, ...trouble });
    return true;
  } finally {
    await lease.release();
  }
}

/** That Xero answers is shown where it was asked, and not by what was read before. */
async function readXero(
  parts: EngineParts,
  organization: Organization,
  session: XeroSession,
): Promise<XeroReference> {
  const { organizations } = parts.stores;
  const askedAt = parts.clock.now();
  const data = await referenceData(parts, organization, session, REFERENCE_FRESH_MS);
  const known = await organizations.reference(organization.id);
  if (known && known.readAt >= askedAt) await organizations.resume(organization.id, ENDED_BY_XERO);
  return data;
}

/**
 * Nothing is posted on a guess: until a person has confirmed the mappings, that is what an admin is told. Looked at
 * again afterwards, since whoever confirms in between must not leave the organization standing still.
 */
async function askForConfirmation(
  { stores }: EngineParts,
  { id, mappingsConfirmedAt }: Organization,
): Promise<void> {
  if (mappingsConfirmedAt) return;
  const code = 'MAPPINGS_NOT_CONFIRMED';
  await stores.organizations.pause({ organizationId: id, entity: null, code, meta: {}, probeAt: null });
  const now = await stores.organizations.load(id);
  if (now?.mappingsConfirmedAt) await stores.organizations.resume(id, [code]);
}

async function taxesOf(crm: CrmPort, signal: AbortSignal): Promise<Tax[]> {
  if (!crm.entities.includes('taxes')) return [];
  const { changes } = await crm.listChanges({ entity: 'taxes', depth: 'all', cursor: null, signal });
  const ids = changes.slice(0, MAX_TAXES).map(({ recordId }) => recordId);
  const readings = ids.length > 0 ? await crm.read('taxes', ids, signal) : [];
  return readings.flatMap((reading) => (reading.state === 'found' ? [reading.record] : []));
}
