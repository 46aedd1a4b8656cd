import { randomUUID } from 'node:crypto';
import type { JobContext, JobResult, QueueName } from '@sync/queue';

/** A job, and what its handler said about it. */
export interface ToldJob<Q extends QueueName> extends JobContext<Q> {
  readonly lines: string[];
  readonly progressed: (number | JobResult)[];
}

/** What a handler ends with that puts its job off. */
export class PutOff extends Error {
  override readonly name = 'PutOff';

  constructor(readonly until: Date) {
    super('put off');
  }
}

/** A job with this payload. */
export function toldJob<Q extends QueueName>(payload: JobContext<Q>['payload']): ToldJob<Q> {
  const lines: string[] = [];
  const progressed: (number | JobResult)[] = [];
  return {
    payload,
    organizationId: payload.organizationId,
    correlationId: randomUUID(),
    signal: new AbortController().signal,
    lines,
    progressed,
    log: async (line) => void lines.push(line),
    progress: async (done) => void progressed.push(done),
    delayUntil: async (dateMs) => {
      throw new PutOff(new Date(dateMs));
    },
  };
}
