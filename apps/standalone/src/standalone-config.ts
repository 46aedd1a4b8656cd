import { type ApiConfig, type Config, processEnvironment, readConfig } from '@sync/config';
import { DEFAULT_APP } from '@sync/sandbox';
import type { LocalSecrets } from './local-secrets.js';

/** Who may log in where the environment names nobody. */
export const DEFAULT_ADMIN_EMAIL = 'admin@localhost.localdomain';

/** What the start has found or made: where things are. */
export interface Surroundings {
  databaseUrl: string;
  sandboxUrl: string;
  secrets: LocalSecrets;
  /** What the environment says by itself. */
  given: Config;
}

/** The environment with everything filled in that a start on embedded defaults makes up for itself. */
export function standaloneConfig({ databaseUrl, sandboxUrl, secrets, given }: Surroundings): ApiConfig {
  const environment = processEnvironment();
  const admin = given.admin ?? { email: DEFAULT_ADMIN_EMAIL, password: secrets.adminPassword };
  return readConfig(
    {
      ...environment,
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS: environment['ENCRYPTION_KEYS'] || secrets.encryptionKeys,
      SESSION_SECRET: environment['SESSION_SECRET'] || secrets.sessionSecret,
      PUBLIC_URL: environment['PUBLIC_URL'] || `http://localhost:${given.port}`,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      XERO_CLIENT_ID: DEFAULT_APP.clientId,
      XERO_CLIENT_SECRET: DEFAULT_APP.secret,
      XERO_API_URL: sandboxUrl,
      XERO_IDENTITY_URL: sandboxUrl,
      XERO_LOGIN_URL: sandboxUrl,
    },
    'api',
  );
}
