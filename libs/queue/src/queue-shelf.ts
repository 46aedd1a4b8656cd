import { type BackendFactory, type IQueueBackend, Queue, type QueueOptions } from 'bullmq';
import { queueCatalogue, type QueueName, queueNames } from './catalogue.js';
import { connectionWarnings } from './connection-warnings.js';
import type { QueueLogger } from './logger.js';

/** The queues of one backend. */
export interface QueueShelf {
  get(name: QueueName): Queue;
  /** Closes every queue. */
  close(): Promise<void>;
}

/** How the queues of a shelf are made. */
interface QueueShelfOptions {
  readonly factory: BackendFactory;
  readonly options: QueueOptions;
  readonly logger: QueueLogger;
}

function openQueue(name: QueueName, { factory, options, logger }: QueueShelfOptions): Queue {
  const defaultJobOptions = queueCatalogue[name].options;
  const queue = new Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend>(
    name,
    { ...options, defaultJobOptions },
    factory,
  );
  queue.on('error', connectionWarnings(logger, `connection of queue ${name} failed`));
  // BullMQ's default type says "on Redis" for its private parts; the public ones are alike on both backends, and
  // the default type is the one that Bull Board takes.
  return queue as Queue;
}

/**
 * All queues of the catalogue, opened now, while the server is known to answer: on Postgres a queue whose first
 * connection fails remembers that for good.
 */
export async function openQueueShelf(options: QueueShelfOptions): Promise<QueueShelf> {
  const queues = new Map(queueNames.map((name) => [name, openQueue(name, options)]));
  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  return {
    get(name) {
      const queue = queues.get(name);
      if (!queue) throw new Error(`no queue is called ${name}; the catalogue has ${queueNames.join(', ')}`);
      return queue;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
