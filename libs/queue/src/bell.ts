import type { Queue } from 'bullmq';
import type { QueueBackend } from './backend.js';
import { deduplicationId, queueCatalogue, type QueueName, type RingContent } from './catalogue.js';
import { connectionWarnings } from './connection-warnings.js';
import { newJobId } from './job-id.js';
import type { QueueLogger } from './logger.js';
import { within } from './within.js';

/**
 * BullMQ's numbers: lower runs first. None may be 0 or missing: a job without a priority runs before all that
 * have one.
 */
export const ringPriorities = { event: 1, manual: 2, backfill: 10 } as const;

/** Why it is rung: something changed (event), a person asked (manual), or there is a backlog (backfill). */
export type RingPriority = keyof typeof ringPriorities;

/** "Organization O has work in queue Q": what the payload carries, and how a person will read it. */
export type Ring<Q extends QueueName = QueueName> = Q extends QueueName
  ? RingContent<Q> & {
      readonly queue: Q;
      /** Shown before the dot of the job's name. */
      readonly organizationName: string;
      /** Shown after the dot of the job's name, such as the entity. */
      readonly label: string;
      readonly priority: RingPriority;
    }
  : never;

/**
 * `rung`: a new job waits. `already-rung`: a job of the same work was there, and it will see everything committed
 * before this ring, or one more run follows it. `raised`: the same, and it got this ring's better priority, or runs now
 * although it was put off.
 * `not-rung`: the queue's server did not take it; harmless, since whatever is due is rung again on a timer.
 */
export type RingOutcome = 'rung' | 'already-rung' | 'raised' | 'not-rung';

/** Says that there is work. It holds none: the work itself must be committed before it is rung. */
export interface Bell {
  /** Rejects only for a payload that is none (a bug of the caller); never since a server is away. */
  ring(ring: Ring): Promise<RingOutcome>;
}

const ringDeadlineMs = 3_000;

function jobName({ organizationName, label }: Ring): string {
  return `${organizationName} · ${label}`.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 120);
}

function payloadOf(ring: Ring): Record<string, unknown> {
  const { queue, organizationName: _name, label: _label, priority: _priority, ...content } = ring;
  const { payload, version } = queueCatalogue[queue];
  return payload.parse({ ...content, v: version });
}

/**
 * A ring that meets a waiting job is dropped by BullMQ and leaves it its old priority, so it is raised here. Two
 * rings that raise at once may leave the lesser of both; the next beat of the timer rings with the best one again.
 * A job that was put off waits for room for a backfill, so an event does not wait with it.
 */
async function raise(queue: Queue, jobId: string, priority: number): Promise<RingOutcome> {
  const job = await queue.getJob(jobId);
  if (!job) return 'already-rung';
  const better = job.priority > priority;
  if (better) await job.changePriority({ priority });
  if (priority === ringPriorities.backfill || !(await job.isDelayed()))
    return better ? 'raised' : 'already-rung';
  await job.promote();
  return 'raised';
}

async function deliver(queue: Queue, ring: Ring, payload: Record<string, unknown>): Promise<RingOutcome> {
  const priority = ringPriorities[ring.priority];
  const jobId = newJobId();
  const deduplication = { id: deduplicationId(ring), keepLastIfActive: true };
  const job = await queue.add(jobName(ring), payload, { jobId, priority, deduplication });
  if (!job.id || job.id === jobId) return 'rung';
  return raise(queue, job.id, priority);
}

/** A bell on this backend. */
export function createBell({ backend, logger }: { backend: QueueBackend; logger: QueueLogger }): Bell {
  const notRung = connectionWarnings(logger, 'not rung; whatever is due is rung again on the timer');
  return {
    async ring(ring) {
      const payload = payloadOf(ring);
      try {
        return await within(ringDeadlineMs, 'ring', deliver(backend.queue(ring.queue), ring, payload));
      } catch (err) {
        notRung(err);
        return 'not-rung';
      }
    },
  };
}
