import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { silentLogger, type StorageLogger } from './database/logger.js';
import { TABLES } from './tables/index.js';
import { Initial1763600000000 } from './migrations/1763600000000-initial.js';
import { BothWays1763700000000 } from './migrations/1763700000000-both-ways.js';
import { Purchases1763710000000 } from './migrations/1763710000000-purchases.js';
import { LiveOperations1763715000000 } from './migrations/1763715000000-live-operations.js';
import { Bills1763720000000 } from './migrations/1763720000000-bills.js';

/** How to reach the database. */
export interface DataSourceRequest {
  /** `postgres://…` */
  url: string;
  /** Connections at most; default 10. */
  poolSize?: number;
  log?: StorageLogger;
  /** Whether statements are cut off after a time: work yes, migrations no. */
  bounded: boolean;
}

/** TypeORM's data source: explicit migrations, never `synchronize`. */
export function createDataSource({
  url,
  poolSize = 10,
  log = silentLogger,
  bounded,
}: DataSourceRequest): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    // Ids come from gen_random_uuid(), which Postgres has without any extension.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    migrationsRun: false,
    migrationsTableName: 'schema_migration',
    migrations: [
      Initial1763600000000,
      BothWays1763700000000,
      Purchases1763710000000,
      LiveOperations1763715000000,
      Bills1763720000000,
    ],
    entities: TABLES,
    logging: false,
    applicationName: 'crm-xero-sync',
    connectTimeoutMS: 10_000,
    poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'an idle database connection broke'),
    extra: bounded ? BOUNDED : PLANNER,
  });
}

/**
 * Statements here take milliseconds; Postgres's just-in-time compiler, which is on by default, took up to 0.3 s before
 * some of them (measured).
 */
const PLANNER = { options: '-c jit=off' };

/** An idle transaction may last as long as a token refresh (20 s), not longer than a lease. */
const BOUNDED = { ...PLANNER, statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };
