import type {
  AdminStore,
  ApiKeyStore,
  CallLog,
  FingerprintStore,
  Stores,
  TokenVault,
  XeroAppStore,
} from '@sync/engine';
import type { Clock } from '@sync/domain';
import { createAdminStore } from './admin/admin-store.js';
import { createApiKeyStore } from './admin/api-keys.js';
import { withAdvisoryLock } from './advisory-lock.js';
import { createCallLog } from './connections/call-log.js';
import { createFingerprintStore } from './connections/fingerprints.js';
import { createOrganizationStore } from './connections/organizations.js';
import { createXeroAppStore } from './connections/xero-apps.js';
import { createDataSource } from './data-source.js';
import { type Database, openDatabase } from './database/database.js';
import { silentLogger, type StorageLogger } from './database/logger.js';
import { createStatistics } from './database/statistics.js';
import { storageError } from './database/storage-error.js';
import { type Housekeeping, keepHouse } from './housekeeping.js';
import { createBatchStore } from './ledger/batches.js';
import { createHintStore } from './ledger/hints.js';
import { createLeaseStore } from './ledger/leases.js';
import { createOperationStore } from './ledger/operations.js';
import { createRunStore } from './ledger/runs.js';
import { createSweepStore } from './ledger/sweeps.js';
import { migrateDatabase } from './migrate.js';
import { createBrakeStore } from './records/brake.js';
import { createConflictStore } from './records/conflicts.js';
import { createCrmWriteStore } from './records/crm-writes.js';
import { createIdentityStore } from './records/identities.js';
import { createMappingStore } from './records/mappings.js';
import { createWebhookStore } from './records/webhooks.js';
import { createXeroCheckpointStore } from './records/xero-checkpoints.js';
import { resealSecrets } from './secrets/reseal.js';
import { createSealer, type EncryptionKey } from './secrets/sealed-text.js';
import { createTokenVault } from './secrets/token-vault.js';

/** What storage needs. */
export interface OpenStorage {
  /** `postgres://…` */
  url: string;
  /** The first one writes, all of them read. */
  encryptionKeys: readonly EncryptionKey[];
  clock: Clock;
  /** Connections at most; default 20. A lock that is held and a token that is refreshed keep one each. */
  poolSize?: number;
  log?: StorageLogger;
}

/** Everything that Postgres holds. */
export interface Storage {
  stores: Stores;
  callLog: CallLog;
  tokenVault: TokenVault;
  admin: AdminStore;
  apiKeys: ApiKeyStore;
  xeroApps: XeroAppStore;
  fingerprints(crmConnectionId: string): FingerprintStore;
  /** Brings the database to the current schema. */
  migrate(): Promise<void>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Runs `work` while holding the lock of this name; null when another process, or another call, holds it. */
  advisoryLock<Result>(name: string, work: () => Promise<Result>): Promise<Result | null>;
  /** The database's clock. */
  databaseTime(): Promise<Date>;
  /** Deletes what is past its time; returns how many rows of each table. */
  housekeeping(now: Date): Promise<Housekeeping>;
  /** Seals every secret anew under the first key; returns how many rows changed. */
  resealSecrets(): Promise<number>;
  close(): Promise<void>;
}

/** Connects to the database. Rejects with a `StorageError` when it cannot be reached. */
export async function openStorage(request: OpenStorage): Promise<Storage> {
  const { url, encryptionKeys, clock, log = silentLogger } = request;
  const sealer = createSealer(encryptionKeys);
  const source = createDataSource({ url, log, bounded: true, poolSize: request.poolSize ?? 20 });
  await source.initialize().catch((error: unknown) => {
    throw storageError(error);
  });
  const database = openDatabase(source, log);
  return {
    stores: createStores(database, clock),
    callLog: createCallLog(database, clock),
    tokenVault: createTokenVault(database, sealer, clock),
    admin: createAdminStore(database, sealer, clock),
    apiKeys: createApiKeyStore(database, clock),
    xeroApps: createXeroAppStore(database, sealer, clock),
    fingerprints: (crmConnectionId) => createFingerprintStore(database, crmConnectionId),
    ...services(database, url),
    resealSecrets: () => resealSecrets(database, sealer),
    close: () => source.destroy(),
  };
}

function services(
  database: Database,
  url: string,
): Pick<Storage, 'migrate' | 'ping' | 'advisoryLock' | 'databaseTime' | 'housekeeping'> {
  return {
    migrate: () => migrateDatabase(url),
    ping: async () => {
      await database.rows('select 1');
    },
    advisoryLock: (name, work) => withAdvisoryLock(database, name, work),
    databaseTime: async () => {
      const [row] = await database.rows<{ now: Date }>('select clock_timestamp() as now');
      if (row === undefined) throw new Error('The database did not tell the time');
      return row.now;
    },
    housekeeping: (now) => keepHouse(database, now),
  };
}

function createStores(database: Database, clock: Clock): Stores {
  const statistics = createStatistics(database);
  return {
    hints: createHintStore(database, clock, statistics),
    operations: createOperationStore(database, clock),
    leases: createLeaseStore(database),
    batches: createBatchStore(database, clock),
    sweeps: createSweepStore(database, clock, statistics),
    runs: createRunStore(database, clock),
    mappings: createMappingStore(database, clock),
    identities: createIdentityStore(database, statistics, clock),
    organizations: createOrganizationStore(database, clock),
    xeroCheckpoints: createXeroCheckpointStore(database, clock),
    webhooks: createWebhookStore(database, clock),
    crmWrites: createCrmWriteStore(database, clock),
    conflicts: createConflictStore(database, clock),
    brake: createBrakeStore(database, clock),
  };
}
