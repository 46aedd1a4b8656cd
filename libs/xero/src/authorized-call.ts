import { SyncError } from '@sync/domain';
import { type CallContext, callXero, type XeroCall } from './call-xero.js';
import { errorBodyOf } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';

/**
 * Makes a call with a token that works. A token that Xero refuses although it should be valid is renewed once, and the
 * call, which was not executed, made again. Any other answer is returned as it is.
 */
export async function authorizedCall(context: CallContext, call: XeroCall): Promise<HttpAnswer> {
  const { authorizationId } = context.connection;
  const token = await context.tokens.accessToken(authorizationId);
  const answer = await callXero(context, call, token);
  if (answer.status !== 401) return answer;
  refuseMissingScope(answer);
  const renewed = await context.tokens.renew(authorizationId, token);
  // It was marked as sent already, and that is what it is.
  const { beforeSending: _, ...again } = call;
  const second = await callXero(context, again, renewed);
  if (second.status !== 401) return second;
  refuseMissingScope(second);
  throw new SyncError('auth', 'Xero refuses a token that was made just now', {
    code: 'NEEDS_RECONNECT',
    meta: { reason: 'Xero refuses even a new token' },
  });
}

/** A fresh token that is refused for its scope stays refused; renewing it would only go in circles. */
function refuseMissingScope(answer: HttpAnswer): void {
  const challenge = answer.headers['www-authenticate'] ?? '';
  // Xero's own documents spell it both ways.
  if (!/insufficient_scope|insufficent_scope/.test(challenge)) return;
  const detail = errorBodyOf(answer)?.Detail ?? 'Xero does not say which';
  throw new SyncError('auth', 'The connection to Xero lacks a scope', {
    code: 'XERO_SCOPE_MISSING',
    meta: { reason: detail.slice(0, 300) },
  });
}
