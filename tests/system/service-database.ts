import { openQueueBackend } from '@sync/queue';
import { migrateDatabase } from '@sync/storage';
import { createTestDatabase, type TestDatabase } from '@sync/testing';

/** A database with all that the service would migrate when it starts: its tables, and the queues'. */
export function createServiceDatabase(): Promise<TestDatabase> {
  return createTestDatabase({ template: 'service', migrate });
}

async function migrate(databaseUrl: string): Promise<void> {
  await migrateDatabase(databaseUrl);
  const silent = () => undefined;
  const logger = { info: silent, warn: silent, error: silent };
  const queues = await openQueueBackend({ databaseUrl, workers: 0, logger });
  await queues.close();
}
