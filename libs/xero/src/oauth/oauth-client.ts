import type { Clock } from '@sync/domain';
import type { XeroApp, XeroTokens } from '@sync/engine';
import { createConnectionCalls, type ConnectionCalls } from './connections.js';
import { callIdentity } from './identity-call.js';
import { XERO_SCOPES } from './scopes.js';
import { readTokens } from './token-answer.js';

/** Xero's three hosts, without a trailing slash, and the clock by which tokens expire. */
export interface XeroOAuthOptions {
  /** Tokens: https://identity.xero.com in production. */
  identityUrl: string;
  /** Where a person allows the connection: https://login.xero.com in production. */
  loginUrl: string;
  /** Connections: https://api.xero.com in production. */
  apiUrl: string;
  clock: Clock;
}

/** Xero's OAuth 2.0, for apps with a secret. Every call throws SyncErrors. */
export interface XeroOAuth extends ConnectionCalls {
  /** Where to send a person who connects Xero. */
  authorizeUrl(request: {
    clientId: string;
    redirectUri: string;
    state: string;
    scopes?: readonly string[];
  }): string;
  /** Tokens for the code that came back; a code lives five minutes and serves once. */
  exchangeCode(request: { app: XeroApp; code: string; redirectUri: string }): Promise<XeroTokens>;
  /**
   * A new pair of tokens. The old refresh token works for 30 minutes more, in case the answer is lost: after a
   * `transient` error, try again with the same one.
   */
  refresh(request: { app: XeroApp; refreshToken: string }): Promise<XeroTokens>;
  /** A token of a custom connection, which has exactly one organisation and no refresh token. */
  clientCredentials(request: { app: XeroApp; scopes?: readonly string[] }): Promise<XeroTokens>;
  /** Ends the authorization with all its connections. */
  revoke(request: { app: XeroApp; refreshToken: string }): Promise<void>;
}

/** Xero's OAuth at these hosts. */
export function createXeroOAuth({ identityUrl, loginUrl, apiUrl, clock }: XeroOAuthOptions): XeroOAuth {
  const tokenUrl = `${identityUrl}/connect/token`;
  const tokens = async (app: XeroApp, form: Record<string, string>): Promise<XeroTokens> =>
    readTokens(await callIdentity({ url: tokenUrl, app, form }), clock);
  return {
    authorizeUrl: (request) => authorizeUrl(loginUrl, request),
    exchangeCode: ({ app, code, redirectUri }) =>
      tokens(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: ({ app, refreshToken }) =>
      tokens(app, { grant_type: 'refresh_token', refresh_token: refreshToken }),
    clientCredentials: ({ app, scopes = XERO_SCOPES }) =>
      tokens(app, { grant_type: 'client_credentials', scope: withoutOffline(scopes).join(' ') }),
    revoke: async ({ app, refreshToken }) => {
      await callIdentity({ url: `${identityUrl}/connect/revocation`, app, form: { token: refreshToken } });
    },
    ...createConnectionCalls(apiUrl),
  };
}

function authorizeUrl(
  loginUrl: string,
  { clientId, redirectUri, state, scopes = XERO_SCOPES }: Parameters<XeroOAuth['authorizeUrl']>[0],
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
  });
  return `${loginUrl}/identity/connect/authorize?${query.toString()}`;
}

/** A custom connection has no user, so nothing to be offline from. */
function withoutOffline(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== 'offline_access');
}
