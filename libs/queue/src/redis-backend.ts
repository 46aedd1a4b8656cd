import { type ConnectionOptions, createRedisBackend, type IQueueBackend, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { QueueBackend } from './backend.js';
import { connectionWarnings } from './connection-warnings.js';
import type { QueueLogger } from './logger.js';
import { openQueueShelf } from './queue-shelf.js';
import { within } from './within.js';

interface RedisBackendOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly logger: QueueLogger;
}

/**
 * Workers wait for Redis however long it is away, as BullMQ demands of them. Rings must not: whoever rings has an
 * answer to give, and rings kept for later would pile up, although every due piece of work is rung again anyway.
 */
const forWorkers: RedisOptions = { maxRetriesPerRequest: null };
const forRings: RedisOptions = { maxRetriesPerRequest: 1, enableOfflineQueue: false };

async function connect(redisUrl: string, options: RedisOptions, logger: QueueLogger): Promise<Redis> {
  const client = new Redis(redisUrl, { ...options, lazyConnect: true, connectTimeout: 5_000 });
  client.on('error', connectionWarnings(logger, 'Redis connection of the queues failed'));
  try {
    await within(10_000, 'Redis', client.connect());
    return client;
  } catch (cause) {
    client.disconnect();
    const { hostname, port } = new URL(redisUrl);
    throw new Error(`Redis at ${hostname}:${port || 6379} does not answer; check REDIS_URL`, { cause });
  }
}

/** Both connections and the queues on the first; where one of them fails, nothing stays open. */
async function openAll({ redisUrl, prefix, logger }: RedisBackendOptions) {
  const open: Redis[] = [];
  try {
    const ringing = await connect(redisUrl, forRings, logger);
    open.push(ringing);
    const working = await connect(redisUrl, forWorkers, logger);
    open.push(working);
    const connection: ConnectionOptions = ringing;
    const shelf = await openQueueShelf({
      factory: createRedisBackend,
      options: { connection, prefix },
      logger,
    });
    return { ringing, working, shelf };
  } catch (error) {
    for (const client of open) client.disconnect();
    throw error;
  }
}

/** The doorbells in Redis: one connection for all queues, one for all workers, and one more per worker. */
export async function openRedisBackend(options: RedisBackendOptions): Promise<QueueBackend> {
  const { prefix } = options;
  const { ringing, working, shelf } = await openAll(options);
  return {
    kind: 'redis',
    queue: (name) => shelf.get(name),
    openWorker: (name, process, own) =>
      new Worker<unknown, unknown, string, IQueueBackend>(
        name,
        process,
        { ...own, connection: working, prefix },
        createRedisBackend,
      ),
    async ping() {
      await within(5_000, 'Redis', ringing.ping());
    },
    async close() {
      await shelf.close();
      ringing.disconnect();
      working.disconnect();
    },
  };
}
