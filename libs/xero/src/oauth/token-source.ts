import { type Clock, SyncError } from '@sync/domain';
import type { TokenVault, XeroApp, XeroTokens } from '@sync/engine';
import type { XeroOAuth } from './oauth-client.js';

/** A token is renewed this long before it expires, in milliseconds: a call under way must not outlive it. */
export const RENEW_BEFORE_MS = 120_000;

const ENDED = 'the authorization was ended or has expired';

/** Access tokens that work now. */
export interface TokenSource {
  /** Throws `auth` with NEEDS_RECONNECT when a person must connect again, `transient` when Xero does not answer. */
  accessToken(authorizationId: string): Promise<string>;
  /** A token other than `refused`, which Xero did not accept although it should still be valid. */
  renew(authorizationId: string, refused: string): Promise<string>;
}

/** Tokens from the vault, renewed once however many ask: in this process, then under the authorization's row lock. */
export function createTokenSource(deps: { vault: TokenVault; oauth: XeroOAuth; clock: Clock }): TokenSource {
  const underWay = new Map<string, Promise<XeroTokens>>();
  const once = (authorizationId: string, stale: (tokens: XeroTokens) => boolean): Promise<XeroTokens> => {
    const running = underWay.get(authorizationId);
    if (running !== undefined) return running;
    const started = renewed(deps, authorizationId, stale).finally(() => underWay.delete(authorizationId));
    underWay.set(authorizationId, started);
    return started;
  };
  const expiring = ({ accessExpiresAt }: XeroTokens): boolean =>
    accessExpiresAt.getTime() - deps.clock.now().getTime() < RENEW_BEFORE_MS;
  return {
    accessToken: async (authorizationId) => {
      const { tokens, state } = await deps.vault.read(authorizationId);
      if (state === 'needs-reconnect') throw endedEarlier();
      if (!expiring(tokens)) return tokens.accessToken;
      return (await once(authorizationId, expiring)).accessToken;
    },
    renew: async (authorizationId, refused) =>
      (await once(authorizationId, (tokens) => tokens.accessToken === refused || expiring(tokens)))
        .accessToken,
  };
}

async function renewed(
  { vault, oauth }: { vault: TokenVault; oauth: XeroOAuth },
  authorizationId: string,
  stale: (tokens: XeroTokens) => boolean,
): Promise<XeroTokens> {
  try {
    return await vault.underLock(authorizationId, async ({ tokens, app }) =>
      // Whoever held the lock before us may have renewed them.
      stale(tokens) ? await requestTokens(oauth, app, tokens) : tokens,
    );
  } catch (error) {
    // The mark needs the row that the lock held, so it can only be set afterwards.
    if (isEnded(error)) await vault.markNeedsReconnect(authorizationId, ENDED);
    throw error;
  }
}

/** Asks once more with the same old token when the answer was lost: Xero honours it for half an hour. */
async function requestTokens(
  oauth: XeroOAuth,
  app: XeroApp,
  { refreshToken }: XeroTokens,
): Promise<XeroTokens> {
  if (refreshToken === null) return oauth.clientCredentials({ app });
  try {
    return await keepRefreshToken(oauth, app, refreshToken);
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'transient') throw error;
    return await keepRefreshToken(oauth, app, refreshToken);
  }
}

/** An answer without a refresh token leaves the old one in force. */
async function keepRefreshToken(oauth: XeroOAuth, app: XeroApp, refreshToken: string): Promise<XeroTokens> {
  const tokens = await oauth.refresh({ app, refreshToken });
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

function isEnded(error: unknown): error is SyncError {
  return error instanceof SyncError && error.kind === 'auth' && error.meta['error'] === 'invalid_grant';
}

function endedEarlier(): SyncError {
  return new SyncError('auth', 'The Xero authorization has ended; it must be connected again', {
    code: 'NEEDS_RECONNECT',
    meta: { reason: ENDED },
  });
}
