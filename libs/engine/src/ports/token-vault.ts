/** The tokens of one authorization, decrypted. Times are moments of our clock. */
export interface XeroTokens {
  accessToken: string;
  refreshToken: string | null;
  accessExpiresAt: Date;
}

/** The secrets of the Xero app that an authorization belongs to. */
export interface XeroApp {
  clientId: string;
  clientSecret: string;
}

/** Where tokens live, encrypted; one place for each authorization. */
export interface TokenVault {
  read(
    authorizationId: string,
  ): Promise<{ tokens: XeroTokens; app: XeroApp; state: 'active' | 'needs-reconnect' }>;
  /**
   * Runs `refresh` under the authorization's row lock, on a database connection of its own, after reading the tokens
   * again; what it returns is committed before this resolves. `refresh` may return the tokens it was given: somebody
   * else was first. If it throws, nothing changes.
   */
  underLock(
    authorizationId: string,
    refresh: (current: { tokens: XeroTokens; app: XeroApp }) => Promise<XeroTokens>,
  ): Promise<XeroTokens>;
  /** Xero refuses the authorization for good: a person must connect again. */
  markNeedsReconnect(authorizationId: string, reason: string): Promise<void>;
}
