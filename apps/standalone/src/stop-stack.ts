/** What was started and how it is stopped, so that the last one started is the first one stopped. */
export interface StopStack {
  push(stop: () => Promise<void>): void;
  /** Stops everything; one that does not stop keeps nobody else from it. Rejects with the first failure. */
  unwind(): Promise<void>;
}

/** An empty stack. */
export function createStopStack(): StopStack {
  const stops: (() => Promise<void>)[] = [];
  return {
    push: (stop) => void stops.push(stop),
    unwind: async () => {
      const failures: unknown[] = [];
      for (let stop = stops.pop(); stop; stop = stops.pop()) {
        try {
          await stop();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
