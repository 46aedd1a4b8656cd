import { type BackendFactory, type IQueueBackend, Queue, type QueueOptions } from 'bullmq';
import { queueCatalogue, type QueueName } from './catalogue.js';
import type { QueueLogger } from './logger.js';

/** The queues of one backend, each opened at its first use and kept. */
export interface QueueShelf {
  get(name: QueueName): Queue;
  /** Closes every opened queue. */
  close(): Promise<void>;
}

/** A shelf whose queues are made by `factory` with `options`. */
export function openQueueShelf(
  factory: BackendFactory,
  options: QueueOptions,
  logger: QueueLogger,
): QueueShelf {
  const queues = new Map<QueueName, Queue>();
  const open = (name: QueueName): Queue => {
    const defaultJobOptions = queueCatalogue[name].options;
    const queue = new Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend>(
      name,
      { ...options, defaultJobOptions },
      factory,
    );
    queue.on('error', (err) => logger.warn({ err, queue: name }, 'queue connection failed'));
    // BullMQ's default type says "on Redis" for its private parts; the public ones are alike on both backends,
    // and the default type is the one that Bull Board takes.
    return queue as Queue;
  };
  return {
    get(name) {
      const queue = queues.get(name) ?? open(name);
      queues.set(name, queue);
      return queue;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      queues.clear();
    },
  };
}
