import { randomUUID } from 'node:crypto';
import type { Role, ServiceConfig } from '@sync/config';
import type { EngineParts } from '@sync/engine';
import { definitions } from '@sync/entities';
import { createLogger, createMetrics, type Logger, type Metrics } from '@sync/observability';
import { type Bell, createBell, type QueueBackend } from '@sync/queue';
import type { Storage } from '@sync/storage';
import { createTokenSource, createXero, createXeroOAuth, type XeroMetrics, type XeroOAuth } from '@sync/xero';
import { connectServers, type Servers } from './connect-servers.js';
import { createCrmConnections, type CrmConnections } from './crm-connections.js';
import { createDoorbell } from './doorbell.js';

/** Everything that a process of the service is made of, wired. */
export interface Service {
  config: ServiceConfig;
  storage: Storage;
  queueBackend: QueueBackend;
  bell: Bell;
  oauth: XeroOAuth;
  parts: EngineParts;
  log: Logger;
  metrics: Metrics;
  /** Closes what was opened, in the opposite order. */
  close(): Promise<void>;
}

/** What is to be composed. */
export interface ServiceRequest {
  config: ServiceConfig;
  role: Role;
  /** Queue workers that this process will start; the queue's connections are counted by it. */
  queueWorkers: number;
  /** Default: standard output. */
  log?: Logger;
}

/** Builds the objects out of the configuration, by hand. Migrates the database first. */
export async function composeService(request: ServiceRequest): Promise<Service> {
  const { config, role, queueWorkers } = request;
  const log = request.log ?? createLogger({ level: config.logLevel, role });
  for (const warning of config.warnings) log.warn(warning);
  const metrics = createMetrics();
  const servers = await connectServers({ config, queueWorkers, log });
  const { storage, queueBackend, clock } = servers;
  const { admin } = storage;
  const bell = createBell({ backend: queueBackend, logger: log });
  const oauth = createXeroOAuth({ ...config.xero, clock });
  const crms = createCrmConnections({ admin, fingerprints: (id) => storage.fingerprints(id), clock });
  const parts = engineParts({ config, servers, bell, oauth, crms, metrics, log });
  const close = async () => {
    await crms.close();
    await servers.close();
  };
  return { config, storage, queueBackend, bell, oauth, parts, log, metrics, close };
}

/** What the engine works with. */
function engineParts(
  made: Pick<Service, 'config' | 'bell' | 'oauth' | 'metrics' | 'log'> & {
    servers: Servers;
    crms: CrmConnections;
  },
): EngineParts {
  const { config, servers, bell, oauth, crms, metrics, log } = made;
  const { storage, clock } = servers;
  const tokens = createTokenSource({ vault: storage.tokenVault, oauth, clock });
  const { apiUrl } = config.xero;
  const { callLog } = storage;
  return {
    stores: storage.stores,
    definitions,
    xero: createXero({ apiUrl, callLog, tokens, clock, log, metrics: countCalls(metrics) }),
    crmOf: (organization) => crms.of(organization),
    bell: createDoorbell(bell),
    clock,
    log,
    publicUrl: config.linkUrl,
    newId: () => randomUUID(),
  };
}

function countCalls({ xeroCalls, gateWait }: Metrics): XeroMetrics {
  return {
    called: ({ method, resource, status, lane, waitedMs }) => {
      xeroCalls.inc({ method, resource, status: status === null ? 'none' : String(status) });
      gateWait.observe({ lane }, waitedMs / 1000);
    },
  };
}
