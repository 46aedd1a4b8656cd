/** The sandbox's own time. All of its rules (tokens, limits, idempotency, timestamps) read this and nothing else. */
export interface SandboxClock {
  /** Milliseconds since the epoch, in sandbox time. */
  now(): number;
  /** How far sandbox time is ahead of real time, in ms. */
  offset(): number;
  /** Moves sandbox time forward by so many ms. */
  advance(ms: number): void;
  /** Sets the distance to real time, in ms: on start from kept books, and 0 on reset. It runs then. */
  setOffset(ms: number): void;
  /** Sandbox time stands still from now on, but for `advance`: what happens in it can be repeated to the millisecond. */
  stop(): void;
}

/** Makes a clock that runs with real time until it is moved. */
export function createClock(realNow: () => number = Date.now): SandboxClock {
  let ahead = 0;
  let stoppedAt: number | null = null;
  return {
    now: () => (stoppedAt ?? realNow()) + ahead,
    offset: () => ahead,
    stop: () => {
      stoppedAt ??= realNow();
    },
    advance: (ms) => {
      ahead += ms;
    },
    setOffset: (ms) => {
      stoppedAt = null;
      ahead = ms;
    },
  };
}
