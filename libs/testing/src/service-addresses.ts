/** A real server that specs talk to. */
export type ServiceName = 'postgres' | 'redis' | 'mariadb';

/** Host and port of a service, for a connection and for messages. */
export interface ServiceAddress {
  host: string;
  port: number;
}

/** How a service is called in messages. */
export const SERVICE_TITLES: Readonly<Record<ServiceName, string>> = {
  postgres: 'Postgres',
  redis: 'Redis',
  mariadb: 'MariaDB',
};

/** The variable that holds the address of the test Postgres, and what the global setup exports. */
export const DATABASE_TEST_URL = 'DATABASE_TEST_URL';

/** The Postgres server of the specs: an administrator's URL, since each spec creates databases of its own. */
export function postgresTestUrl(): string {
  return process.env[DATABASE_TEST_URL] ?? 'postgres://root@127.0.0.1:5432/postgres';
}

/** The Redis server of the specs; every spec keeps to a key prefix of its own. */
export function redisTestUrl(): string {
  return 'redis://127.0.0.1:6379';
}

/** How the specs log in to MariaDB, as an administrator, since each spec creates databases of its own. */
export const MARIADB_ADMINISTRATOR = { host: '127.0.0.1', port: 3306, user: 'root', password: '' } as const;

/** Where a service is expected to listen. */
export function serviceAddress(service: ServiceName): ServiceAddress {
  if (service === 'mariadb') {
    return { host: MARIADB_ADMINISTRATOR.host, port: MARIADB_ADMINISTRATOR.port };
  }
  const url = new URL(service === 'postgres' ? postgresTestUrl() : redisTestUrl());
  return { host: url.hostname, port: Number(url.port || (service === 'postgres' ? 5432 : 6379)) };
}
