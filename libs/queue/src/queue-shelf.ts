import { type BackendFactory, type IQueueBackend, Queue, type QueueOptions } from 'bullmq';
import { queueCatalogue, type QueueName, queueNames } from './catalogue.js';
import { connectionWarnings } from './connection-warnings.js';
import type { QueueLogger } from './logger.js';
import { within } from './within.js';

/** How long queues that could not be opened may take to close. */
const CLOSE_MS = 2_000;

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
 * connection fails remembers that for good. If one cannot be opened, none stays open.
 */
export async function openQueueShelf(options: QueueShelfOptions): Promise<QueueShelf> {
  const queues = new Map(queueNames.map((name) => [name, openQueue(name, options)]));
  const close = async () => {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
  };
  try {
    await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  } catch (error) {
    // One that never connected may be unable to close; whoever owns the connection closes that.
    await Promise.allSettled([within(CLOSE_MS, 'queues', close())]);
    throw error;
  }
  return {
    get(name) {
      const queue = queues.get(name);
      if (!queue) throw new Error(`no queue is called ${name}; the catalogue has ${queueNames.join(', ')}`);
      return queue;
    },
    close,
  };
}
