import { randomUUID } from 'node:crypto';
import type { BackendWorker, OwnWorkerOptions, QueueBackend } from './backend.js';
import type { QueueName } from './catalogue.js';
import { connectionWarnings } from './connection-warnings.js';
import type { QueueLogger } from './logger.js';
import { type JobHandler, runJob } from './run-job.js';
import { TimedOutError, within } from './within.js';

/** What a queue worker is made of. */
export interface QueueWorkerOptions<Q extends QueueName> {
  readonly backend: QueueBackend;
  readonly queue: Q;
  /** How many jobs it runs at once. */
  readonly concurrency: number;
  readonly handler: JobHandler<Q>;
  readonly logger: QueueLogger;
}

/** A worker of one queue. */
export interface QueueWorker {
  readonly queue: QueueName;
  /** Resolves once it takes jobs; rejects if its first connection fails, and then it must be started anew. */
  ready(): Promise<void>;
  /** How many jobs it is running. */
  running(): number;
  /**
   * Takes no more jobs, asks those under way to end (their signal), and waits for them `deadlineMs` (default
   * 30,000) at most. A job that is still running then is left to itself; another worker runs it again once its lock is out.
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

/**
 * A killed worker's job runs again once its lock is out and some worker has looked: at most 10 + 2 s. BullMQ counts
 * those kills, and gives up a job beyond the count, so it is high; `maxStartedAttempts` stays unset since delays
 * count as starts. After a lost connection BullMQ asks again after `runRetryDelay`, which must be well below the
 * lock's time, or a finished job is run again.
 */
const workerOptions = {
  lockDuration: 10_000,
  stalledInterval: 2_000,
  maxStalledCount: 10,
  runRetryDelay: 2_000,
} as const satisfies OwnWorkerOptions;

/** BullMQ notes a lost lock but lets the job run on: two workers would be at it without knowing. */
function watch(worker: BackendWorker, queue: QueueName, logger: QueueLogger): void {
  worker.on('error', connectionWarnings(logger, `connection of the ${queue} worker failed`));
  worker.on('stalled', (jobId) => logger.warn({ queue, jobId }, 'job of a lost worker is run again'));
  worker.on('lockRenewalFailed', (jobIds) => {
    logger.warn({ queue, jobIds }, 'lock of a running job lost');
    for (const jobId of jobIds) worker.cancelJob(jobId, 'lock lost');
  });
}

/**
 * BullMQ's own close waits for ever or not at all. This one stops fetching, waits up to the deadline, and closes by
 * force what is left.
 */
async function closeWorker(worker: BackendWorker, underWay: Set<Promise<unknown>>, deadlineMs: number) {
  await worker.pause(true);
  try {
    await within(deadlineMs, 'jobs under way', Promise.allSettled(underWay));
    await worker.close();
  } catch (err) {
    if (!(err instanceof TimedOutError)) throw err;
    await worker.close(true);
  }
}

/** Starts to work on a queue. On Postgres it throws if the backend was opened for fewer workers. */
export function startQueueWorker<Q extends QueueName>(options: QueueWorkerOptions<Q>): QueueWorker {
  const { backend, queue, concurrency, handler, logger } = options;
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const worker = backend.openWorker(
    queue,
    // BullMQ hands out its signal only to a function that declares three parameters, none with a default.
    async (job, token, lockLost) => {
      const signal = lockLost ? AbortSignal.any([lockLost, closing.signal]) : closing.signal;
      const run = runJob(queue, { job, token, signal, correlationId: randomUUID(), logger }, handler);
      underWay.add(run);
      return run.finally(() => underWay.delete(run));
    },
    { ...workerOptions, concurrency },
  );
  watch(worker, queue, logger);
  return {
    queue,
    async ready() {
      await worker.waitUntilReady();
    },
    running: () => underWay.size,
    async close({ deadlineMs = 30_000 } = {}) {
      closing.abort(new Error(`the ${queue} worker is closing`));
      await closeWorker(worker, underWay, deadlineMs);
    },
  };
}
