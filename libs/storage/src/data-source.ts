import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { silentLogger, type StorageLogger } from './database/logger.js';
import { TABLES } from './tables/index.js';
import { Initial1763600000000 } from './migrations/1763600000000-initial.js';
import { BothWays1763700000000 } from './migrations/1763700000000-both-ways.js';
import { Purchases1763710000000 } from './migrations/1763710000000-purchases.js';
import { LiveOperations1763715000000 } from './migrations/1763715000000-live-operations.js';
import { Refusals1763731000000 } from './migrations/1763731000000-refusals.js';
import { NearMisses1763732000000 } from './migrations/1763732000000-near-misses.js';
import { Bills1763720000000 } from './migrations/1763720000000-bills.js';
import { XeroApps1763721000000 } from './migrations/1763721000000-xero-apps.js';
import { ListedAt1763733000000 } from './migrations/1763733000000-listed-at.js';

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
      XeroApps1763721000000,
      Refusals1763731000000,
      NearMisses1763732000000,
      ListedAt1763733000000,
    ],
    entities: TABLES,
    logging: false,
    applicationName: 'crm-xero-sync',
    connectTimeoutMS: 10_000,
    poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'an idle database connection broke'),
    extra: bounded ? BOUNDED : SESSION,
  });
}

/**
 * Statements here take milliseconds; Postgres's just-in-time compiler, which is on by default, took up to 0.3 s before
 * some of them (measured). Every transaction is `read committed`: said once for a connection, it takes no statement in each.
 */
const SESSION = { options: '-c jit=off -c default_transaction_isolation=read\\ committed' };

/** An idle transaction may last as long as a token refresh (20 s), not longer than a lease. */
const BOUNDED = { ...SESSION, statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };
