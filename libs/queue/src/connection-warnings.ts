import type { QueueLogger } from './logger.js';

const quietMs = 10_000;

/** Drivers hang their whole client, connection string and all, on the errors; only this much is logged of them. */
function reason(err: unknown): { reason: string; code?: unknown } {
  if (!(err instanceof Error)) return { reason: 'unknown' };
  return 'code' in err ? { reason: err.message, code: err.code } : { reason: err.message };
}

/**
 * A server that is away fails every connection several times a second. This logs the first failure at once and
 * then, every 10 s at most, how many more there were.
 */
export function connectionWarnings(logger: QueueLogger, message: string): (err: unknown) => void {
  let quietUntil = 0;
  let unsaid = 0;
  return (err) => {
    const now = performance.now();
    if (now < quietUntil) {
      unsaid += 1;
      return;
    }
    logger.warn({ ...reason(err), more: unsaid }, message);
    quietUntil = now + quietMs;
    unsaid = 0;
  };
}
