import { randomUUID } from 'node:crypto';
import type { OrganizationView } from '@sync/engine';
import type { ApiUnderTest } from './api-under-test.js';

/** An organization with a key of each kind that can see it. */
export interface NewOrganization {
  readonly id: string;
  readonly crmConnectionId: string;
  readonly key: string;
  readonly crmKey: string;
}

/** Stores a consent that reaches one tenant; one that nobody reached before, unless told which. */
export async function newXeroConnection(
  { service }: ApiUnderTest,
  { clientId = 'CLIENT', tenantId = randomUUID() as string } = {},
): Promise<string> {
  const [connection] = await service.storage.admin.connectXero({
    clientId,
    clientSecret: 'secret',
    tokens: {
      accessToken: 'access',
      refreshToken: 'refresh',
      accessExpiresAt: new Date(Date.now() + 1_800_000),
    },
    tenants: [{ tenantId, tenantName: 'Demo', xeroConnectionId: randomUUID() }],
    dayLimit: 5_000,
  });
  if (!connection) throw new Error('no connection was stored');
  return connection.connectionId;
}

/** Creates an organization over HTTP; with `crmConnectionId` it shares that CRM. */
export async function newOrganization(
  api: ApiUnderTest,
  { name = 'Acme Ltd', crmConnectionId }: { name?: string; crmConnectionId?: string } = {},
): Promise<NewOrganization> {
  const { call, installationKey, service } = api;
  const crm = crmConnectionId
    ? { connectionId: crmConnectionId }
    : { kind: 'http', baseUrl: 'https://crm.example.com/sync', apiKey: 'crm-secret' };
  const body = { name, crm, xero: { connectionId: await newXeroConnection(api) } };
  const created = await call('post /v1/organizations', { key: installationKey, body });
  if (created.status !== 201) throw new Error(`organization not created: ${created.text}`);
  const view = created.body as unknown as OrganizationView;
  const { apiKeys } = service.storage;
  const key = await apiKeys.create({ kind: 'organization', name: 'spec', organizationId: view.id });
  const connection = {
    kind: 'crm-connection',
    name: 'spec',
    crmConnectionId: view.crm.connectionId,
  } as const;
  const crmKey = await apiKeys.create(connection);
  return { id: view.id, crmConnectionId: view.crm.connectionId, key: key.key, crmKey: crmKey.key };
}
