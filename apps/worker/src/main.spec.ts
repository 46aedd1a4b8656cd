import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createBell, openQueueBackend, type QueueBackend } from '@sync/queue';
import {
  createTestDatabase,
  describeWith,
  freePort,
  type NodeProcess,
  spawnNode,
  type TestDatabase,
  waitUntil,
} from '@sync/testing';

const main = resolve(__dirname, '../dist/main.js');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describeWith(['postgres'], 'a worker process', () => {
  let database: TestDatabase;
  let backend: QueueBackend | undefined;
  let environment: Record<string, string>;
  const processes: NodeProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    environment = {
      DATABASE_URL: database.url,
      REDIS_URL: '',
      ENCRYPTION_KEYS: `spec:${randomBytes(32).toString('base64')}`,
      WORKER_METRICS_PORT: String(await freePort()),
    };
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.kill()));
  });
  afterAll(async () => {
    await backend?.close();
    await database.drop();
  });

  const start = (more: Record<string, string> = {}) => {
    const started = spawnNode(main, { env: { ...environment, ...more } });
    processes.push(started);
    return started;
  };

  it('serves the figures of the drains that it made itself', async () => {
    await start().waitForLine(/worker started/);
    backend = await openQueueBackend({ databaseUrl: database.url, workers: 0, logger: silent });
    const ring = { queue: 'items', organizationId: randomUUID(), priority: 'event' } as const;
    await createBell({ backend, logger: silent }).ring({
      ...ring,
      organizationName: 'Acme',
      label: 'items',
    });
    const figures = async () =>
      (await fetch(`http://127.0.0.1:${environment['WORKER_METRICS_PORT']}/metrics`)).text();
    await waitUntil(
      async () => /^sync_drain_seconds_count\{.*entity="items".*\} 1$/m.test(await figures()) || undefined,
      { what: 'the drain to be counted' },
    );
  });

  it('says in plain words that another one has its port', async () => {
    await start().waitForLine(/worker started/);
    const second = start();
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(/^worker: Port \d+ is taken; give each worker .*WORKER_METRICS_PORT/m);
  });

  it('listens to nobody without a port', async () => {
    const port = environment['WORKER_METRICS_PORT'];
    await start({ WORKER_METRICS_PORT: '' }).waitForLine(/worker started/);
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed');
  });
});
