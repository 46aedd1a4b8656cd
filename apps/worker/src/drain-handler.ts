import type { Entity } from '@sync/domain';
import { drain, type EngineParts } from '@sync/engine';
import type { JobHandler, QueueBackend } from '@sync/queue';

/** Answers a doorbell: drains the entity, and tells Bull Board in numbers what happened. */
export function drainHandler<E extends Entity>(
  parts: EngineParts,
  backend: QueueBackend,
  entity: E,
): JobHandler<E> {
  return async (job) => {
    const report = await drain(parts, {
      organizationId: job.organizationId ?? '',
      entity,
      holder: job.correlationId,
      signal: job.signal,
      note: (line) => void job.log(line),
      // A job that waits found every worker of the queue busy.
      othersWait: async () => (await backend.queue(entity).getJobCountByTypes('prioritized', 'waiting')) > 0,
      progress: ({ writingCalls, outcomes }) => void job.progress({ writingCalls, ...outcomes }),
    });
    const { result, writingCalls, outcomes, resumeAt } = report;
    if (resumeAt) await job.delayUntil(resumeAt.getTime());
    return { result, writingCalls, outcomes };
  };
}
