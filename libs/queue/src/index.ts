export type { QueueBackend } from './backend.js';
export {
  type Bell,
  createBell,
  type Ring,
  type RingOutcome,
  type RingPriority,
  ringPriorities,
} from './bell.js';
export { queueCatalogue, type QueueName, queueNames, type QueuePayload } from './catalogue.js';
export type { JobContext, JobResult, JsonValue } from './job-context.js';
export type { QueueLogger } from './logger.js';
export { openQueueBackend, type QueueBackendOptions } from './open-backend.js';
export type { JobHandler } from './run-job.js';
export { type QueueWorker, type QueueWorkerOptions, startQueueWorker } from './worker.js';
