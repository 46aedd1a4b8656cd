import { definitions } from '@sync/entities';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type DrainBench, openDrainBench } from '../../../libs/engine/src/testing/drain-bench.js';
import { createMovedClock } from '../../../libs/engine/src/testing/moved-clock.js';
import { maintenanceHandler } from './maintenance-handler.js';
import { toldJob } from './testing/told-job.js';

describeWith(['postgres'], 'reading accounts and tax rates that was rung for', () => {
  const clock = createMovedClock();
  let database: TestDatabase;
  let storage: Storage;
  let bench: DrainBench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
    storage = await openStorage({ url: database.url, encryptionKeys, clock });
    bench = await openDrainBench({ storage, definitions, clock, confirmed: false });
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });

  const handle = (organizationId?: string) =>
    maintenanceHandler(bench.parts)(
      toldJob<'maintenance'>({ v: 1, task: 'reference-data', ...(organizationId ? { organizationId } : {}) }),
    );

  it('leaves it to whoever is at the connection', async () => {
    const fence = await storage.stores.leases.acquire(bench.connectionId, 'another', 60_000);
    expect(await handle(bench.organizationId)).toEqual({ result: 'joined' });
    expect(await storage.stores.mappings.load(bench.organizationId)).toEqual([]);
    if (fence) await storage.stores.leases.release(fence);
  });

  it('suggests mappings from what it read', async () => {
    expect(await handle(bench.organizationId)).toEqual({ result: 'read' });
    expect(await storage.stores.mappings.load(bench.organizationId)).not.toEqual([]);
  });

  it('has nothing to do for nobody', async () => {
    expect(await handle()).toEqual({ result: 'nothing' });
  });
});
