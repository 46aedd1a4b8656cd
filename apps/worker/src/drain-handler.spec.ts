import { SyncError } from '@sync/domain';
import type { EngineParts } from '@sync/engine';
import { definitions } from '@sync/entities';
import { createMetrics, type Metrics } from '@sync/observability';
import { openQueueBackend, type QueueBackend } from '@sync/queue';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type DrainBench, openDrainBench } from '../../../libs/engine/src/testing/drain-bench.js';
import { createMovedClock } from '../../../libs/engine/src/testing/moved-clock.js';
import { customer } from '../../../libs/engine/src/testing/records.js';
import { drainHandler } from './drain-handler.js';
import { toldJob } from './testing/told-job.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describeWith(['postgres'], 'a drain that was rung for', () => {
  const clock = createMovedClock();
  let database: TestDatabase;
  let storage: Storage;
  let backend: QueueBackend;
  let bench: DrainBench;
  let metrics: Metrics;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
    storage = await openStorage({ url: database.url, encryptionKeys, clock });
    backend = await openQueueBackend({ databaseUrl: database.url, workers: 0, logger: silent });
  });
  afterAll(async () => {
    await backend.close();
    await storage.close();
    await database.drop();
  });
  beforeEach(async () => {
    metrics = createMetrics({ ofProcess: false });
    bench = await openDrainBench({ storage, definitions, clock });
    bench.crm.put('customers', [customer('1')]);
    await bench.hint('customers', ['1']);
  });

  const job = () => toldJob<'customers'>({ v: 1, organizationId: bench.organizationId });
  const handle = (parts: EngineParts = bench.parts, told = job()) =>
    drainHandler({ parts, backend, metrics }, 'customers')(told);
  const counted = async () => {
    const lines = (await metrics.registry.metrics()).split('\n');
    const told = lines.filter((line) => /^sync_(operations_total|drain_seconds_count)\{/.test(line));
    return told.map((line) => line.replace('sync_', ''));
  };

  it('answers in numbers, and is counted with its time and outcomes', async () => {
    const told = job();
    expect(await handle(bench.parts, told)).toEqual({
      result: 'drained',
      writingCalls: 1,
      outcomes: { create: 1 },
    });
    expect(told.progressed.at(-1)).toEqual({ writingCalls: 1, create: 1 });
    expect(await counted()).toEqual([
      'operations_total{entity="customers",outcome="create"} 1',
      'drain_seconds_count{entity="customers",result="drained"} 1',
    ]);
  });

  it('is counted as failed where it throws, with what it had done until then', async () => {
    const redriveWaiters = async () => {
      throw new Error('the database is away');
    };
    const operations = { ...bench.parts.stores.operations, redriveWaiters };
    const failing = { ...bench.parts, stores: { ...bench.parts.stores, operations } };
    await expect(handle(failing)).rejects.toThrow('the database is away');
    expect(await counted()).toEqual([
      'operations_total{entity="customers",outcome="create"} 1',
      'drain_seconds_count{entity="customers",result="failed"} 1',
    ]);
  });

  it('puts its job off until Xero has room again', async () => {
    const until = new Date(clock.now().getTime() + 30_000);
    const full = async () => {
      throw new SyncError('rate-limited', 'No room', { retryAt: until });
    };
    await expect(handle({ ...bench.parts, xero: { ...bench.xero, open: full } })).rejects.toMatchObject({
      name: 'PutOff',
      until,
    });
    expect(await counted()).toEqual(['drain_seconds_count{entity="customers",result="drained"} 1']);
  });

  it('goes on while nobody can say whether others wait', async () => {
    const away = await openQueueBackend({ databaseUrl: database.url, workers: 0, logger: silent });
    await away.close();
    const handler = drainHandler({ parts: bench.parts, backend: away, metrics }, 'customers');
    expect(await handler(job())).toMatchObject({ result: 'drained', outcomes: { create: 1 } });
  });
});
