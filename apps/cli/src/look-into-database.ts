import { Client } from 'pg';

/** How long a server may take to answer. */
const PATIENCE_MS = 10_000;

/** What a Postgres server says of itself and of the database. */
export interface DatabaseFacts {
  /** `user@host:5432/name`, without the password. */
  address: string;
  /** Such as 15. */
  majorVersion: number;
  /** Tables of the schema that we would work in. */
  tables: number;
}

/** Asks a database about itself; changes nothing. Rejects when it cannot be reached. */
export async function lookIntoDatabase(url: string): Promise<DatabaseFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    application_name: 'crm-xero-sync cli',
  });
  // A connection that breaks later is noticed by the next question.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Omit<DatabaseFacts, 'address'>>(`
      select current_setting('server_version_num')::int / 10000 as "majorVersion",
        (select count(*)::int from information_schema.tables where table_schema = current_schema()) as tables`);
    const [facts] = rows;
    if (facts === undefined) throw new Error('The database said nothing of itself');
    return { ...facts, address: addressOf(url) };
  } finally {
    await client.end();
  }
}

/** Where a server is, as it may be shown. */
export function addressOf(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${username === '' ? '' : `${decodeURIComponent(username)}@`}${host}${pathname}`;
}
