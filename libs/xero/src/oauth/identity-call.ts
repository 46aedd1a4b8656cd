import { SyncError } from '@sync/domain';
import type { XeroApp } from '@sync/engine';
import { z } from 'zod';
import { exchange, type HttpAnswer, UnansweredError } from '../transport/exchange.js';

/** Long, because a token pair that was rotated and then not read is lost after half an hour. */
export const TOKEN_DEADLINE_MS = 20_000;

const refusal = z.object({ error: z.string() });

/** Posts a form to the identity server; the text of its answer. */
export async function callIdentity(request: {
  url: string;
  app: XeroApp;
  form: Record<string, string>;
}): Promise<string> {
  const { clientId, clientSecret } = request.app;
  const answer = await exchange({
    method: 'POST',
    url: request.url,
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams(request.form).toString(),
    deadlineMs: TOKEN_DEADLINE_MS,
  }).catch((error: unknown) => {
    throw unanswered(error);
  });
  if (answer.status >= 200 && answer.status < 300) return answer.text;
  throw refused(answer);
}

function unanswered(error: unknown): unknown {
  if (!(error instanceof UnansweredError)) return error;
  return new SyncError('transient', 'Xero gave no answer to a request for tokens', { cause: error });
}

function refused({ status, text }: HttpAnswer): SyncError {
  const error = errorOf(text);
  if (error === 'invalid_grant') {
    return needsReconnect('the authorization was ended or has expired', { error, status });
  }
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return needsReconnect('the client id or secret of the Xero app is not accepted', { error, status });
  }
  if (status >= 500 || status === 429 || status === 408) {
    return new SyncError('transient', `Xero answered ${status} to a request for tokens`, {
      meta: { status },
    });
  }
  const name = error ?? 'no error code';
  return new SyncError('auth', `Xero refused a request for tokens with ${status} (${name})`, {
    code: 'NEEDS_RECONNECT',
    meta: { status, reason: name },
  });
}

function needsReconnect(reason: string, meta: { error: string; status: number }): SyncError {
  return new SyncError('auth', `Xero refused a request for tokens: ${reason}`, {
    code: 'NEEDS_RECONNECT',
    meta: { ...meta, reason },
  });
}

/** The error's code, such as `invalid_grant`; its description is left out, it may quote the request. */
function errorOf(text: string): string | null {
  try {
    const parsed = refusal.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error.slice(0, 60) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
