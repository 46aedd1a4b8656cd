/** What a job's failure may show: a kind, and where to read more. */
export class SafeJobError extends Error {
  override readonly name = 'SafeJobError';
}

/** Kinds are our own words (`transient`, `auth`, `bug`); anything else could carry a value of a record. */
const kindPattern = /^[a-z][a-z-]{0,39}$/;

function kindOf(error: unknown): string {
  const kind = error instanceof Error && 'kind' in error ? error.kind : undefined;
  return typeof kind === 'string' && kindPattern.test(kind) ? kind : 'unexpected';
}

/**
 * BullMQ keeps and Bull Board shows the message and stack of whatever a job throws, raw. So only this is thrown:
 * the error's kind and the id under which the real error was logged.
 */
export function safeJobError(error: unknown, correlationId: string): SafeJobError {
  return new SafeJobError(`${kindOf(error)}: see log ${correlationId}`, { cause: error });
}
