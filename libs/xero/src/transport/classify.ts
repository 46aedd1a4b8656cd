import { SyncError, type SyncErrorDetails } from '@sync/domain';
import { z } from 'zod';
import { type HttpAnswer, UnansweredError } from './exchange.js';
import { refusalError, saysKeyReused, saysOffline } from './refusals.js';

/** `write`: whoever gets no clear answer cannot say what Xero did. */
export type Intent = 'read' | 'write';

/** The body of an error, as far as it is needed. Key case varies. */
const errorBody = z.object({
  Type: z.string().nullish(),
  Message: z.string().nullish(),
  Detail: z.string().nullish(),
  Elements: z.array(z.unknown()).nullish(),
});

/** The body of an error; null when it is not JSON. */
export type ErrorBody = z.infer<typeof errorBody>;

/** The error of a call without a whole answer. */
export function unansweredError(error: unknown, intent: Intent, path: string): unknown {
  if (!(error instanceof UnansweredError)) return error;
  return doubtful(intent, `Xero did not answer ${path}: ${error.message}`, { cause: error });
}

/** An answer that is neither an error nor what was asked for: what it says about a write is nothing. */
export function doubtful(intent: Intent, message: string, details: SyncErrorDetails = {}): SyncError {
  return new SyncError(intent === 'write' ? 'unknown-outcome' : 'transient', message, details);
}

/** The JSON object in an answer; null when there is none, as in Xero's HTML pages. */
export function jsonOf({ text }: HttpAnswer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Reads the body of an error, whatever the case of its keys. */
export function errorBodyOf(answer: HttpAnswer): ErrorBody | null {
  const json = jsonOf(answer);
  if (json === null) return null;
  const capitalised = Object.entries(json).map(([key, value]) => [
    key.charAt(0).toUpperCase() + key.slice(1),
    value,
  ]);
  const parsed = errorBody.safeParse(Object.fromEntries(capitalised));
  return parsed.success ? parsed.data : null;
}

/** The error that an answer other than 200, 401 and 429 stands for: by status first, by the body's type second. */
export function statusError(answer: HttpAnswer, intent: Intent, path: string): SyncError {
  const meta = { status: answer.status, path, ...correlation(answer) };
  const said = `Xero answered ${answer.status} to ${path}`;
  if (answer.status === 400) return badRequest(answer, intent, said);
  if (answer.status === 403) return forbidden(answer, said);
  if (answer.status === 404) return new SyncError('not-found', said, { meta });
  if (answer.status === 503 && saysOffline(answer.text)) {
    return new SyncError('transient', said, { code: 'XERO_OFFLINE', meta });
  }
  if (answer.status === 501) return new SyncError('bug', said, { meta });
  if (answer.status >= 500 || answer.status === 408) return doubtful(intent, said, { meta });
  if (answer.status >= 400) return new SyncError('bug', said, { meta });
  return doubtful(intent, `${said}, which is no answer that it should give`, { meta });
}

function badRequest(answer: HttpAnswer, intent: Intent, said: string): SyncError {
  const body = errorBodyOf(answer);
  const message = body?.Message ?? '';
  if (saysKeyReused(message)) return doubtful(intent, `${said}: the idempotency key was used before`);
  const type = body?.Type ?? 'no type';
  const aboutRecords = type === 'ValidationException' || type === 'PostDataInvalidException';
  if (intent === 'write' && aboutRecords) return refusalError([message]);
  return new SyncError('bug', `${said} (${type})`, { meta: { reason: message.slice(0, 300) } });
}

function forbidden(answer: HttpAnswer, said: string): SyncError {
  const detail = errorBodyOf(answer)?.Detail ?? null;
  // A page of HTML comes from a gateway in front of Xero and says nothing about the connection.
  if (detail === null) return new SyncError('transient', said);
  if (detail.includes('AuthenticationUnsuccessful')) {
    const reason = 'the organisation was disconnected, or the user lost access to it';
    return new SyncError('auth', said, { code: 'NEEDS_RECONNECT', meta: { reason } });
  }
  return new SyncError('auth', said, { code: 'XERO_SCOPE_MISSING', meta: { reason: detail.slice(0, 300) } });
}

/** The id by which Xero's support finds a call. */
export function correlation({ headers }: HttpAnswer): { correlationId?: string } {
  const id = headers['xero-correlation-id'] ?? headers['x-correlation-id'];
  return id === undefined ? {} : { correlationId: id };
}
