import type { QueueBackend } from './backend.js';
import type { QueueLogger } from './logger.js';
import { openPostgresBackend } from './postgres-backend.js';
import { openRedisBackend } from './redis-backend.js';

/** How to open a backend. */
export interface QueueBackendOptions {
  /** `redis://` or `rediss://`; if given, the doorbells live in Redis. */
  readonly redisUrl?: string | undefined;
  /** `postgres://`; the doorbells live there, in the schema `bullmq`, if no Redis is given. */
  readonly databaseUrl?: string | undefined;
  /** Redis only: what every key starts with. */
  readonly prefix?: string | undefined;
  /** How many queue workers this process will start at most; sizes the Postgres pool. */
  readonly workers: number;
  readonly logger: QueueLogger;
}

/**
 * Opens the doorbells: BullMQ on Redis where a `redisUrl` is given, else BullMQ on Postgres, whose schema it
 * brings up to date. Rejects if the server does not answer within 10 s.
 */
export async function openQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  const { redisUrl, databaseUrl, prefix = 'crm-xero-sync', workers, logger } = options;
  if (redisUrl) return openRedisBackend({ redisUrl, prefix, logger });
  if (databaseUrl) return openPostgresBackend({ databaseUrl, workers, logger });
  throw new Error('The queues have no server: set REDIS_URL, or DATABASE_URL for queues in Postgres');
}
