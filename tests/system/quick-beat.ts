import { setTimeout as delay } from 'node:timers/promises';
import { type Doorbell, type EngineParts, tick } from '@sync/engine';

/**
 * A planner that looks around every so many ms. As in a worker, a beat that fails is told and the next one follows: else a
 * busy database would stop all work.
 */
export function quickBeat(parts: EngineParts, everyMs: number): { stop(): Promise<void> } {
  const stop = new AbortController();
  const beating = async () => {
    while (!stop.signal.aborted) {
      await tick({ ...parts, bell: firstOnly(parts.bell) }).catch((error: unknown) =>
        parts.log.error({ error }, 'a beat failed'),
      );
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

/**
 * Of what is to be drained, the first entity of each organization alone: a drain rings for the rest as its last act, and
 * ten jobs that only find it at work, many times a second, keep the machine busy. The worker's own beat rings for all.
 */
function firstOnly(bell: Doorbell): Doorbell {
  const rung = new Set<string>();
  return {
    ...bell,
    ring: async (work) => {
      if (rung.has(work.organizationId)) return;
      rung.add(work.organizationId);
      await bell.ring(work);
    },
  };
}
