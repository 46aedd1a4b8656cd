import type { IQueueBackend, Processor, Queue, Worker, WorkerOptions } from 'bullmq';
import type { QueueName } from './catalogue.js';

/** The worker options that are ours to choose; connection and prefix belong to the backend. */
export type OwnWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** A BullMQ worker on either backend. */
export type BackendWorker = Worker<unknown, unknown, string, IQueueBackend>;

/** Where the doorbells live: one connection set for all queues and workers of this process. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  /** The queue of that name, opened once; for rings, counts and Bull Board. */
  queue(name: QueueName): Queue;
  /** Opens a BullMQ worker that the caller closes; {@link startQueueWorker} is the way to start one. */
  openWorker(name: QueueName, process: Processor, options: OwnWorkerOptions): BackendWorker;
  /** Resolves if the server answers within 5 s; rejects with the reason if not. */
  ping(): Promise<void>;
  /** Closes all queues and connections; close the workers first. */
  close(): Promise<void>;
}
