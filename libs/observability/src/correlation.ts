import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/** What ties together the log lines, the answer and the job of one piece of work. */
export function newCorrelationId(): string {
  return randomUUID();
}

/** Runs `work` under this id: every log line written meanwhile carries it, across awaits. */
export function withCorrelationId<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The id that this code runs under, if any. */
export function correlationId(): string | undefined {
  return storage.getStore();
}
