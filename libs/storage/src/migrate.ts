import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { storageError } from './database/storage-error.js';

const LOCK = 'crm-xero-sync migrations';

/** Brings a database to the current schema; processes that start together wait for each other. */
export async function migrateDatabase(url: string): Promise<void> {
  const source = createDataSource({ url, poolSize: 2, bounded: false });
  try {
    await source.initialize();
    await runMigrations(source);
  } catch (error) {
    throw storageError(error);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

async function runMigrations(source: DataSource): Promise<void> {
  const guard = source.createQueryRunner();
  try {
    await guard.query('select pg_advisory_lock(hashtextextended($1, 0))', [LOCK]);
    await source.runMigrations({ transaction: 'each' });
    await guard.query('select pg_advisory_unlock(hashtextextended($1, 0))', [LOCK]);
  } finally {
    await guard.release();
  }
}
