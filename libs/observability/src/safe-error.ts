/** What is logged of an error. */
export interface LoggedError {
  type: string;
  message: string;
  kind?: string;
  code?: string;
  stack?: string;
  cause?: LoggedError;
}

const maxCauses = 5;

/** Secrets that libraries like to quote: logins in addresses, bearer tokens, keys of ours, JSON web tokens. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1…@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?/g, '…'],
  [/\b(password|secret|token|key)("?\s*[=:]\s*"?)[^\s",&]+/gi, '$1$2…'],
];

function scrubbed(text: string): string {
  return secrets.reduce((rest, [pattern, replacement]) => rest.replaceAll(pattern, replacement), text);
}

function word(error: object, name: 'kind' | 'code'): string | undefined {
  const value = (error as Partial<Record<typeof name, unknown>>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 60) : undefined;
}

/**
 * An error as it is logged: type, message, stack and cause, nothing else. Errors of drivers and HTTP clients carry
 * statements with parameters, requests and headers as properties; those stay out.
 */
export function safeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error was thrown' };
  const kind = word(error, 'kind');
  const code = word(error, 'code');
  return {
    type: error.name,
    message: scrubbed(error.message).slice(0, 1_000),
    ...(kind !== undefined && { kind }),
    ...(code !== undefined && { code }),
    ...(error.stack !== undefined && { stack: scrubbed(error.stack).slice(0, 4_000) }),
    ...(error.cause !== undefined && depth < maxCauses && { cause: safeError(error.cause, depth + 1) }),
  };
}
