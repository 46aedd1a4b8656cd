import { Agent, type Dispatcher, request as httpRequest } from 'undici';

/** The largest answer that is read, in bytes: a page of 1,000 long invoices has a few million. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * Never fewer sockets than calls under way, so that a call which the gate let pass leaves at once; undici's own
 * timeouts are off, since each call has one deadline for all of it.
 */
const shared: Dispatcher = new Agent({
  pipelining: 1,
  connections: null,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: LARGEST_ANSWER,
});

/** One HTTP call. */
export interface HttpCall {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** For the whole call, in milliseconds. */
  deadlineMs: number;
  /** Gives the call up before its deadline. */
  signal?: AbortSignal;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** The call got no whole answer: what the other side made of it is not known. The message holds no secret. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

/** Makes a call; redirects are not followed. Throws UnansweredError when no whole answer came in time. */
export async function exchange(call: HttpCall): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(call.deadlineMs);
  const signal = call.signal === undefined ? deadline : AbortSignal.any([deadline, call.signal]);
  try {
    const { statusCode, headers, body } = await httpRequest(call.url, {
      method: call.method,
      headers: call.headers,
      body: call.body,
      signal,
      dispatcher: shared,
    });
    return { status: statusCode, headers: flat(headers), text: await body.text() };
  } catch (error) {
    throw new UnansweredError(reasonOf(error, deadline, call), { cause: error });
  }
}

function reasonOf(error: unknown, deadline: AbortSignal, { deadlineMs }: HttpCall): string {
  if (deadline.aborted) return `no whole answer within ${deadlineMs / 1000} s`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return `the connection failed (${code})`;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
