import { randomUUID } from 'node:crypto';
import type { Role, ServiceConfig } from '@sync/config';
import type { EngineLog, EngineParts } from '@sync/engine';
import { definitions } from '@sync/entities';
import { createLogger, createMetrics, type Logger, type Metrics } from '@sync/observability';
import { type Bell, createBell, openQueueBackend, type QueueBackend } from '@sync/queue';
import { openStorage, type Storage } from '@sync/storage';
import { createTokenSource, createXero, createXeroOAuth, type XeroMetrics, type XeroOAuth } from '@sync/xero';
import { createCrmConnections } from './crm-connections.js';
import { createDatabaseClock, type DatabaseClock } from './database-clock.js';
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
export async function composeService({
  config,
  role,
  queueWorkers,
  log: given,
}: ServiceRequest): Promise<Service> {
  const log = given ?? createLogger({ level: config.logLevel, role });
  for (const warning of config.warnings) log.warn(warning);
  const metrics = createMetrics();
  const clock = createDatabaseClock();
  const storage = await openStorage({
    url: config.databaseUrl,
    encryptionKeys: config.encryptionKeys,
    clock,
    log: log satisfies EngineLog,
  });
  const queueBackend = await openServers({ config, queueWorkers, storage, clock, log });
  const bell = createBell({ backend: queueBackend, logger: log });
  const oauth = createXeroOAuth({ ...config.xero, clock });
  const tokens = createTokenSource({ vault: storage.tokenVault, oauth, clock });
  const crms = createCrmConnections({
    admin: storage.admin,
    fingerprints: (id) => storage.fingerprints(id),
    clock,
  });
  const parts: EngineParts = {
    stores: storage.stores,
    definitions,
    xero: createXero({
      apiUrl: config.xero.apiUrl,
      callLog: storage.callLog,
      tokens,
      clock,
      log,
      metrics: countCalls(metrics),
    }),
    crmOf: (organization) => crms.of(organization),
    bell: createDoorbell(bell),
    clock,
    log,
    publicUrl: config.linkUrl,
    newId: () => randomUUID(),
  };
  const close = async () => {
    clock.stop();
    await crms.close();
    await queueBackend.close();
    await storage.close();
  };
  return { config, storage, queueBackend, bell, oauth, parts, log, metrics, close };
}

/** A start that fails half-way leaves nothing open behind it. */
async function openServers(request: {
  config: ServiceConfig;
  queueWorkers: number;
  storage: Storage;
  clock: DatabaseClock;
  log: Logger;
}): Promise<QueueBackend> {
  const { config, queueWorkers: workers, storage, clock, log: logger } = request;
  const { databaseUrl, redisUrl } = config;
  try {
    await storage.migrate();
    await clock.follow(() => storage.databaseTime());
    return await openQueueBackend({
      ...(redisUrl === null ? { databaseUrl } : { redisUrl }),
      workers,
      logger,
    });
  } catch (error) {
    clock.stop();
    await storage.close();
    throw error;
  }
}

function countCalls({ xeroCalls, gateWait }: Metrics): XeroMetrics {
  return {
    called: ({ method, resource, status, lane, waitedMs }) => {
      xeroCalls.inc({ method, resource, status: status === null ? 'none' : String(status) });
      gateWait.observe({ lane }, waitedMs / 1000);
    },
  };
}
