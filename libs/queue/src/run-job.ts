import { DelayedError, UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { queueCatalogue, type QueueName, type QueuePayload } from './catalogue.js';
import { delayJob, type JobContext, type JobResult, type JobRun, jobContext } from './job-context.js';
import { safeJobError } from './safe-error.js';

/** Does the work that a doorbell announced and says what happened. */
export type JobHandler<Q extends QueueName = QueueName> = (context: JobContext<Q>) => Promise<JobResult>;

/** How long a payload of another version is left for a worker of another release. */
const otherVersionDelayMs = 15_000;

const versioned = z.looseObject({ v: z.int() });

/**
 * The payload, if it is one of this release. One of another version waits for a release that knows it: during a
 * rolling update both are at work. What has no version is no payload, and no retry makes it one.
 */
async function readPayload<Q extends QueueName>(queue: Q, run: JobRun): Promise<QueuePayload<Q>> {
  const { payload, version } = queueCatalogue[queue];
  const envelope = versioned.safeParse(run.job.data);
  if (envelope.success && envelope.data.v !== version) {
    run.logger.warn(
      { queue, jobId: run.job.id, version: envelope.data.v },
      'payload of another release left',
    );
    return delayJob(run, Date.now() + otherVersionDelayMs);
  }
  const parsed = payload.safeParse(run.job.data);
  if (parsed.success) return parsed.data as QueuePayload<Q>;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
  throw new UnrecoverableError(`not a payload of ${queue}: ${fields.join(', ')}`);
}

async function handle<Q extends QueueName>(
  queue: Q,
  run: JobRun,
  handler: JobHandler<Q>,
): Promise<JobResult> {
  // Fetched just as the worker was told to close: back at once, for a worker that stays.
  if (run.signal.aborted) return delayJob(run, Date.now());
  const payload = await readPayload(queue, run);
  const fields = { queue, jobId: run.job.id, correlationId: run.correlationId, ...payload };
  run.logger.info(fields, 'job started');
  const result = await handler(jobContext(run, payload));
  run.logger.info(fields, 'job done');
  return result;
}

/** Runs one job; throws only what may be shown to anyone who sees the queues. */
export async function runJob<Q extends QueueName>(
  queue: Q,
  run: JobRun,
  handler: JobHandler<Q>,
): Promise<JobResult> {
  try {
    return await handle(queue, run, handler);
  } catch (err) {
    if (err instanceof DelayedError) throw err;
    const { correlationId, job } = run;
    run.logger.error({ err, queue, jobId: job.id, correlationId }, 'job failed');
    throw err instanceof UnrecoverableError ? err : safeJobError(err, correlationId);
  }
}
