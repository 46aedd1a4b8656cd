import type { ApiKeyStore, Organization } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound, Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import {
  apiKeyOf,
  apiKeysSchema,
  createdKeySchema,
  newKeySchema,
  newOrganizationKeySchema,
} from '../schemas/api-key.js';
import { idSchema } from '../schemas/basics.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'apiKeys' | 'stores'>;

const tag = 'API keys';
const noContent = z.undefined();
const path = '/v1/organizations/{organizationId}/api-keys';

/** Nobody shuts the door behind himself: the key in use cannot revoke itself. */
async function revoke(
  apiKeys: ApiKeyStore,
  own: string,
  keyId: string,
  organizationId: string | null,
): Promise<undefined> {
  if (own === keyId) throw new Problem('CONFLICT', 'A key cannot revoke itself; use another one');
  if (!(await apiKeys.revoke(keyId, organizationId))) throw notFound('API key');
}

/**
 * A CRM connection's key posts events for every organization of that CRM, so one of them alone cannot hand it out
 * where there are others.
 */
async function newKeyOf(
  { admin, apiKeys }: Dependencies,
  { id, crmConnectionId }: Organization,
  { kind, name }: z.output<typeof newOrganizationKeySchema>,
) {
  if (kind === 'organization') return apiKeys.create({ kind, name, organizationId: id });
  const sharing = await admin.organizationsOfCrm(crmConnectionId);
  if (sharing.length > 1) {
    throw new Problem(
      'FORBIDDEN',
      'Several organizations share this CRM; its key is made with the installation key, by POST /v1/api-keys',
    );
  }
  return apiKeys.create({ kind, name, organizationId: id, crmConnectionId });
}

function ofOrganization(dependencies: Dependencies): Route[] {
  const { apiKeys, stores } = dependencies;
  const within = withinOrganization({ stores });
  const base = { tag, kinds: organizationKinds };
  return [
    route({
      ...base,
      method: 'post',
      path,
      summary: 'Create a key of an organization or of its CRM connection; shown once',
      params: organizationParams,
      body: newOrganizationKeySchema,
      status: 201,
      response: createdKeySchema,
      handle: within(async ({ organization, body }) => newKeyOf(dependencies, organization, body)),
    }),
    route({
      ...base,
      method: 'get',
      path,
      summary: 'List keys',
      params: organizationParams,
      status: 200,
      response: apiKeysSchema,
      handle: within(async ({ organization }) => ({
        items: (await apiKeys.list(organization.id)).map(apiKeyOf),
      })),
    }),
    route({
      ...base,
      method: 'delete',
      path: `${path}/{keyId}`,
      summary: 'Revoke a key',
      params: organizationParams.extend({ keyId: idSchema }),
      status: 204,
      response: noContent,
      handle: within(async ({ organization, params, key }) =>
        revoke(apiKeys, key.id, params.keyId, organization.id),
      ),
    }),
  ];
}

async function newInstallationKey({ admin, apiKeys }: Dependencies, body: z.output<typeof newKeySchema>) {
  if (body.kind === 'crm-connection' && (await admin.organizationsOfCrm(body.crmConnectionId)).length === 0) {
    throw new Problem('NOT_CONNECTED', 'crmConnectionId: no organization has this CRM connection');
  }
  return apiKeys.create(body);
}

function ofInstallation(dependencies: Dependencies): Route[] {
  const { apiKeys } = dependencies;
  const base = { tag, kinds: ['installation'] } as const;
  return [
    route({
      ...base,
      method: 'post',
      path: '/v1/api-keys',
      summary:
        'Create a key of the installation, or of a CRM connection that several organizations share; shown once',
      body: newKeySchema,
      status: 201,
      response: createdKeySchema,
      handle: async ({ body }) => newInstallationKey(dependencies, body),
    }),
    route({
      ...base,
      method: 'get',
      path: '/v1/api-keys',
      summary: 'List all keys',
      status: 200,
      response: apiKeysSchema,
      handle: async () => ({ items: (await apiKeys.list(null)).map(apiKeyOf) }),
    }),
    route({
      ...base,
      method: 'delete',
      path: '/v1/api-keys/{keyId}',
      summary: 'Revoke any key but the one in use',
      params: z.strictObject({ keyId: idSchema }),
      status: 204,
      response: noContent,
      handle: async ({ params, key }) => revoke(apiKeys, key.id, params.keyId, null),
    }),
  ];
}

/** API keys: create, list, revoke, of an organization and of the installation. */
export function apiKeyRoutes(dependencies: Dependencies): Route[] {
  return [...ofOrganization(dependencies), ...ofInstallation(dependencies)];
}
