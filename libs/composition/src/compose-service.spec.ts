import { randomBytes } from 'node:crypto';
import { readConfig } from '@sync/config';
import { createLogger } from '@sync/observability';
import { createTestDatabase, describeWith, freePort, type TestDatabase, waitUntil } from '@sync/testing';
import { composeService } from './index.js';

describeWith(['postgres'], 'composing the service', () => {
  let database: TestDatabase;
  const lines: string[] = [];
  const log = createLogger({
    level: 'info',
    role: 'spec',
    destination: { write: (line) => lines.push(line) },
  });

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const compose = (more: Record<string, string> = {}) => {
    const keys = { ENCRYPTION_KEYS: `spec:${randomBytes(32).toString('base64')}` };
    const config = readConfig({ DATABASE_URL: database.url, ...keys, ...more }, 'worker');
    return composeService({ config, role: 'worker', queueWorkers: 1, log });
  };
  /** Well before a pool that was forgotten gives up its idle connections, which it does after 10 s. */
  const nobodyIsLeft = () =>
    waitUntil(async () => (await database.connections()) === 0 || undefined, {
      what: 'all connections to be closed',
      timeoutMs: 5_000,
    });

  it('brings an empty database to its schema, and says what should be known', async () => {
    const service = await compose({ PUBLIC_URL: 'https://xero-sync.example.com' });
    expect(await service.storage.admin.organizations({ cursor: null, limit: 1 })).toMatchObject({
      items: [],
    });
    expect(lines.join('')).toContain('Xero refuses documents that link to such an address');
    await service.close();
  });

  it('leaves nothing open when it is closed', async () => {
    const service = await compose();
    await service.queueBackend.ping();
    expect(await database.connections()).toBeGreaterThan(0);
    await service.close();
    await nobodyIsLeft();
  });

  it('leaves nothing open where it cannot start, and says what to correct', async () => {
    const redis = { REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
    await expect(compose(redis)).rejects.toThrow('check REDIS_URL');
    await nobodyIsLeft();
  });
});
