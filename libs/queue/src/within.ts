/** Something did not answer in time. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/**
 * Waits for `work`, at most `ms` milliseconds; then rejects with a {@link TimedOutError}. The work itself goes on:
 * use it only for work that is harmless when it finishes late.
 */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOutError(`${what}: no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
