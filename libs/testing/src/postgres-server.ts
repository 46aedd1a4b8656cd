import { Client, escapeIdentifier } from 'pg';
import { postgresTestUrl } from './service-addresses.js';

/** The URL of a database on the test server. */
export function testDatabaseUrl(name: string): string {
  const url = new URL(postgresTestUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database of the test server, with whoever is still connected. */
export async function dropTestDatabase(name: string): Promise<void> {
  await onMaintenanceDatabase((client) =>
    client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`),
  );
}

/** How many clients are connected to a database of the test server. */
export async function countConnections(name: string): Promise<number> {
  const { rows } = await onMaintenanceDatabase((client) =>
    client.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    ),
  );
  return rows[0]?.count ?? 0;
}

/** Runs something on a short connection to the test server's own database. */
export async function onMaintenanceDatabase<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: postgresTestUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
