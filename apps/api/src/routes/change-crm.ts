import { type AdminStore, type CrmConnectionConfig, ENDED_BY_CRM } from '@sync/engine';
import type { ApiDependencies } from '../dependencies.js';
import { organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { crmConnectionSchema } from '../schemas/crm-connection.js';
import { foundOrganization, organizationSchema } from '../schemas/organization.js';
import { asRuleProblem } from './connection-rules.js';

async function change(admin: AdminStore, organizationId: string, config: CrmConnectionConfig) {
  try {
    return await admin.changeCrm(organizationId, config);
  } catch (error) {
    throw asRuleProblem(error);
  }
}

/** A mistyped prefix or a new password must not cost an organization its links. */
export function changeCrmRoute({
  admin,
  stores,
  bell,
}: Pick<ApiDependencies, 'admin' | 'stores' | 'bell'>): Route {
  return route({
    method: 'put',
    path: '/v1/organizations/{organizationId}/crm',
    tag: 'Organizations',
    summary: 'Change how the CRM is reached',
    description:
      'Links and settings stay, and what stood still because of the CRM is tried again, in every organization that ' +
      'shares the connection; after `CRM_REPLACED`, retry that code as well. The kind can change as long as no ' +
      'record is linked; mappings are then suggested anew and must be confirmed.',
    kinds: ['installation'],
    params: organizationParams,
    body: crmConnectionSchema,
    status: 200,
    response: organizationSchema,
    handle: withinOrganization({ stores })(async ({ organization, body, afterAnswer }) => {
      const changed = await change(admin, organization.id, body);
      for (const sharing of await admin.organizationsOfCrm(organization.crmConnectionId)) {
        await stores.organizations.resume(sharing.id, ENDED_BY_CRM);
        afterAnswer(() => bell.ringReference(sharing));
      }
      return foundOrganization(changed);
    }),
  });
}
