import { randomUUID } from 'node:crypto';
import type { Storage } from '@sync/storage';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, invoice, item } from '../testing/records.js';
import { DRAIN_CALLS, DRAIN_MS, PARALLEL_CALLS } from './timing.js';

describe('working through what is due', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
  });

  const customers = async (all: readonly string[], lane?: 'event' | 'backfill') => {
    bench.crm.put(
      'customers',
      all.map((id) => customer(id)),
    );
    await bench.hint('customers', all, lane);
  };
  const sizes = () => bench.xero.calls.map(({ crmIds }) => crmIds.length);

  it('fills batches before they go out; only the last one may be short', async () => {
    await customers(ids(120));
    const report = await bench.drain('customers');
    expect(sizes()).toEqual([50, 50, 20]);
    expect(report).toMatchObject({ result: 'drained', writingCalls: 3, outcomes: { create: 120 } });
    expect((await bench.statuses('customers')).synced).toHaveLength(120);
  });

  it('fills the places of records that turn out to need no call', async () => {
    await customers(ids(60));
    for (const id of ids(10)) bench.crm.answer('customers', { id, state: 'missing' });
    await bench.drain('customers');
    expect(sizes()).toEqual([50]);
  });

  it('fills batches of creations and of updates, each on its own', async () => {
    await customers(ids(60));
    await bench.settle();
    bench.xero.calls.length = 0;
    bench.crm.put(
      'customers',
      ids(60).map((id) => customer(id, { phone: '1' })),
    );
    await customers(ids(60, 61));
    await bench.hint('customers', ids(60));
    await bench.drain('customers');
    const of = (action: string) =>
      bench.xero.calls.filter((call) => call.action === action).map(({ crmIds }) => crmIds.length);
    expect(of('create')).toEqual([50, 10]);
    expect(of('update')).toEqual([50, 10]);
  });

  it.each([1, 2])('has four calls of %i records under way at once, and never a fifth', async (size) => {
    bench.xero.batchSize = { customers: size };
    bench.xero.onWrite(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return 'done' as const;
    });
    await customers(ids(8));
    await bench.drain('customers');
    await customers(ids(12, 9));
    bench.crm.put(
      'customers',
      ids(4).map((id) => customer(id, { phone: '2' })),
    );
    await bench.hint('customers', ids(4));
    await bench.settle();
    expect(bench.xero.most.underWay).toBe(4);
    expect((await bench.statuses('customers')).synced).toHaveLength(20);
  });

  it('makes room for others who wait after eight calls, and rings for the rest', async () => {
    bench.xero.batchSize = { customers: 1 };
    await customers(ids(30));
    const report = await bench.drain('customers', { othersWait: true });
    expect(report.writingCalls).toBe(DRAIN_CALLS);
    expect(bench.xero.calls).toHaveLength(DRAIN_CALLS);
    expect(bench.rings).toEqual(['customers']);
    expect(await bench.due()).toEqual({ customers: 30 - DRAIN_CALLS });
  });

  it('makes room for others who wait after ten seconds, and rings for the rest', async () => {
    bench.xero.batchSize = { customers: 2 };
    bench.xero.onWrite(() => {
      clock.advance(DRAIN_MS);
      return 'done';
    });
    await customers(ids(20));
    await bench.drain('customers', { othersWait: true });
    expect(bench.xero.calls.length).toBeLessThanOrEqual(PARALLEL_CALLS);
    expect(bench.rings).toEqual(['customers']);
  });

  it('goes on for as long as nobody waits', async () => {
    bench.xero.batchSize = { customers: 1 };
    await customers(ids(30));
    expect(await bench.drain('customers')).toMatchObject({ writingCalls: 30 });
    expect(bench.rings).toEqual([]);
  });

  it('goes on for as long as nobody waits, but not for an organization of the same connection', async () => {
    bench.xero.batchSize = { customers: 1 };
    await customers(ids(30));
    const { dueOfConnection } = storage.stores.operations;
    const other = { organizationId: randomUUID(), organizationName: 'B', entity: 'items', count: 1 } as const;
    const operations: Storage['stores']['operations'] = {
      ...storage.stores.operations,
      dueOfConnection: async (id) => [...(await dueOfConnection(id)), { ...other, bestLane: 'backfill' }],
    };
    const stores = { ...storage.stores, operations };
    expect(await bench.drain('customers', { parts: { ...bench.parts, stores } })).toMatchObject({
      writingCalls: DRAIN_CALLS,
    });
  });

  const claiming = (work: (lanes: readonly string[]) => Promise<void>) => {
    const operations: Storage['stores']['operations'] = {
      ...storage.stores.operations,
      claim: async (request) => {
        await work(request.lanes);
        return storage.stores.operations.claim(request);
      },
    };
    return { ...bench.parts, stores: { ...storage.stores, operations } };
  };

  it('lets an event go first, and every fifth claim be one of the backfill', async () => {
    bench.xero.batchSize = { customers: 2 };
    await customers(ids(20), 'backfill');
    await customers(ids(20, 101), 'event');
    const first: (string | undefined)[] = [];
    const parts = claiming(async (lanes) => void first.push(lanes[0]));
    await bench.drain('customers', { othersWait: true, parts });
    expect(first.map((lane) => lane?.charAt(0)).join('')).toBe('eeeebeee');
    const events = bench.xero.calls.filter(({ lane }) => lane === 'event');
    expect(events).toHaveLength(7);
    expect(events.flatMap(({ crmIds }) => crmIds).every((id) => Number(id) > 100)).toBe(true);
  });

  it("does not keep an event's update until a batch of updates is full", async () => {
    await customers(ids(1));
    await bench.settle();
    bench.xero.calls.length = 0;
    bench.crm.put('customers', [customer('1', { phone: '1' })]);
    await bench.hint('customers', ['1'], 'event');
    await customers(ids(200, 101));
    await bench.drain('customers');
    const updates = bench.xero.calls.map(({ action }) => action === 'update');
    expect(updates.indexOf(true)).toBeLessThanOrEqual(1);
    expect(sizes()).toHaveLength(5);
  });

  it('takes an event of another entity along before it goes on with its backfill', async () => {
    bench.crm.put('items', [item('1')]);
    let claims = 0;
    const parts = claiming(async () => {
      claims += 1;
      if (claims === 2) await bench.hint('items', ['1'], 'event');
    });
    await customers(ids(200));
    await bench.drain('customers', { parts });
    const order = bench.xero.calls.map(({ entity }) => entity);
    expect(order).toHaveLength(5);
    // Two were under way when it came; which of the three leaves first is chance.
    expect(order.slice(0, 3)).toContain('items');
  });

  it('takes events of parents along before those of their children', async () => {
    bench.crm.put('items', [item('1', { taxes: [{ name: 'VAT', rate: '20' }] })]);
    let claims = 0;
    const parts = claiming(async () => {
      claims += 1;
      if (claims !== 2) return;
      await bench.hint('items', ['1'], 'event');
      await bench.hint('taxes', ['VAT|20'], 'event');
    });
    await customers(ids(150));
    await bench.drain('customers', { parts });
    await bench.settle();
    const entities = bench.xero.calls.map(({ entity }) => entity);
    expect(entities[2]).toBe('taxes');
    expect(entities.filter((entity) => entity === 'items')).toHaveLength(1);
    expect((await bench.statuses('items')).synced).toEqual(['1']);
  });

  it('leaves children in the backfill alone while parents of theirs have something to do', async () => {
    bench.crm.put('invoices', [invoice('1')]);
    await customers(['1']);
    await bench.hint('invoices', ['1']);
    await bench.drain('invoices');
    expect(bench.xero.calls).toEqual([]);
    expect(bench.rings).toEqual(['customers']);
    await bench.settle();
    expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['customers', 'invoices']);
  });

  it('gives back what it claimed for a short batch when its parents come first after all', async () => {
    bench.crm.put('invoices', [invoice('1', { customerId: '1' }), invoice('2', { customerId: '2' })]);
    await customers(['1']);
    await bench.settle();
    bench.crm.put('customers', [customer('2')]);
    await bench.hint('invoices', ['1', '2']);
    await bench.drain('invoices');
    expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['customers']);
    expect(await bench.due()).toEqual({ customers: 1, invoices: 1 });
    await bench.settle();
    expect(bench.xero.calls.map(({ entity, crmIds }) => [entity, crmIds.toSorted()])).toEqual([
      ['customers', ['1']],
      ['customers', ['2']],
      ['invoices', ['1', '2']],
    ]);
  });

  it('claims nothing while there is no room, and gives the lease back when that takes long', async () => {
    const until = new Date(clock.now().getTime() + 30_000);
    bench.xero.room = () => ({ open: false, until, limit: 'minute' });
    await customers(ids(3));
    const report = await bench.drain('customers');
    expect(report).toMatchObject({ result: 'drained', writingCalls: 0, resumeAt: until });
    expect(bench.crm.calls.read).toBe(0);
    expect(await bench.due()).toEqual({ customers: 3 });
  });

  it('sleeps a short wait for room through', async () => {
    const until = new Date(clock.now().getTime() + 2_000);
    bench.xero.room = () => (clock.now() < until ? { open: false, until, limit: 'minute' } : { open: true });
    await customers(ids(3));
    await bench.drain('customers');
    expect(sizes()).toEqual([3]);
  });

  it('stops claiming when it is asked to stop, and loses nothing', async () => {
    const stop = new AbortController();
    bench.crm.whileReading(async () => stop.abort());
    await customers(ids(3));
    await bench.drain('customers', { signal: stop.signal });
    expect(await bench.due()).toEqual(bench.xero.calls.length === 0 ? { customers: 3 } : {});
    bench.crm.whileReading(null);
    await bench.settle();
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);
  });
});
