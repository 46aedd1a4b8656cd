import { createHttpCrm, createPerfexCrm } from '@sync/crm';
import type { Clock } from '@sync/domain';
import type { AdminStore, CrmConnectionConfig, CrmPort, FingerprintStore, Organization } from '@sync/engine';

/** The CRMs of all organizations, each opened once and kept open. */
export interface CrmConnections {
  of(organization: Pick<Organization, 'crmConnectionId'>): Promise<CrmPort>;
  close(): Promise<void>;
}

/** What CRM connections are built from. */
export interface CrmConnectionParts {
  admin: Pick<AdminStore, 'crmConfig'>;
  fingerprints(crmConnectionId: string): FingerprintStore;
  clock: Clock;
}

/** Opens CRMs when they are first needed. One that cannot be opened is tried again the next time. */
export function createCrmConnections(parts: CrmConnectionParts): CrmConnections {
  const open = new Map<string, Promise<CrmPort>>();
  const connect = async (id: string) => createCrm(await parts.admin.crmConfig(id), id, parts);
  return {
    of: ({ crmConnectionId: id }) => {
      const known = open.get(id);
      if (known) return known;
      const opening = connect(id);
      open.set(id, opening);
      opening.catch(() => open.delete(id));
      return opening;
    },
    close: async () => {
      const settled = await Promise.allSettled(open.values());
      await Promise.all(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
    },
  };
}

/** The adapter for a configuration; behaviour follows what the adapter declares, never its kind. */
function createCrm(
  config: CrmConnectionConfig,
  id: string,
  { fingerprints, clock }: CrmConnectionParts,
): CrmPort {
  switch (config.kind) {
    case 'http':
      return createHttpCrm(config);
    case 'perfex':
      return createPerfexCrm({ ...config, fingerprints: fingerprints(id), clock });
  }
}
