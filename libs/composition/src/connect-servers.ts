import type { ServiceConfig } from '@sync/config';
import type { EngineLog } from '@sync/engine';
import type { Logger } from '@sync/observability';
import { openQueueBackend, type QueueBackend } from '@sync/queue';
import { openStorage, type Storage } from '@sync/storage';
import { createDatabaseClock, type DatabaseClock } from './database-clock.js';

/** The servers that a process works with: the database, its clock, and the queues. */
export interface Servers {
  storage: Storage;
  clock: DatabaseClock;
  queueBackend: QueueBackend;
  close(): Promise<void>;
}

/** What servers are connected for. */
export interface ServersRequest {
  config: ServiceConfig;
  /** Queue workers that this process will start; the queue's connections are counted by it. */
  queueWorkers: number;
  log: Logger;
}

/** Connects to all of them, and migrates the database first. Where one cannot be used, none stays open. */
export async function connectServers({ config, queueWorkers, log }: ServersRequest): Promise<Servers> {
  const { databaseUrl, redisUrl, encryptionKeys } = config;
  const clock = createDatabaseClock();
  const engineLog: EngineLog = log;
  const storage = await openStorage({ url: databaseUrl, encryptionKeys, clock, log: engineLog });
  const closeDatabase = async () => {
    clock.stop();
    await storage.close();
  };
  try {
    await storage.migrate();
    await clock.follow(() => storage.databaseTime());
    const place = redisUrl === null ? { databaseUrl } : { redisUrl };
    const queueBackend = await openQueueBackend({ ...place, workers: queueWorkers, logger: log });
    const close = async () => {
      await queueBackend.close();
      await closeDatabase();
    };
    return { storage, clock, queueBackend, close };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}
