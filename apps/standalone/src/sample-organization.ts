import { setTimeout as sleep } from 'node:timers/promises';
import { reachedTenants, type Service } from '@sync/composition';
import type { OrganizationView } from '@sync/engine';
import { DEFAULT_APP, SAMPLE_CRM_KEY } from '@sync/sandbox';
import type { SandboxClient } from './sandbox-client.js';
import { StartError } from './start-error.js';

/** How long reading the chart of accounts may take before something must be wrong. */
const MAPPINGS_MS = 60_000;

/** The organization of this installation: the one of an earlier start, or a new one bound to the sandbox. */
export async function sampleOrganization(
  service: Service,
  sandbox: SandboxClient,
  sandboxUrl: string,
): Promise<OrganizationView> {
  const { admin } = service.storage;
  const { items } = await admin.organizations({ cursor: null, limit: 1 });
  const [known] = items;
  return known ?? create(service, sandbox, sandboxUrl);
}

async function create(
  service: Service,
  sandbox: SandboxClient,
  sandboxUrl: string,
): Promise<OrganizationView> {
  const { storage, oauth } = service;
  const { refreshToken } = await sandbox.authorize();
  const app = { clientId: DEFAULT_APP.clientId, clientSecret: DEFAULT_APP.secret };
  const tokens = await oauth.refresh({ app, refreshToken });
  const [tenant] = await reachedTenants(oauth, tokens.accessToken);
  if (!tenant)
    throw new StartError('The sandbox has no organisation.', 'Remove the .data folder and start again.');
  const [connection] = await storage.admin.connectXero({ ...app, tokens, tenants: [tenant], dayLimit: 5000 });
  if (!connection) throw new Error('A tenant was connected but no connection came of it');
  return storage.admin.createOrganization({
    name: tenant.tenantName,
    crm: { kind: 'http', baseUrl: `${sandboxUrl}/crm`, apiKey: SAMPLE_CRM_KEY, allowPrivateAddresses: true },
    xero: { connectionId: connection.connectionId },
    settings: { createTaxRates: true },
  });
}

/**
 * Confirms the suggested mappings of the sandbox as soon as they are there. Anywhere else that is a person's decision,
 * since it lets posting begin.
 */
export async function confirmMappings(service: Service, organization: OrganizationView): Promise<void> {
  if (organization.mappingsConfirmedAt) return;
  const { mappings } = service.parts.stores;
  const deadline = Date.now() + MAPPINGS_MS;
  await service.parts.bell.ringReference(organization);
  while ((await mappings.load(organization.id)).length === 0) {
    if (Date.now() > deadline) {
      throw new StartError(
        'The accounts of the sandbox could not be read.',
        'Look into the log in the .data folder.',
      );
    }
    await sleep(100);
  }
  await mappings.confirm(organization.id, service.parts.clock.now());
}
