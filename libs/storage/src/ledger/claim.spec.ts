import { randomUUID } from 'node:crypto';
import { LeaseLost } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench } from '../testing/bench.js';

const ids = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('claims', () => {
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

  const due = async () =>
    (await bench.storage.stores.operations.dueOfConnection(bench.connectionId)).map(
      ({ entity, bestLane, count }) => ({
        entity,
        bestLane,
        count,
      }),
    );

  it('give every operation to exactly one of eight claimers at once', async () => {
    await bench.hint('invoices', ids(400));
    const claimer = async () => {
      const mine: string[] = [];
      for (;;) {
        const claimed = await bench.claim('invoices', { limit: 13 });
        if (claimed.length === 0) return mine;
        mine.push(...claimed.map(({ binding }) => binding.id));
      }
    };
    const all = (await Promise.all(Array.from({ length: 8 }, claimer))).flat();
    expect(all).toHaveLength(400);
    expect(new Set(all).size).toBe(400);
  });

  it('take the first lane first, and within it what was due first', async () => {
    await bench.hint('items', ['old']);
    bench.clock.advance(1000);
    await bench.hint('items', ['new']);
    await bench.hint('items', ['urgent'], { lane: 'event' });
    const order = async (lanes: readonly ('event' | 'backfill')[]) => {
      const claimed = await bench.claim('items', { lanes });
      await bench.storage.stores.operations.release(bench.organizationId, claimed);
      return claimed.map(({ binding }) => binding.crmId);
    };
    expect(await order(['event', 'backfill'])).toEqual(['urgent', 'old', 'new']);
    expect(await order(['backfill', 'event'])).toEqual(['old', 'new', 'urgent']);
    expect(await order(['event'])).toEqual(['urgent']);
  });

  it('are refused once somebody else holds the lease', async () => {
    await bench.hint('items', ['1']);
    const { leases, operations } = bench.storage.stores;
    await leases.release(bench.fence);
    const fence = await leases.acquire(bench.connectionId, 'other', 60_000);
    await expect(bench.claim('items')).rejects.toBeInstanceOf(LeaseLost);
    if (fence === null) throw new Error('the lease was free');
    const request = {
      organizationId: bench.organizationId,
      entity: 'items',
      limit: 5,
      lanes: ['backfill'],
    } as const;
    expect(await operations.claim({ ...request, claimId: randomUUID(), fence })).toHaveLength(1);
  });

  it('leave an organization alone whose mappings are not confirmed, and do not ring for it', async () => {
    const { hints, operations, leases } = bench.storage.stores;
    const { id: organizationId, connectionId } = await bench.another({ confirmed: false });
    await hints.hint({ organizationId, lane: 'event', hints: [{ entity: 'items', crmId: '1' }] });
    const fence = await leases.acquire(connectionId, 'h', 60_000);
    if (fence === null) throw new Error('the lease was free');
    const request = {
      organizationId,
      entity: 'items',
      limit: 5,
      claimId: 'c',
      fence,
      lanes: ['event'],
    } as const;
    expect(await operations.claim(request)).toEqual([]);
    const ofOrganization = async () =>
      (await operations.due()).filter((work) => work.organizationId === organizationId);
    expect(await ofOrganization()).toEqual([]);
    await bench.storage.stores.mappings.confirm(organizationId, bench.clock.now());
    expect(await ofOrganization()).toHaveLength(1);
    expect(await operations.claim(request)).toHaveLength(1);
  });

  it('leave a paused entity alone, and only that one', async () => {
    await bench.hint('items', ['1']);
    await bench.hint('invoices', ['1']);
    const { organizations } = bench.storage.stores;
    const { organizationId } = bench;
    const pause = {
      organizationId,
      entity: 'invoices',
      code: 'APPROVAL_RIGHT_MISSING',
      meta: {},
      probeAt: null,
    } as const;
    await organizations.pause(pause);
    expect(await bench.claim('invoices')).toEqual([]);
    expect(await due()).toEqual([{ entity: 'items', bestLane: 'backfill', count: 1 }]);
    await organizations.resume(organizationId, ['APPROVAL_RIGHT_MISSING'], 'invoices');
    expect(await bench.claim('invoices')).toHaveLength(1);
  });

  it('probe a paused scope with one operation on each beat', async () => {
    await bench.hint('items', ids(10));
    await bench.hint('taxes', ['t']);
    const { organizations } = bench.storage.stores;
    const { organizationId, clock } = bench;
    const probeAt = new Date(clock.now().getTime() + 5000);
    await organizations.pause({ organizationId, entity: null, code: 'XERO_OFFLINE', meta: {}, probeAt });
    expect(await bench.claim('items')).toEqual([]);
    expect(await due()).toEqual([]);
    clock.advance(5000);
    expect(await due()).toHaveLength(2);
    expect(await bench.claim('items')).toHaveLength(1);
    expect(await bench.claim('items')).toEqual([]);
    expect(await bench.claim('taxes')).toEqual([]);
    clock.advance(60_000);
    expect(await bench.claim('items')).toHaveLength(1);
    await organizations.resume(organizationId, ['XERO_OFFLINE']);
    expect(await bench.claim('items')).toHaveLength(8);
  });

  it('are opened once however often a scope is paused', async () => {
    const { organizations } = bench.storage.stores;
    const { organizationId } = bench;
    const pause = { organizationId, entity: null, code: 'XERO_OFFLINE', meta: {}, probeAt: null } as const;
    await Promise.all([1, 2, 3].map(() => organizations.pause(pause)));
    expect(await organizations.pauses(organizationId)).toEqual([
      { code: 'XERO_OFFLINE', entity: null, probeAt: null },
    ]);
    expect(await bench.query('select count from issue where organization_id = $1', [organizationId])).toEqual(
      [{ count: 3 }],
    );
  });

  it('wait for full batches while a sweep gathers, and never hold up an event', async () => {
    const { sweeps } = bench.storage.stores;
    const sweep = {
      organizationId: bench.organizationId,
      entity: 'items',
      holder: 's',
      ttlMs: 60_000,
    } as const;
    const checkpoint = await sweeps.begin(sweep);
    if (checkpoint === null) throw new Error('nobody else sweeps');
    await bench.hint('items', ids(49));
    await bench.hint('items', ['urgent'], { lane: 'event' });
    expect(await due()).toEqual([{ entity: 'items', bestLane: 'event', count: 1 }]);
    expect(only(await bench.claim('items')).binding.crmId).toBe('urgent');
    await bench.hint('items', ['50th']);
    expect(await due()).toEqual([{ entity: 'items', bestLane: 'backfill', count: 50 }]);
    expect(await bench.claim('items')).toHaveLength(50);
    await bench.hint('items', ['last']);
    await sweeps.end({ checkpoint, holder: 's', full: true, nextAt: bench.clock.now() });
    expect(await bench.claim('items')).toHaveLength(1);
  });
});
