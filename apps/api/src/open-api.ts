import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createXeroWebhooks, type Service } from '@sync/composition';
import type { ApiConfig } from '@sync/config';
import connectPgSimple from 'connect-pg-simple';
import session from 'express-session';
import { Pool } from 'pg';
import { createApi } from './create-api.js';
import type { ApiDependencies } from './dependencies.js';

/** A running API. */
export interface RunningApi {
  /** The port that it listens on; of interest where 0 was asked for. */
  readonly port: number;
  /** Takes no more requests, waits for those under way, and closes what it opened itself. */
  close(): Promise<void>;
}

/** Requests are short; one that takes longer than this holds up nobody else. */
const requestDeadlineMs = 60_000;

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((cause: unknown) => {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new Error(
      taken
        ? `Port ${port} is taken; choose another with PORT, such as PORT=3100`
        : `Cannot listen on port ${port}`,
      { cause },
    );
  });
}

async function close(server: Server): Promise<void> {
  server.closeIdleConnections();
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}

/** Sessions live in the database; the table is the migrations', and old rows are removed by the hour. */
function openSessions(config: ApiConfig, service: Pick<Service, 'log'>) {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: 2,
    application_name: 'crm-xero-sync sessions',
  });
  pool.on('error', (err) => service.log.warn({ err }, 'Postgres connection of the sessions failed'));
  const PgStore = connectPgSimple(session);
  const store = new PgStore({
    pool,
    tableName: 'session',
    pruneSessionInterval: 60 * 60,
    errorLog: (text: unknown) => service.log.warn({ err: new Error(String(text)) }, 'session store failed'),
  });
  return {
    store,
    async close() {
      store.close();
      await pool.end();
    },
  };
}

/** What the API takes of a composed service. */
export function dependenciesOf({
  config,
  service,
  sessions,
}: Pick<ApiDependencies, 'config' | 'sessions'> & { service: Service }): ApiDependencies {
  const { storage, queueBackend, oauth, parts, log, metrics } = service;
  return {
    config,
    admin: storage.admin,
    apiKeys: storage.apiKeys,
    stores: storage.stores,
    queueBackend,
    bell: parts.bell,
    xeroOAuth: oauth,
    webhooks: createXeroWebhooks(config.xero),
    xeroApps: storage.xeroApps,
    sessions,
    log,
    metrics,
    clock: parts.clock,
    pingDatabase: async () => storage.ping(),
  };
}

/** Serves the API on the configured port. The service's parts are used, not closed. */
export async function openApi({
  config,
  service,
}: {
  config: ApiConfig;
  service: Service;
}): Promise<RunningApi> {
  const sessions = openSessions(config, service);
  const api = createApi(dependenciesOf({ config, service, sessions: sessions.store }));
  const server = createServer({ requestTimeout: requestDeadlineMs }, api);
  try {
    await listen(server, config.port);
  } catch (error) {
    await sessions.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      await close(server);
      await sessions.close();
    },
  };
}
