import type { Service, XeroWebhooks } from '@sync/composition';
import type { ApiConfig } from '@sync/config';
import type { Clock } from '@sync/domain';
import type { AdminStore, ApiKeyStore, Doorbell, Stores, XeroAppStore } from '@sync/engine';
import type { Logger, Metrics } from '@sync/observability';
import type { QueueBackend } from '@sync/queue';
import type { Store as SessionStore } from 'express-session';

/** What the API is made of. */
export interface ApiDependencies {
  readonly config: ApiConfig;
  readonly admin: AdminStore;
  readonly apiKeys: ApiKeyStore;
  readonly stores: Pick<
    Stores,
    'hints' | 'runs' | 'mappings' | 'organizations' | 'conflicts' | 'brake' | 'webhooks' | 'xeroCheckpoints'
  >;
  readonly queueBackend: QueueBackend;
  readonly bell: Doorbell;
  /** Registers consents. Throws `SyncError`. */
  readonly xeroOAuth: Service['oauth'];
  /** Those of the configured app; null: none are set up. */
  readonly webhooks: XeroWebhooks | null;
  /** Apps whose webhooks have an address of their own. */
  readonly xeroApps: XeroAppStore;
  /** Sessions of the admin pages. */
  readonly sessions: SessionStore;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Resolves if the database answers; rejects with the reason if not. */
  readonly pingDatabase: () => Promise<void>;
}
