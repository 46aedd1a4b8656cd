import { DelayedError, type Job } from 'bullmq';
import type { QueueName, QueuePayload } from './catalogue.js';
import type { QueueLogger } from './logger.js';
import { within } from './within.js';

/** What a handler may return: JSON, and no personal data, since Bull Board shows it as it is. */
export type JobResult = { readonly [key: string]: JsonValue };

/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** What a handler gets. */
export interface JobContext<Q extends QueueName = QueueName> {
  readonly organizationId: QueuePayload<Q>['organizationId'];
  readonly payload: QueuePayload<Q>;
  /** The id that the log lines and the failure of this run carry. */
  readonly correlationId: string;
  /** A line that Bull Board shows with the job: no personal data. Never rejects: watching is not the work. */
  readonly log: (line: string) => Promise<void>;
  /** Per cent, or an object of counts. Never rejects. */
  readonly progress: (done: number | JobResult) => Promise<void>;
  /**
   * Aborted when the worker is asked to close or the job's lock is lost: end at the next safe point, begin
   * nothing new. Not for a writing call under way, whose outcome would be unknown.
   */
  readonly signal: AbortSignal;
  /**
   * Ends this run and has it run again at that time (ms since the epoch); spends no attempt. Always rejects, and
   * the handler lets that through.
   */
  readonly delayUntil: (dateMs: number) => Promise<never>;
}

/** The run of one job that a context speaks of. */
export interface JobRun {
  readonly job: Job<unknown, unknown>;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly correlationId: string;
  readonly logger: QueueLogger;
}

const tellDeadlineMs = 2_000;

/**
 * Log lines and progress are for whoever watches. A queue that is away or was flushed must neither fail nor hold
 * up a drain, which has a lease to give back.
 */
async function tell(run: JobRun, what: string, telling: Promise<unknown>): Promise<void> {
  try {
    await within(tellDeadlineMs, what, telling);
  } catch (err) {
    const { job, correlationId, logger } = run;
    const reason = err instanceof Error ? err.message : 'unknown';
    logger.warn({ reason, jobId: job.id, correlationId }, `${what} was not shown`);
  }
}

/** Puts the job back until `dateMs`; the error tells BullMQ that it already has been. */
export async function delayJob({ job, token }: JobRun, dateMs: number): Promise<never> {
  await job.moveToDelayed(dateMs, token);
  throw new DelayedError();
}

/** The context of one run. */
export function jobContext<Q extends QueueName>(run: JobRun, payload: QueuePayload<Q>): JobContext<Q> {
  return {
    organizationId: payload.organizationId,
    payload,
    correlationId: run.correlationId,
    signal: run.signal,
    log: (line) => tell(run, 'log line', run.job.log(line)),
    progress: (done) => tell(run, 'progress', run.job.updateProgress(done)),
    delayUntil: (dateMs) => delayJob(run, dateMs),
  };
}
