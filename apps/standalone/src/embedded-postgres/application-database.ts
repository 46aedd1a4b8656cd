import { Client, escapeIdentifier } from 'pg';
import { StartError } from '../start-error.js';

const WRONG_PASSWORD = '28P01';

/** Creates a database unless it is there. Asked at every start: a first start may have been killed before it came to this. */
export async function ensureDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await client.query(`create database ${escapeIdentifier(name)}`);
    }
  } catch (cause) {
    if ((cause as { code?: string }).code === WRONG_PASSWORD) {
      throw new StartError(
        'The embedded Postgres does not accept the password in secrets.json of the data directory.',
        'Bring back the secrets.json that belongs to this data, or move the whole data directory away to begin anew.',
        { cause },
      );
    }
    throw cause;
  } finally {
    await client.end();
  }
}
