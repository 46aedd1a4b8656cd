/**
 * A reason why `npm start` cannot go on that the person at the terminal can do something about: its message is what is
 * wrong and, on the next line, what to do. Print the message alone; a stack would bury it.
 */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    super(`${problem}\n${advice}`, options);
  }
}

/** The code of a system error, such as EACCES. Looks at the shape alone: `instanceof` fails for errors of another realm. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
