import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Bell,
  createBell,
  type JobHandler,
  openQueueBackend,
  type QueueBackend,
  type QueueLogger,
  type QueueName,
  queueNames,
  type QueueWorker,
  type RingOutcome,
  type RingPriority,
  startQueueWorker,
} from '../index.js';
import type { ServerSpace, ServerUnderTest } from './servers.js';

/** One line that a worker or the bell logged. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

function recordingLogger(lines: LogLine[]): QueueLogger {
  const at = (level: LogLine['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** A backend in a room of its own, with what the rules need to work on it. */
export class WorkBench {
  readonly logged: LogLine[] = [];
  readonly logger = recordingLogger(this.logged);
  readonly bell: Bell;
  private readonly workers: QueueWorker[] = [];

  private constructor(
    readonly backend: QueueBackend,
    readonly space: ServerSpace,
    logger: QueueLogger,
  ) {
    this.bell = createBell({ backend, logger });
  }

  static async open(server: ServerUnderTest, workers: number = queueNames.length): Promise<WorkBench> {
    const space = await server.openSpace();
    const silent = recordingLogger([]);
    return new WorkBench(await openQueueBackend({ ...space.place, workers, logger: silent }), space, silent);
  }

  /** An organization that no other test has. */
  organization(): string {
    return `org-${randomBytes(4).toString('hex')}`;
  }

  /** Rings for Acme Ltd in the queue `invoices`. */
  ring(organizationId: string, priority: RingPriority = 'event'): Promise<RingOutcome> {
    return this.bell.ring({
      queue: 'invoices',
      organizationId,
      organizationName: 'Acme Ltd',
      label: 'invoices',
      priority,
    });
  }

  /** Starts a worker that is closed after the test. */
  async work<Q extends QueueName>(queue: Q, handler: JobHandler<Q>, concurrency = 1): Promise<QueueWorker> {
    const worker = startQueueWorker({
      backend: this.backend,
      queue,
      concurrency,
      handler,
      logger: this.logger,
    });
    this.workers.push(worker);
    await worker.ready();
    return worker;
  }

  /** After each test: no worker, no job. */
  async clear(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.close({ deadlineMs: 500 })));
    await Promise.all(queueNames.map((name) => this.backend.queue(name).obliterate({ force: true })));
    this.logged.length = 0;
  }

  async close(): Promise<void> {
    await this.backend.close();
    await this.space.drop();
  }
}

/** Waits until `look` sees something, at most `ms`. */
export async function eventually<T>(look: () => Promise<T | undefined>, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`did not happen within ${ms} ms: ${look.toString()}`);
    await sleep(20);
  }
}
