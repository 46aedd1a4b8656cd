import type { EngineParts } from '../drain/context.js';
import { referenceData } from '../drain/reference-data.js';
import { addEntries } from './add-entries.js';
import { referenceFlows } from './flows.js';
import { makeAccounts } from './make-accounts.js';
import type { ReferenceFlow } from './reference-flow.js';
import { planReference, type ReferencePlan } from './plan.js';
import { type Refused, tellRefused } from './tell-refused.js';

/**
 * Makes in each system what the settings want from the other, and maps it. Nothing happens before a person has confirmed
 * the mappings, so that what exists is matched first.
 */
export async function letReferenceFlow(parts: EngineParts, flow: ReferenceFlow): Promise<void> {
  const { organization } = flow;
  if (organization.mappingsConfirmedAt === null) return;
  if (!referenceFlows(organization.settings)) return forgetRefused(parts, organization.id);
  const plan = await planOf(parts, flow);
  if (plan.confirmed.length > 0) await parts.stores.mappings.save(organization.id, plan.confirmed);
  const { added, refused } = await addEntries(parts, flow, plan.additions);
  if (added) await keepLists(parts, flow);
  await tellRefused(parts, organization.id, 'REFERENCE_REFUSED_BY_CRM', refused);
  const left = plan.newAccounts.length === 0 ? [] : await makeNewAccounts(parts, flow);
  await tellRefused(parts, organization.id, 'REFERENCE_REFUSED_BY_XERO', left);
}

async function makeNewAccounts(parts: EngineParts, flow: ReferenceFlow): Promise<Refused[]> {
  const { organization, session } = flow;
  // An earlier pass may have made one without learning of it: what Xero has now decides.
  const reference = await referenceData(parts, organization, session, 0);
  const now = await planOf(parts, { ...flow, reference });
  if (now.confirmed.length > 0) await parts.stores.mappings.save(organization.id, now.confirmed);
  return makeAccounts(parts, { ...flow, reference }, now.newAccounts);
}

async function planOf({ stores }: EngineParts, flow: ReferenceFlow): Promise<ReferencePlan> {
  const { organization, reference, found } = flow;
  const mappings = await stores.mappings.load(organization.id);
  return planReference({
    settings: organization.settings,
    reference,
    crm: found,
    mappings,
  });
}

/** What nobody wants to flow any more is no problem. */
async function forgetRefused(parts: EngineParts, organizationId: string): Promise<void> {
  await tellRefused(parts, organizationId, 'REFERENCE_REFUSED_BY_CRM', []);
  await tellRefused(parts, organizationId, 'REFERENCE_REFUSED_BY_XERO', []);
}

/** The copy of the CRM's lists shows what was added at once. */
async function keepLists({ stores, clock }: EngineParts, flow: ReferenceFlow): Promise<void> {
  const data = await flow.crm.reference(flow.signal);
  await stores.organizations.saveCopies(flow.organization.id, { crm: { data, readAt: clock.now() } });
}
