import type { CrmConnections } from '@sync/composition';
import { issueEntry, issueTitle, SyncError } from '@sync/domain';
import type { IssueView, OrganizationView } from '@sync/engine';
import type { Storage } from '@sync/storage';
import { reasonOf } from '../reason-of.js';
import { doubtful, fine, type Finding, wrong } from './finding.js';

/** How long a CRM may take to answer. */
const CRM_PATIENCE_MS = 20_000;

/** Told by a check of its own. */
const TOLD: ReadonlySet<string> = new Set(['MAPPINGS_NOT_CONFIRMED', 'NEEDS_RECONNECT']);

/** What an organization is looked at with. */
export interface OrganizationExamination {
  organization: OrganizationView;
  storage: Pick<Storage, 'admin' | 'stores'>;
  crms: CrmConnections;
}

/** Both connections, the mappings, and whatever stands still. */
export async function* examineOrganization(examination: OrganizationExamination): AsyncGenerator<Finding> {
  yield await crm(examination);
  yield await xero(examination);
  yield* await mappings(examination);
  yield* await standingStill(examination);
}

async function crm({ organization, crms }: OrganizationExamination): Promise<Finding> {
  const { name, crm: connection } = organization;
  try {
    const port = await crms.of({ crmConnectionId: connection.connectionId });
    await port.check(AbortSignal.timeout(CRM_PATIENCE_MS));
    return fine(name, `its CRM answers at ${connection.address}`);
  } catch (error) {
    const code = error instanceof SyncError ? error.code : undefined;
    const advice = issueEntry(code ?? 'CRM_UNREACHABLE').advice;
    return wrong(name, `its CRM at ${connection.address} cannot be used: ${reasonOf(error)}`, advice);
  }
}

async function xero({ organization, storage }: OrganizationExamination): Promise<Finding> {
  const { id, name, xero: connection } = organization;
  if (connection.state !== 'active') {
    const text = `Xero no longer accepts the connection to ${connection.tenantName}`;
    return wrong(name, text, issueEntry('NEEDS_RECONNECT').advice);
  }
  const reference = await storage.stores.organizations.reference(id);
  if (reference === null) {
    const text = `accounts and tax rates of ${connection.tenantName} have not been read yet`;
    return wrong(name, text, 'start a worker; it reads them within seconds, or says here why it cannot');
  }
  const { accounts, taxRates } = reference.data;
  const read = `${accounts.length} accounts and ${taxRates.length} tax rates were read`;
  return fine(name, `${connection.tenantName}: ${read} at ${reference.readAt.toISOString()}`);
}

async function mappings({ organization, storage }: OrganizationExamination): Promise<Finding[]> {
  const { id, name, settings, mappingsConfirmedAt } = organization;
  const path = `/v1/organizations/${id}/mappings`;
  const known = await storage.stores.mappings.load(id);
  const gaps = known.filter(({ value }) => value === null);
  const isMade = (kind: string): boolean =>
    (kind === 'tax' && settings.createTaxRates) || (kind === 'payment-mode' && settings.createBankAccounts);
  const needed = gaps.filter(({ kind }) => !isMade(kind));
  const missing = needed.map(({ kind, label }) =>
    doubtful(name, `nothing in Xero is chosen for ${kind} "${label}"`, `choose it: PUT ${path}`),
  );
  if (mappingsConfirmedAt !== null) {
    return [fine(name, `${known.length - gaps.length} mappings are confirmed`), ...missing];
  }
  const text = 'its mappings are not confirmed, so nothing is posted';
  return [wrong(name, text, `review them (GET ${path}), then POST ${path}/confirm`), ...missing];
}

async function standingStill({ organization, storage }: OrganizationExamination): Promise<Finding[]> {
  const { id: organizationId, name } = organization;
  const open = {
    organizationId,
    open: true,
    code: null,
    entity: null,
    recordId: null,
    cursor: null,
    limit: 100,
  };
  const pages = await Promise.all([
    storage.admin.issues({ ...open, scope: 'organization' }),
    storage.admin.issues({ ...open, scope: 'entity' }),
  ]);
  const issues = pages.flatMap(({ items }) => items).filter(({ code }) => !TOLD.has(code));
  return issues.length > 0
    ? issues.map((issue) => issueFinding(name, issue))
    : [fine(name, 'nothing stands still')];
}

function issueFinding(name: string, { code, entity, meta }: IssueView): Finding {
  const what = entity === null ? 'everything stands still' : `its ${entity} stand still`;
  return wrong(name, `${what} (${code}): ${issueTitle(code, meta)}`, issueEntry(code).advice);
}
