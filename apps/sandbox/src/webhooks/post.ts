import { payloadOf, signatureOf } from './payload.js';

const TIMEOUT_MS = 5000;

/** What came of one delivery: a status, or why there was none. */
export interface Outcome {
  readonly status: number | null;
  readonly problem: string | null;
}

/** Sends a body with its signature; Xero waits five seconds for the answer. */
export async function post(
  url: string,
  body: string,
  { signature, closing }: { signature: string; closing: AbortSignal },
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-xero-signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return { status: response.status, problem: null };
  } catch (error) {
    return { status: null, problem: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};

/** Whether an answer counts as received. */
export const isReceived = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300;

/**
 * Asks for the intent to receive: rightly signed requests must be answered 200, wrongly signed ones 401. Null when they
 * are, else what went wrong.
 */
export async function intentProblem(url: string, key: string, closing: AbortSignal): Promise<string | null> {
  for (const good of [true, false, true, false]) {
    const body = payloadOf([]);
    const signature = signatureOf(body, good ? key : `${key}-wrong`);
    const { status, problem } = await post(url, body, { signature, closing });
    const wanted = good ? 200 : 401;
    if (status === wanted) continue;
    const kind = good ? 'rightly' : 'wrongly';
    return `a ${kind} signed request must be answered ${wanted}, not ${status ?? `fail: ${problem ?? ''}`}`;
  }
  return null;
}
