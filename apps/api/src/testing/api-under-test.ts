import { randomBytes } from 'node:crypto';
import { composeService, type Service } from '@sync/composition';
import { readConfig } from '@sync/config';
import { createLogger } from '@sync/observability';
import { MemoryStore } from 'express-session';
import type { ApiDependencies } from '../dependencies.js';
import { dependenciesOf, openApi } from '../open-api.js';
import { type Call, httpClient } from './http-client.js';

/** A running API on a database of its own. */
export interface ApiUnderTest {
  readonly base: string;
  readonly call: Call;
  readonly service: Service;
  /** What an API over the same service would be made of. */
  readonly dependencies: ApiDependencies;
  readonly installationKey: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Every line that was logged so far. */
  readonly logged: () => string;
  close(): Promise<void>;
}

/** Starts the API as it is in production, on a free port. */
export async function startApiUnderTest(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  queueWorkers = 0,
): Promise<ApiUnderTest> {
  const admin = { email: 'admin@example.com', password: 'correct horse battery' };
  const config = readConfig(
    {
      PORT: '0',
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS: `spec:${randomBytes(32).toString('base64')}`,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ...environment,
    },
    'api',
  );
  const lines: string[] = [];
  const log = createLogger({
    level: 'info',
    role: 'api',
    destination: { write: (line) => lines.push(line) },
  });
  const service = await composeService({ config, role: 'api', queueWorkers, log });
  const api = await openApi({ config, service });
  const { key } = await service.storage.apiKeys.create({ kind: 'installation', name: 'spec' });
  const base = `http://127.0.0.1:${api.port}`;
  return {
    base,
    call: httpClient(base),
    service,
    dependencies: dependenciesOf({ config, service, sessions: new MemoryStore() }),
    installationKey: key,
    admin,
    logged: () => lines.join(''),
    async close() {
      await api.close();
      await service.close();
    },
  };
}
