import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from './migrate.js';
import { type Bench, openBench, written } from './testing/bench.js';

const DAY_MS = 86_400_000;

describe('housekeeping', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    bench = await openBench(database.url);
  });

  afterAll(async () => {
    await bench.close();
    await database.drop();
  });

  it('deletes what is past its time and nothing before', async () => {
    const { storage, clock, organizationId, connectionId } = bench;
    const { runs } = storage.stores;
    const now = clock.now();
    const call = {
      connectionId,
      method: 'GET',
      path: '/Items',
      lane: 'event',
      sentAt: now,
      deadlineAt: now,
    } as const;
    await storage.callLog.started(call);
    const runId = await runs.create({ organizationId, entities: ['items'], mode: 'full' });
    await bench.hint('items', ['1'], { runId });
    await bench.settle((await bench.claim('items')).map((operation) => written(operation, 'x1')));
    await runs.swept(runId, 'items');
    await runs.completeFinished();
    const after = async (days: number) => {
      const deleted = await storage.housekeeping(new Date(now.getTime() + days * DAY_MS + 1));
      return Object.entries(deleted).filter(([, count]) => count > 0);
    };
    expect(await after(1)).toEqual([]);
    expect(await after(2)).toEqual([['connection_call', 1]]);
    expect(await after(90)).toEqual([
      ['run_operation', 1],
      ['run', 1],
    ]);
    expect(await after(400)).toEqual([['history_entry', 1]]);
    expect((await storage.admin.summary(organizationId)).items.synced).toBe(1);
  });
});
