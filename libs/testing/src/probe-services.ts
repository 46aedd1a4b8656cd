import { isNativeError } from 'node:util/types';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import {
  MARIADB_ADMINISTRATOR,
  postgresTestUrl,
  redisTestUrl,
  serviceAddress,
  SERVICE_TITLES,
  type ServiceName,
} from './service-addresses.js';

/** What a probe found: the server's version, or why it cannot be used. */
export type ServiceFinding = { available: true; version: string } | { available: false; reason: string };

/** One finding for each service. */
export type ServiceFindings = Readonly<Record<ServiceName, ServiceFinding>>;

const PROBE_TIMEOUT_MS = 3_000;

/** Logs in to each service and asks for its version; never rejects. */
export async function probeServices(): Promise<ServiceFindings> {
  const [postgres, redis, mariadb] = await Promise.all([
    finding('postgres', postgresVersion),
    finding('redis', redisVersion),
    finding('mariadb', mariadbVersion),
  ]);
  return { postgres, redis, mariadb };
}

async function finding(service: ServiceName, version: () => Promise<string>): Promise<ServiceFinding> {
  try {
    return { available: true, version: await version() };
  } catch (error) {
    const { host, port } = serviceAddress(service);
    return {
      available: false,
      reason: `no ${SERVICE_TITLES[service]} at ${host}:${port} (${textOf(error)})`,
    };
  }
}

/** ECONNREFUSED comes as an AggregateError without a message where a host has two addresses. */
function textOf(error: unknown): string {
  if (!isNativeError(error)) {
    return String(error);
  }
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || error.name;
}

async function postgresVersion(): Promise<string> {
  const client = new Client({
    connectionString: postgresTestUrl(),
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}

async function redisVersion(): Promise<string> {
  const redis = new Redis(redisTestUrl(), {
    lazyConnect: true,
    connectTimeout: PROBE_TIMEOUT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let connectionError: Error | undefined;
  redis.on('error', (error) => (connectionError = error));
  try {
    await redis.connect();
    return /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
  } catch (error) {
    // ioredis rejects with "Connection is closed."; its event carries the cause that a reader needs.
    throw connectionError ?? error;
  } finally {
    // On a connection that has ended, `disconnect` would keep the process alive for two seconds.
    if (redis.status !== 'end') {
      redis.disconnect();
    }
  }
}

async function mariadbVersion(): Promise<string> {
  const connection = await createConnection({ ...MARIADB_ADMINISTRATOR, connectTimeout: PROBE_TIMEOUT_MS });
  try {
    const [rows] = await connection.query('select version() as version');
    return (rows as { version: string }[])[0]?.version ?? 'unknown';
  } finally {
    await connection.end();
  }
}
