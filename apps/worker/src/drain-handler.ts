import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '@sync/domain';
import { drain, type DrainReport, type DrainTally, type EngineParts } from '@sync/engine';
import type { Metrics } from '@sync/observability';
import type { JobHandler, QueueBackend } from '@sync/queue';

/** A queue that is away must not hold up a drain, which has a lease to give back. */
const ASK_MS = 2_000;

async function othersWait(backend: QueueBackend, entity: Entity): Promise<boolean> {
  const asked = backend.queue(entity).getJobCountByTypes('prioritized', 'waiting');
  try {
    return await Promise.race([asked.then((count) => count > 0), sleep(ASK_MS, false, { ref: false })]);
  } catch {
    // Unknown is no: whoever waits is served when the drain has had its share.
    return false;
  }
}

/** What a drain needs of its process. */
export interface DrainHandlerParts {
  parts: EngineParts;
  backend: QueueBackend;
  metrics: Pick<Metrics, 'drains' | 'operations'>;
}

/** Answers a doorbell: drains the entity, and tells Bull Board in numbers what happened. */
export function drainHandler<E extends Entity>(own: DrainHandlerParts, entity: E): JobHandler<E> {
  return async (job) => {
    const { result, writingCalls, outcomes, resumeAt } = await counted(own.metrics, entity, (progress) =>
      drain(own.parts, {
        organizationId: job.organizationId ?? '',
        entity,
        holder: job.correlationId,
        signal: job.signal,
        note: (line) => void job.log(line),
        // A job that waits found every worker of the queue busy.
        othersWait: () => othersWait(own.backend, entity),
        progress: (tally) => {
          progress(tally);
          void job.progress({ writingCalls: tally.writingCalls, ...tally.outcomes });
        },
      }),
    );
    if (resumeAt) await job.delayUntil(resumeAt.getTime());
    return { result, writingCalls, outcomes };
  };
}

/** Counts a drain with its time and outcomes, also one that fails: then with what it had done by its last progress. */
async function counted(
  { drains, operations }: DrainHandlerParts['metrics'],
  entity: Entity,
  work: (progress: (tally: DrainTally) => void) => Promise<DrainReport>,
): Promise<DrainReport> {
  const timed = drains.startTimer({ entity });
  let tally: DrainTally = { writingCalls: 0, outcomes: {} };
  let result: DrainReport['result'] | 'failed' = 'failed';
  try {
    const report = await work((sofar) => {
      tally = sofar;
    });
    ({ result } = report);
    tally = report;
    return report;
  } finally {
    timed({ result });
    for (const [outcome, count] of Object.entries(tally.outcomes)) operations.inc({ entity, outcome }, count);
  }
}
