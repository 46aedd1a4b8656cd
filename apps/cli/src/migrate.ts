import { createDatabaseClock } from '@sync/composition';
import type { Config } from '@sync/config';
import { migrateDatabase, openStorage } from '@sync/storage';
import { addressOf, lookIntoDatabase } from './look-into-database.js';
import { reasonOf } from './reason-of.js';
import { say, type Terminal } from './surroundings.js';

/** What is to be migrated. */
export interface MigrateRequest {
  config: Config;
  terminal: Terminal;
  /** Makes a key of the installation under this name. */
  keyName?: string;
}

/** Brings the database to the current schema and says what that came to. */
export async function migrate({ config, terminal, keyName }: MigrateRequest): Promise<void> {
  const { databaseUrl } = config;
  if (databaseUrl === null) {
    throw new Error(
      'DATABASE_URL is not set: set it to the database, such as postgres://user:password@host:5432/crm_xero_sync',
    );
  }
  const before = await lookIntoDatabase(databaseUrl).catch((cause: unknown) => {
    const reason = reasonOf(cause);
    throw new Error(`Postgres at ${addressOf(databaseUrl)} does not let us in: ${reason}`, { cause });
  });
  await migrateDatabase(databaseUrl);
  const { address, tables } = await lookIntoDatabase(databaseUrl);
  const added = tables - before.tables;
  say(
    terminal.output,
    `${address} is at the current schema (${added > 0 ? `${added} tables made` : 'no table was missing'})`,
  );
  if (keyName !== undefined) await createKey({ config, databaseUrl, terminal, keyName });
}

/** The first key cannot come from the API, which asks for one. */
async function createKey(request: {
  config: Config;
  databaseUrl: string;
  terminal: Terminal;
  keyName: string;
}): Promise<void> {
  const { config, databaseUrl, terminal, keyName } = request;
  const { encryptionKeys } = config;
  if (encryptionKeys === null)
    throw new Error('ENCRYPTION_KEYS is not set: set it to what api and worker use');
  const storage = await openStorage({ url: databaseUrl, encryptionKeys, clock: createDatabaseClock() });
  try {
    const { key } = await storage.apiKeys.create({ kind: 'installation', name: keyName });
    say(terminal.errors, `installation key "${keyName}", shown this once; whoever has it may do everything:`);
    say(terminal.output, key);
  } finally {
    await storage.close();
  }
}
