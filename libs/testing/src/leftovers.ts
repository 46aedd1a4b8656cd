import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { dropTestDatabase, onMaintenanceDatabase } from './postgres-server.js';
import { MARIADB_ADMINISTRATOR } from './service-addresses.js';
import { ageOfTestName } from './test-run.js';

const LEFTOVER_AFTER_MS = 6 * 60 * 60 * 1000;

/** Removes databases of runs that were killed: older than six hours, so that no run under way loses one. */
export async function dropPostgresLeftovers(): Promise<string[]> {
  const names = await onMaintenanceDatabase(async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    return rows.map((row) => row.datname).filter(isLeftover);
  });
  for (const name of names) {
    await dropTestDatabase(name);
  }
  return names;
}

/** The same for MariaDB. */
export async function dropMariaDatabaseLeftovers(): Promise<string[]> {
  const connection = await createConnection(MARIADB_ADMINISTRATOR);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'select schema_name as name from information_schema.schemata',
    );
    const names = rows.map((row) => String(row['name'])).filter(isLeftover);
    for (const name of names) {
      await connection.query('drop database if exists ??', [name]);
      await connection.query('drop user if exists ?@?', [name, '%']);
    }
    return names;
  } finally {
    await connection.end();
  }
}

function isLeftover(name: string): boolean {
  return (ageOfTestName(name) ?? 0) > LEFTOVER_AFTER_MS;
}
