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

/** A CRM that is open, and the configuration that it was opened with. */
interface OpenCrm {
  config: string;
  port: CrmPort;
}

/**
 * Opens CRMs when they are first needed, and anew when their configuration was changed. One that cannot be opened is
 * tried again the next time.
 */
export function createCrmConnections(parts: CrmConnectionParts): CrmConnections {
  const open = new Map<string, OpenCrm>();
  return {
    of: async ({ crmConnectionId: id }) => {
      const config = await parts.admin.crmConfig(id);
      const text = JSON.stringify(config);
      const known = open.get(id);
      if (known?.config === text) return known.port;
      const port = createCrm(config, id, parts);
      open.set(id, { config: text, port });
      // Whoever still reads through the old one gets an error that its own caller makes good.
      await known?.port.close();
      return port;
    },
    close: async () => {
      await Promise.all([...open.values()].map(({ port }) => port.close()));
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
