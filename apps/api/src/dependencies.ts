import type { ApiConfig } from '@sync/config';
import type { Clock } from '@sync/domain';
import type { AdminStore, ApiKeyStore, Stores, XeroTokens } from '@sync/engine';
import type { Logger, Metrics } from '@sync/observability';
import type { Bell, QueueBackend } from '@sync/queue';
import type { Store as SessionStore } from 'express-session';

/** What a consent of a Xero user is turned into, and how its tenants are found. Throws `SyncError`. */
export interface XeroOAuth {
  exchangeCode(request: { app: XeroAppLogin; code: string; redirectUri: string }): Promise<XeroTokens>;
  refresh(request: { app: XeroAppLogin; refreshToken: string }): Promise<XeroTokens>;
  /** The tenants that these tokens reach, as `GET /connections` lists them. */
  tenants(accessToken: string): Promise<{ tenantId: string; tenantName: string; xeroConnectionId: string }[]>;
}

/** The login of a Xero app. */
export interface XeroAppLogin {
  clientId: string;
  clientSecret: string;
}

/** What the API is made of. */
export interface ApiDependencies {
  readonly config: ApiConfig;
  readonly admin: AdminStore;
  readonly apiKeys: ApiKeyStore;
  readonly stores: Pick<Stores, 'hints' | 'runs' | 'mappings' | 'organizations'>;
  readonly queueBackend: QueueBackend;
  readonly bell: Bell;
  readonly xeroOAuth: XeroOAuth;
  /** Sessions of the admin pages. */
  readonly sessions: SessionStore;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Resolves if the database answers; rejects with the reason if not. */
  readonly pingDatabase: () => Promise<void>;
}
