import { randomUUID } from 'node:crypto';
import type { ClaimedOperation, Fence } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('due work', () => {
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

  const due = async () => {
    const work = await bench.storage.stores.operations.dueOfConnection(bench.connectionId);
    return work.map(({ entity, bestLane, count }) => ({ entity, bestLane, count }));
  };
  const takeOver = async (): Promise<Fence> => {
    const { leases } = bench.storage.stores;
    await leases.release(bench.fence);
    const fence = await leases.acquire(bench.connectionId, 'successor', 60_000);
    if (fence === null) throw new Error('the lease was free');
    return fence;
  };
  const stored = async (operations: readonly ClaimedOperation[]): Promise<string> => {
    const id = randomUUID();
    await bench.storage.stores.batches.store(bench.fence, {
      id,
      organizationId: bench.organizationId,
      connectionId: bench.connectionId,
      entity: 'invoices',
      action: 'create',
      lane: 'backfill',
      call: { entity: 'invoices', method: 'PUT', path: '/Invoices', body: '{}', idempotencyKey: id },
      members: operations.map(({ binding, version, claimId }) => ({
        bindingId: binding.id,
        marker: binding.id,
        naturalKey: null,
        xeroId: null,
        version,
        claimId,
        label: 'INV',
        crmOwned: {},
        birthMark: null,
        expected: {},
        adjusted: { taxCents: 0, roundingCents: 0 },
        warnings: [],
      })),
      firstSentAt: null,
      quietUntil: null,
      createdAt: bench.clock.now(),
    });
    return id;
  };

  it('is nothing that is claimed, as long as the lease of the claim holds', async () => {
    await bench.hint('invoices', ['1', '2', '3']);
    await bench.claim('invoices', { limit: 2 });
    expect(await due()).toEqual([{ entity: 'invoices', bestLane: 'backfill', count: 1 }]);
  });

  it('is what was claimed under a lease that ran out, was given back or taken over', async () => {
    await bench.hint('invoices', ['1', '2'], { lane: 'event' });
    await bench.claim('invoices');
    expect(await due()).toEqual([]);
    const { leases, operations } = bench.storage.stores;
    await leases.renew(bench.fence, -1);
    expect(await due()).toEqual([{ entity: 'invoices', bestLane: 'event', count: 2 }]);
    await leases.renew(bench.fence, 60_000);
    expect(await due()).toEqual([]);
    const successor = await takeOver();
    expect(await due()).toEqual([{ entity: 'invoices', bestLane: 'event', count: 2 }]);
    expect((await operations.due()).some((work) => work.organizationId === bench.organizationId)).toBe(true);
    await operations.releaseAbandoned(bench.connectionId, successor);
    expect(await due()).toEqual([{ entity: 'invoices', bestLane: 'event', count: 2 }]);
  });

  it('is what an abandoned batch holds that was certainly not sent, not what one holds that may have been', async () => {
    await bench.hint('invoices', ['1', '2', '3']);
    const sent = await stored(await bench.claim('invoices', { limit: 2 }));
    await stored(await bench.claim('invoices', { limit: 1 }));
    await bench.storage.stores.batches.markSent(bench.fence, sent, bench.clock.now(), bench.clock.now());
    await takeOver();
    expect(await due()).toEqual([{ entity: 'invoices', bestLane: 'backfill', count: 1 }]);
  });

  it('leaves out what was left behind but is not due yet', async () => {
    await bench.hint('invoices', ['1']);
    await bench.claim('invoices');
    await takeOver();
    await bench.query(`update sync_operation set due_at = $2 where organization_id = $1`, [
      bench.organizationId,
      new Date(bench.clock.now().getTime() + 60_000),
    ]);
    expect(await due()).toEqual([]);
  });
});
