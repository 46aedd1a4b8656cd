import { randomUUID } from 'node:crypto';
import { type ClaimedOperation, type Fence, LeaseLost, type WriteBatch } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written } from '../testing/bench.js';

describe('write batches', () => {
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

  const batchOf = (
    operations: readonly ClaimedOperation[],
    change: Partial<WriteBatch> = {},
  ): WriteBatch => ({
    id: randomUUID(),
    organizationId: bench.organizationId,
    connectionId: bench.connectionId,
    entity: 'invoices',
    action: 'create',
    lane: 'backfill',
    call: {
      entity: 'invoices',
      method: 'PUT',
      path: '/Invoices',
      body: '{"é":"\u{1F4B6}\\u0000"}',
      idempotencyKey: 'k',
    },
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
    ...change,
  });
  const claimedBatch = async (crmIds: string[]): Promise<WriteBatch> => {
    await bench.hint('invoices', crmIds);
    const batch = batchOf(await bench.claim('invoices'));
    await bench.storage.stores.batches.store(bench.fence, batch);
    return batch;
  };
  const takeOver = async (): Promise<Fence> => {
    const { leases } = bench.storage.stores;
    await leases.release(bench.fence);
    const fence = await leases.acquire(bench.connectionId, 'successor', 60_000);
    if (fence === null) throw new Error('the lease was free');
    return fence;
  };

  it('come back byte for byte', async () => {
    const batch = await claimedBatch(['1']);
    const quietUntil = new Date(bench.clock.now().getTime() + 1000);
    await bench.storage.stores.batches.markSent(bench.fence, batch.id, bench.clock.now(), quietUntil);
    const stored = only(await bench.storage.stores.batches.open(bench.connectionId));
    expect(stored).toEqual({ ...batch, firstSentAt: bench.clock.now(), quietUntil });
  });

  it('keep the moment of the first sending', async () => {
    const { batches } = bench.storage.stores;
    const batch = await claimedBatch(['1']);
    const first = bench.clock.now();
    await batches.markSent(bench.fence, batch.id, first, first);
    bench.clock.advance(5000);
    await batches.markSent(bench.fence, batch.id, bench.clock.now(), bench.clock.now());
    expect(only(await batches.open(bench.connectionId))).toMatchObject({ firstSentAt: first });
  });

  it('are refused under an old fence, before the first byte can leave', async () => {
    const { batches } = bench.storage.stores;
    const batch = await claimedBatch(['1']);
    await takeOver();
    await expect(batches.markSent(bench.fence, batch.id, new Date(), new Date())).rejects.toBeInstanceOf(
      LeaseLost,
    );
    await expect(batches.store(bench.fence, { ...batch, id: 'b2' })).rejects.toBeInstanceOf(LeaseLost);
    await expect(batches.close(bench.fence, batch.id)).rejects.toBeInstanceOf(LeaseLost);
  });

  it('that were certainly not sent go with their claims; those that may have been keep theirs', async () => {
    const { batches, operations } = bench.storage.stores;
    const unsent = await claimedBatch(['1', '2']);
    const sent = await claimedBatch(['3', '4']);
    await batches.markSent(bench.fence, sent.id, bench.clock.now(), bench.clock.now());
    await bench.hint('items', ['loose']);
    await bench.claim('items');
    const fence = await takeOver();
    expect(await operations.releaseAbandoned(bench.connectionId, fence)).toBe(3);
    expect(only(await batches.open(bench.connectionId)).id).toBe(sent.id);
    const claim = {
      organizationId: bench.organizationId,
      limit: 9,
      claimId: 'c',
      fence,
      lanes: ['backfill'],
    } as const;
    const again = await operations.claim({ ...claim, entity: 'invoices' });
    expect(again.map(({ binding }) => binding.id).toSorted()).toEqual(
      unsent.members.map(({ bindingId }) => bindingId).toSorted(),
    );
    expect(await operations.releaseAbandoned(bench.connectionId, fence)).toBe(0);
  });

  it('and loose claims that a holder left behind are rung for, unless the batch may have been sent', async () => {
    const { batches, leases, operations } = bench.storage.stores;
    const sent = await claimedBatch(['1']);
    await batches.markSent(bench.fence, sent.id, bench.clock.now(), bench.clock.now());
    await bench.hint('items', ['1', '2']);
    await bench.claim('items');
    expect(await operations.dueOfConnection(bench.connectionId)).toEqual([]);
    await leases.release(bench.fence);
    const due = await operations.dueOfConnection(bench.connectionId);
    expect(due).toMatchObject([{ entity: 'items', count: 2 }]);
  });

  it('never take the claims of another connection', async () => {
    const other = await openBench(database.url);
    await other.hint('items', ['1']);
    await other.claim('items');
    const fence = await takeOver();
    expect(await bench.storage.stores.operations.releaseAbandoned(bench.connectionId, fence)).toBe(0);
    await other.close();
  });

  it('are settled by a successor with the versions that they were formed from', async () => {
    const { batches, operations } = bench.storage.stores;
    const batch = await claimedBatch(['1', '2']);
    await batches.markSent(bench.fence, batch.id, bench.clock.now(), bench.clock.now());
    const fence = await takeOver();
    await operations.releaseAbandoned(bench.connectionId, fence);
    await bench.hint('invoices', ['2']);
    const members = await batches.operations(only(await batches.open(bench.connectionId)));
    await operations.settle(
      bench.organizationId,
      fence,
      members.map((member, n) => written(member, `x${n}`)),
    );
    await batches.close(fence, batch.id);
    expect(await batches.open(bench.connectionId)).toEqual([]);
    const claim = {
      organizationId: bench.organizationId,
      entity: 'invoices',
      limit: 9,
      claimId: 'c',
      fence,
    } as const;
    expect(only(await operations.claim({ ...claim, lanes: ['backfill'] })).binding.crmId).toBe('2');
  });

  it('ring when they are in doubt, their quiet time is over and nobody is at it', async () => {
    const { batches, leases } = bench.storage.stores;
    const batch = await claimedBatch(['1', '2']);
    const mine = async () =>
      (await batches.inDoubt()).filter(({ organizationId }) => organizationId === bench.organizationId);
    await batches.markSent(
      bench.fence,
      batch.id,
      bench.clock.now(),
      new Date(bench.clock.now().getTime() + 1000),
    );
    await batches.markUnknown(bench.fence, batch.id, new Date(bench.clock.now().getTime() + 9000));
    bench.clock.advance(9000);
    expect(await mine()).toEqual([]);
    await leases.release(bench.fence);
    expect(await mine()).toMatchObject([{ entity: 'invoices', bestLane: 'backfill', count: 2 }]);
    bench.clock.advance(-5000);
    expect(await mine()).toEqual([]);
  });

  it('do not ring while their organization stands still, until it may be probed', async () => {
    const { batches, leases, organizations } = bench.storage.stores;
    const { organizationId } = bench;
    const batch = await claimedBatch(['1']);
    await batches.markSent(bench.fence, batch.id, bench.clock.now(), bench.clock.now());
    await leases.release(bench.fence);
    const mine = async () =>
      (await batches.inDoubt()).filter((work) => work.organizationId === organizationId);
    const pause = { organizationId, code: 'XERO_UNREACHABLE', meta: {} } as const;
    const probeAt = new Date(bench.clock.now().getTime() + 1000);
    await organizations.pause({ ...pause, entity: null, probeAt });
    expect(await mine()).toEqual([]);
    bench.clock.advance(1000);
    expect(await mine()).toHaveLength(1);
    await organizations.pause({
      ...pause,
      code: 'APPROVAL_RIGHT_MISSING',
      entity: 'invoices',
      probeAt: null,
    });
    expect(await mine()).toHaveLength(1);
    await organizations.pause({ ...pause, code: 'NEEDS_RECONNECT', entity: null, probeAt: null });
    expect(await mine()).toEqual([]);
  });
});
