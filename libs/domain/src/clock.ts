/** Where time comes from: the database's in production, a simulated one in tests. */
export interface Clock {
  /** The present moment. */
  now(): Date;
  /** Resolves after `ms` milliseconds of this clock; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
