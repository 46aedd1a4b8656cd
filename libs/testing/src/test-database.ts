import { escapeIdentifier } from 'pg';
import {
  countConnections,
  dropTestDatabase,
  onMaintenanceDatabase,
  testDatabaseUrl,
} from './postgres-server.js';
import { ensureTemplate, type TestDatabaseOptions } from './template-database.js';
import { uniqueTestName } from './test-run.js';

/** An empty, or migrated, Postgres database that belongs to one spec. */
export interface TestDatabase {
  url: string;
  name: string;
  /** How many connections to it are open. */
  connections(): Promise<number>;
  /** Removes the database, with whoever is still connected. */
  drop(): Promise<void>;
}

/** Creates a Postgres database of one's own; drop it in `afterAll`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const name = uniqueTestName();
  const template = await ensureTemplate(options);
  await onMaintenanceDatabase(async (client) => {
    // template0 takes connections from nobody, so that several specs may copy at the same time.
    const source = escapeIdentifier(template ?? 'template0');
    await client.query(`create database ${escapeIdentifier(name)} template ${source}`);
    // Workers are killed in specs, servers are not: what is committed need not be on the disk before it counts.
    await client.query(`alter database ${escapeIdentifier(name)} set synchronous_commit to off`);
  });
  const database = {
    url: testDatabaseUrl(name),
    name,
    connections: () => countConnections(name),
    drop: () => dropTestDatabase(name),
  };
  if (template === undefined) {
    await options.migrate?.(database.url);
  }
  return database;
}
