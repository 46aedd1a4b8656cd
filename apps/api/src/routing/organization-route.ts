import type { ApiKeyIdentity, ApiKeyKind, Organization } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound } from '../http/problem.js';
import { idSchema } from '../schemas/basics.js';
import type { CheckedRequest } from './route.js';

/** Who may see and change an organization: whoever runs the installation, and its own key. */
export const organizationKinds: readonly ApiKeyKind[] = ['installation', 'organization'];

/** Path parameters of an organization's routes. */
export const organizationParams = z.strictObject({ organizationId: idSchema });

/** The organization that a key may see, for a run or record that names one; others do not exist for it. */
export function scopeOf(key: ApiKeyIdentity): string | null {
  return key.kind === 'installation' ? null : key.organizationId;
}

/** The handler of a route of an organization: what belongs to another organization does not exist. */
export function withinOrganization({ stores }: Pick<ApiDependencies, 'stores'>) {
  return <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, T>(
    handle: (request: CheckedRequest<P, Q, B> & { organization: Organization }) => Promise<T>,
  ) =>
    async (request: CheckedRequest<P, Q, B>): Promise<T> => {
      const { organizationId } = organizationParams.loose().parse(request.params);
      const scope = scopeOf(request.key);
      const foreign = scope !== null && scope !== organizationId;
      const organization = foreign ? null : await stores.organizations.load(organizationId);
      if (organization === null) throw notFound('organization');
      return handle({ ...request, organization });
    };
}
