import type { Tax } from '@sync/domain';
import type { EngineParts } from './drain/context.js';
import { holdLease } from './drain/lease.js';
import { referenceData } from './drain/reference-data.js';
import { REFERENCE_FRESH_MS } from './drain/timing.js';
import { ENDED_BY_CRM, troubleOf } from './drain/trouble.js';
import type { CrmPort } from './ports/crm.js';
import type { Organization } from './ports/stores.js';
import type { XeroSession } from './ports/xero.js';
import { letReferenceFlow } from './reference/let-flow.js';
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
  try {
    const session = await parts.xero.open(
      organization.xeroConnection,
      () => lease.stillHeld(),
      request.signal,
    );
    try {
      await readBothSides(parts, organization, session, request.signal);
      await parts.stores.organizations.resume(organization.id, ENDED_BY_CRM);
    } finally {
      await session.close();
    }
    return true;
  } catch (error) {
    await standStill(parts, organization, error);
    return true;
  } finally {
    await lease.release();
  }
}

async function readBothSides(
  parts: EngineParts,
  organization: Organization,
  session: XeroSession,
  signal: AbortSignal,
): Promise<void> {
  const { organizations, mappings } = parts.stores;
  const { id } = organization;
  const askedAt = (await organizations.copies(id))?.askedAt ?? null;
  const reference = await referenceData(parts, organization, session, askedAt ? 0 : REFERENCE_FRESH_MS);
  const documents = askedAt ? await session.documentSettings() : null;
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
  try {
    await letReferenceFlow(parts, { organization, session, crm, reference, found, signal });
  } finally {
    // Everything was read; what failed of the flow is tried again without that.
    if (askedAt) await organizations.referenceAnswered(id, askedAt);
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

async function standStill(parts: EngineParts, organization: Organization, error: unknown): Promise<void> {
  const trouble = troubleOf(error, parts.clock.now());
  if (!trouble) throw error;
  await parts.stores.organizations.pause({ organizationId: organization.id, entity: null, ...trouble });
}

async function taxesOf(crm: CrmPort, signal: AbortSignal): Promise<Tax[]> {
  if (!crm.entities.includes('taxes')) return [];
  const { changes } = await crm.listChanges({ entity: 'taxes', depth: 'all', cursor: null, signal });
  const ids = changes.slice(0, MAX_TAXES).map(({ recordId }) => recordId);
  const readings = ids.length > 0 ? await crm.read('taxes', ids, signal) : [];
  return readings.flatMap((reading) => (reading.state === 'found' ? [reading.record] : []));
}
