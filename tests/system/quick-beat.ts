import { setTimeout as delay } from 'node:timers/promises';
import { type EngineParts, tick } from '@sync/engine';

/**
 * A planner that looks around every so many ms. As in a worker, a beat that fails is told and the next one follows: else a
 * busy database would stop all work.
 */
export function quickBeat(parts: EngineParts, everyMs: number): { stop(): Promise<void> } {
  const stop = new AbortController();
  const beating = async () => {
    while (!stop.signal.aborted) {
      await tick(parts).catch((error: unknown) => parts.log.error({ error }, 'a beat failed'));
      await delay(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const done = beating();
  return {
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}
