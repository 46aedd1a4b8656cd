import type { EngineLog } from '@sync/engine';

/** Something done again and again, never twice at once. */
export interface Beat {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Does `work`, waits, and does it again. A failure is logged and made up for by the next beat: what is due stays due.
 */
export function startBeat(options: {
  everyMs: number;
  name: string;
  log: EngineLog;
  work: () => Promise<void>;
}): Beat {
  const { everyMs, name, log, work } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const once = async () => {
    try {
      await work();
    } catch (error) {
      log.warn({ beat: name, err: error }, 'a beat failed; the next one makes up for it');
    }
    if (!stopped) timer = setTimeout(start, everyMs);
  };
  const start = () => {
    running = once();
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
