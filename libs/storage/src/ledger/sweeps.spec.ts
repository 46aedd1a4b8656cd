import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint, SweepDepth } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('sweeps', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
  });

  afterAll(async () => {
    await database.drop();
  });

  beforeEach(async () => {
    bench = await openBench(database.url);
  });

  afterEach(async () => {
    await bench.close();
  });

  const begin = (holder: string, ttlMs = 60_000): Promise<Checkpoint | null> =>
    bench.storage.stores.sweeps.begin({
      organizationId: bench.organizationId,
      entity: 'items',
      holder,
      ttlMs,
    });
  const begun = async (holder: string, ttlMs?: number): Promise<Checkpoint> => {
    const checkpoint = await begin(holder, ttlMs);
    if (checkpoint === null) throw new Error(`${holder} did not get the sweep`);
    return checkpoint;
  };
  const page = (checkpoint: Checkpoint, holder: string, crmId: string) =>
    bench.storage.stores.sweeps.page({
      checkpoint,
      holder,
      ttlMs: 60_000,
      cursor: `after ${crmId}`,
      hints: [{ entity: 'items', crmId }],
      changed: true,
      runId: null,
    });
  const swept = async (depth: SweepDepth) => {
    const checkpoint = await begun('s');
    const nextAt = new Date(bench.clock.now().getTime() + 60_000);
    await bench.storage.stores.sweeps.end({ checkpoint, holder: 's', full: depth === 'all', nextAt, depth });
  };
  const depthDue = async () =>
    (await bench.storage.stores.sweeps.dueSweeps()).find(
      ({ organizationId, entity }) => organizationId === bench.organizationId && entity === 'items',
    )?.depth;

  it('belong to one at a time, until he is silent for too long', async () => {
    const first = await begun('a', 40);
    expect(await begin('b')).toBeNull();
    await sleep(60);
    await begun('b');
    await expect(page(first, 'a', '1')).rejects.toThrow('taken over');
    expect(await bench.claim('items')).toEqual([]);
  });

  it('store the hints of a page together with the step of the checkpoint', async () => {
    const first = await begun('a');
    const second = await page(first, 'a', '1');
    await expect(page(first, 'a', 'twice')).rejects.toThrow('taken over');
    await page(second, 'a', '2');
    expect(await bench.storage.stores.sweeps.running(bench.organizationId, ['items', 'taxes'])).toBe(true);
    await bench.storage.stores.sweeps.end({
      checkpoint: second,
      holder: 'a',
      full: false,
      nextAt: bench.clock.now(),
    });
    expect(await bench.storage.stores.sweeps.running(bench.organizationId, ['items'])).toBe(false);
    expect((await begun('b')).cursor).toBe('after 2');
    expect(await bench.storage.stores.sweeps.knownIds(bench.organizationId, 'items')).toHaveLength(2);
  });

  it('are due by schedule: everything first and once a day, changes at times, new records in between', async () => {
    expect(await depthDue()).toBe('all');
    await swept('all');
    expect(await depthDue()).toBeUndefined();
    bench.clock.advance(60_000);
    expect(await depthDue()).toBe('new');
    await swept('new');
    bench.clock.advance(900_000);
    expect(await depthDue()).toBe('changed');
    await swept('changed');
    bench.clock.advance(60_000);
    expect(await depthDue()).toBe('new');
    bench.clock.advance(86_400_000);
    expect(await depthDue()).toBe('all');
  });

  it('are not due while one is under way, while the organization stands still, or without auto-sync', async () => {
    const { organizationId } = bench;
    const { admin, stores } = bench.storage;
    const checkpoint = await begun('a');
    expect(await depthDue()).toBeUndefined();
    await stores.sweeps.end({ checkpoint, holder: 'a', full: false, nextAt: bench.clock.now() });
    await stores.organizations.pause({
      organizationId,
      entity: null,
      code: 'CRM_REPLACED',
      meta: {},
      probeAt: null,
    });
    expect(await depthDue()).toBeUndefined();
    await stores.organizations.resume(organizationId, ['CRM_REPLACED']);
    expect(await depthDue()).toBe('all');
    await admin.updateSettings(organizationId, { autoSync: false });
    expect(await depthDue()).toBeUndefined();
  });

  it('do not look for what is known to be deleted', async () => {
    await bench.hint('items', ['1', '2']);
    const [gone, kept] = await bench.claim('items');
    if (!gone || !kept) throw new Error('two were due');
    await bench.settle([
      { operation: gone, kind: 'excluded', reason: 'deleted-in-crm', label: null, lookAgainAt: null },
      { operation: kept, kind: 'excluded', reason: 'inactive', label: null, lookAgainAt: null },
    ]);
    const { sweeps } = bench.storage.stores;
    expect(await sweeps.knownIds(bench.organizationId, 'items')).toEqual([kept.binding.crmId]);
  });
});
