import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('what is kept of a connection', () => {
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

  const at = (ms: number) => new Date(bench.clock.now().getTime() + ms);
  const call = (sentMs: number, deadlineMs: number) =>
    bench.storage.callLog.started({
      connectionId: bench.connectionId,
      method: 'PUT',
      path: '/Invoices',
      lane: 'backfill',
      sentAt: at(sentMs),
      deadlineAt: at(deadlineMs),
    });

  it('calls of the last minute, and older ones that are still open', async () => {
    const { callLog } = bench.storage;
    const done = await call(-300_000, -240_000);
    await callLog.finished(done, { finishedAt: at(-299_000), status: 200, correlationId: 'c' });
    await call(-200_000, -140_000);
    await call(-90_000, 10_000);
    const recent = await call(-30_000, 30_000);
    await callLog.finished(recent, { finishedAt: at(-29_000), status: 200, correlationId: null });
    expect(await callLog.recent(bench.connectionId, at(-61_000))).toEqual([
      { sentAt: at(-90_000), deadlineAt: at(10_000), finishedAt: null },
      { sentAt: at(-30_000), deadlineAt: at(30_000), finishedAt: at(-29_000) },
    ]);
    expect(await callLog.countSince(bench.connectionId, at(-250_000))).toBe(3);
    expect(await callLog.countSince(randomUUID(), at(-250_000))).toBe(0);
  });

  it('the limits that Xero named, each ended by itself', async () => {
    const { callLog } = bench.storage;
    await callLog.holdUntil(bench.connectionId, at(60_000), 'minute');
    await callLog.holdUntil(bench.connectionId, at(90_000), 'day');
    expect(await callLog.heldUntil(bench.connectionId)).toEqual(at(90_000));
    await callLog.holdUntil(bench.connectionId, null, 'day');
    expect(await callLog.heldUntil(bench.connectionId)).toEqual(at(60_000));
  });

  it('fingerprints of tables of the CRM, in steps', async () => {
    const prints = bench.storage.fingerprints(bench.crmConnectionId);
    const records = Array.from({ length: 2100 }, (_, n) => ({
      recordId: String(n),
      bucket: n >> 10,
      hash: `h${n}`,
    }));
    const buckets = [0, 1, 2].map((bucket) => ({ bucket, hash: `b${bucket}` }));
    await prints.save('invoices', { buckets, records, removedBuckets: [], removedRecords: [] });
    await prints.save('invoices', {
      buckets: [{ bucket: 0, hash: 'changed' }],
      records: [{ recordId: '5', bucket: 0, hash: 'changed' }],
      removedBuckets: [2],
      removedRecords: ['7', '2050'],
    });
    expect(await prints.buckets('invoices')).toEqual(
      new Map([
        [0, 'changed'],
        [1, 'b1'],
      ]),
    );
    const found = await prints.records('invoices', [0, 2]);
    expect([found.size, found.get('5'), found.has('7')]).toEqual([1023 + 51, 'changed', false]);
    expect(await prints.buckets('items')).toEqual(new Map());
  });

  it('reference data, asked for anew once it is old or while mappings are missing, unless everything stands still', async () => {
    const { organizations } = bench.storage.stores;
    const { organizationId, clock } = bench;
    const needs = async () =>
      (await organizations.needingReference(new Date(clock.now().getTime() - 1000))).some(
        ({ id }) => id === organizationId,
      );
    expect(await needs()).toBe(true);
    const organisation = {
      name: 'n',
      baseCurrency: 'GBP',
      country: 'GB',
      lockDate: null,
      shortCode: null,
      demo: true,
    };
    const data = { organisation, mayApproveInvoices: true, accounts: [], taxRates: [], currencies: ['GBP'] };
    await organizations.saveReference(organizationId, data, clock.now());
    expect(await organizations.reference(organizationId)).toEqual({ data, readAt: clock.now() });
    expect(await needs()).toBe(true);
    const { mappings } = bench.storage.stores;
    const none = { label: 'l', value: null, source: 'suggested', reason: null } as const;
    await mappings.save(organizationId, [{ ...none, kind: 'account', key: 'sales' }]);
    expect(await needs()).toBe(true);
    await mappings.suggest(organizationId, [{ ...none, kind: 'tax', key: 'none' }]);
    expect(await needs()).toBe(false);
    clock.advance(2000);
    expect(await needs()).toBe(true);
    await organizations.pause({
      organizationId,
      entity: null,
      code: 'NEEDS_RECONNECT',
      meta: {},
      probeAt: null,
    });
    expect(await needs()).toBe(false);
  });

  it('nothing of an organization that is not there', async () => {
    expect(await bench.storage.stores.organizations.load(randomUUID())).toBeNull();
  });
});
