import type { Tax } from '@sync/domain';
import type { EngineParts } from './drain/context.js';
import { holdLease } from './drain/lease.js';
import { referenceData } from './drain/reference-data.js';
import { REFERENCE_FRESH_MS } from './drain/timing.js';
import { drainTroubleOf, ENDED_BY_CRM, ENDED_BY_XERO, troubleOf } from './drain/trouble.js';
import type { CrmPort, CrmReference } from './ports/crm.js';
import type { Organization } from './ports/stores.js';
import type { XeroDocumentSettings, XeroReference, XeroSession } from './ports/xero.js';
import { letReferenceFlow } from './reference/let-flow.js';
import type { ReferenceFlow } from './reference/reference-flow.js';
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
      const xero = await readXero(parts, organization, session);
      troubleIn = troubleOf;
      const read = await readCrm(parts, organization, { ...xero, signal: request.signal });
      await parts.stores.organizations.resume(organization.id, ENDED_BY_CRM);
      // Both sides are asked from here on; trouble with the CRM always has a code.
      troubleIn = drainTroubleOf;
      await letFlow(parts, { organization, session, signal: request.signal, ...xero, ...read });
    } finally {
      await session.close();
    }
    return true;
  } catch (error) {
    const trouble = request.signal.aborted ? null : troubleIn(error, parts.clock.now());
    if (!trouble) throw error;
    await parts.stores.organizations.pause({ organizationId: organization.id, ...trouble });
    return true;
  } finally {
    await lease.release();
  }
}

/** What was read of Xero. */
interface XeroRead {
  reference: XeroReference;
  /** Null: not asked for. */
  documents: XeroDocumentSettings | null;
  /** When everything was asked for anew; null: it was not. */
  askedAt: Date | null;
}

/** That Xero answers is shown where it was asked, and not by what was read before. */
async function readXero(
  parts: EngineParts,
  organization: Organization,
  session: XeroSession,
): Promise<XeroRead> {
  const { organizations } = parts.stores;
  const { id } = organization;
  const beganAt = parts.clock.now();
  const askedAt = (await organizations.copies(id))?.askedAt ?? null;
  const reference = await referenceData(parts, organization, session, askedAt ? 0 : REFERENCE_FRESH_MS);
  const documents = askedAt ? await session.documentSettings() : null;
  const known = await organizations.reference(id);
  if (known && known.readAt >= beganAt) await organizations.resume(id, ENDED_BY_XERO);
  return { reference, documents, askedAt };
}

async function readCrm(
  parts: EngineParts,
  organization: Organization,
  { reference, documents, signal }: XeroRead & { signal: AbortSignal },
): Promise<{ crm: CrmPort; found: CrmReference }> {
  const { organizations, mappings } = parts.stores;
  const { id } = organization;
  const crm = await parts.crmOf(organization);
  await crm.check(signal);
  const found = await crm.reference(signal);
  const readAt = parts.clock.now();
  await organizations.saveCopies(id, {
    crm: { data: found, readAt },
    ...(documents && { documents: { data: documents, readAt } }),
  });
  const taxes = await taxesOf(crm, signal);
  await askForConfirmation(parts, organization);
  const { createBankAccounts } = organization.settings;
  await mappings.suggest(id, suggestMappings({ reference, taxes, createBankAccounts, ...found }));
  return { crm, found };
}

/** Everything was read by now; what fails of the flow is tried again without that. */
async function letFlow(
  parts: EngineParts,
  { askedAt, ...flow }: ReferenceFlow & Pick<XeroRead, 'askedAt'>,
): Promise<void> {
  try {
    await letReferenceFlow(parts, flow);
  } finally {
    if (askedAt) await parts.stores.organizations.referenceAnswered(flow.organization.id, askedAt);
  }
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
