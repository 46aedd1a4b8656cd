import { definitions } from '@sync/entities';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type DrainBench, openDrainBench } from '../../../libs/engine/src/testing/drain-bench.js';
import { createMovedClock } from '../../../libs/engine/src/testing/moved-clock.js';
import { customer } from '../../../libs/engine/src/testing/records.js';
import { sweepHandler } from './sweep-handler.js';
import { toldJob } from './testing/told-job.js';

describeWith(['postgres'], 'a look for changes that was rung for', () => {
  const clock = createMovedClock();
  let database: TestDatabase;
  let storage: Storage;
  let bench: DrainBench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
    storage = await openStorage({ url: database.url, encryptionKeys, clock });
    bench = await openDrainBench({ storage, definitions, clock, settings: { autoSync: false } });
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });

  const job = () => toldJob<'sweeps'>({ v: 1, organizationId: bench.organizationId });

  it('makes the sweeps that a run asks for, and says how many hints each brought', async () => {
    const { organizationId } = bench;
    bench.crm.put('customers', [customer('1'), customer('2')]);
    const entities = ['customers', 'items'] as const;
    const runId = await storage.stores.runs.create({ organizationId, entities, mode: 'full' });
    const told = job();
    expect(await sweepHandler(bench.parts)(told)).toEqual({ hints: { customers: 2, items: 0 } });
    expect(told.lines).toEqual(['customers (all): 2 hints', 'items (all): 0 hints']);
    expect(await storage.stores.runs.openSweeps()).toEqual([]);
    expect((await storage.admin.run(organizationId, runId))?.entities.customers?.total).toBe(2);
  });

  it('does nothing where nobody asks and nothing is due', async () => {
    const before = bench.crm.calls.list;
    expect(await sweepHandler(bench.parts)(job())).toEqual({ hints: {} });
    expect(bench.crm.calls.list).toBe(before);
  });
});
