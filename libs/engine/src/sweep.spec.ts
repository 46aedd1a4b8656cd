import { randomUUID } from 'node:crypto';
import { SyncError } from '@sync/domain';
import type { Storage } from '@sync/storage';
import type { ChangePage, ListChanges } from './ports/crm.js';
import { sweepOrganization } from './planner.js';
import { type SweepRequest, sweep } from './sweep.js';
import type { BenchRequest, DrainBench } from './testing/drain-bench.js';
import { withRealStorage } from './testing/real/real-storage.js';
import { customer, ids, invoice } from './testing/records.js';

describe('a sweep', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = (change: Partial<BenchRequest> = {}) =>
    openBench({
      settings: { autoSync: false, goneFromCrm: 'ignore' },
      ...change,
    });
  beforeEach(async () => {
    bench = await open();
  });

  const run = (change: Partial<SweepRequest> = {}, parts = bench.parts) =>
    sweep(parts, {
      organizationId: bench.organizationId,
      entity: 'customers',
      depth: 'changed',
      runId: null,
      holder: randomUUID(),
      signal: new AbortController().signal,
      ...change,
    });
  const page = (number: number, last: boolean, acknowledge?: () => Promise<void>): ChangePage => ({
    changes: [{ recordId: `${number}a` }, { recordId: `${number}b` }],
    cursor: `after ${number}`,
    last,
    ...(acknowledge ? { acknowledge } : {}),
  });
  const pending = async () => (await bench.statuses('customers')).pending ?? [];
  const beginsAt = async () => {
    const holder = randomUUID();
    const at = { organizationId: bench.organizationId, entity: 'customers', holder } as const;
    const checkpoint = await storage.stores.sweeps.begin({ ...at, ttlMs: 1000 });
    if (checkpoint) await storage.stores.sweeps.end({ checkpoint, holder, full: false, nextAt: clock.now() });
    return checkpoint?.cursor;
  };

  it('stores each page before the adapter moves what it remembers', async () => {
    const seen: string[][] = [];
    const acknowledge = async () => void seen.push(await pending());
    bench.crm.pages(({ cursor }) =>
      cursor === null ? page(1, false, acknowledge) : page(2, true, acknowledge),
    );
    expect(await run()).toEqual({ result: 'swept', hints: 4 });
    expect(seen).toEqual([
      ['1a', '1b'],
      ['1a', '1b', '2a', '2b'],
    ]);
    expect(await beginsAt()).toBe('after 2');
  });

  it('reports a page again that was not acknowledged, and goes on behind the last page that was stored', async () => {
    const asked: (string | null)[] = [];
    let dies = true;
    bench.crm.pages(({ cursor }: ListChanges) => {
      asked.push(cursor);
      if (cursor === null) return page(1, false);
      return page(2, true, async () => {
        if (dies) throw new Error('killed');
      });
    });
    await expect(run()).rejects.toThrow('killed');
    expect(await pending()).toEqual(['1a', '1b', '2a', '2b']);
    dies = false;
    asked.length = 0;
    await run();
    expect(asked).toEqual(['after 2']);
  });

  it('loses no page whose storing failed: nothing of it is acknowledged, and it is asked for again', async () => {
    let acknowledged = 0;
    const acknowledge = async () => {
      acknowledged += 1;
    };
    bench.crm.pages(() => page(1, true, acknowledge));
    const sweeps: Storage['stores']['sweeps'] = {
      ...storage.stores.sweeps,
      page: async () => {
        throw new Error('the database is away');
      },
    };
    const parts = { ...bench.parts, stores: { ...storage.stores, sweeps } };
    await expect(run({}, parts)).rejects.toThrow('away');
    expect(acknowledged).toBe(0);
    expect(await run()).toEqual({ result: 'swept', hints: 2 });
    expect(acknowledged).toBe(1);
  });

  it('infers deletions from a complete listing only, and only where the CRM does not report them', async () => {
    bench.crm.put(
      'customers',
      ids(3).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(3));
    await bench.settle();
    bench.crm.lose('customers', '2');
    await run({ depth: 'changed' });
    await bench.settle();
    expect(await bench.statuses('customers')).toEqual({ synced: ids(3) });
    expect(await run({ depth: 'all' })).toEqual({ result: 'swept', hints: 3 });
    await bench.settle();
    // It stands in Xero, so it stays what it was, and says so.
    expect(await bench.statuses('customers')).toEqual({ synced: ids(3) });
    expect(await bench.issues('GONE_FROM_CRM')).toHaveLength(1);
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);

    bench = await open({ crm: { deletions: 'reported' } });
    bench.crm.put('customers', [customer('1'), customer('2')]);
    await bench.hint('customers', ids(2));
    await bench.settle();
    bench.crm.lose('customers', '2');
    expect(await run({ depth: 'all' })).toEqual({ result: 'swept', hints: 1 });
  });

  it('infers no deletion from a listing that broke off', async () => {
    bench.crm.put(
      'customers',
      ids(2).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(2));
    await bench.settle();
    bench.crm.pages(({ cursor }) => {
      if (cursor === null) return { changes: [{ recordId: '1' }], cursor: 'half', last: false };
      throw new SyncError('transient', 'reset');
    });
    await expect(run({ depth: 'all' })).rejects.toThrow('reset');
    expect(await bench.due()).toEqual({ customers: 1 });
  });

  it('is made by one at a time', async () => {
    let second: unknown;
    bench.crm.pages(async () => {
      second ??= await run();
      return page(1, true);
    });
    expect(await run()).toMatchObject({ result: 'swept' });
    expect(second).toEqual({ result: 'busy' });
  });

  it('of an entity that the CRM does not have ends too, and holds up no child', async () => {
    bench = await open({ crm: { entities: ['customers', 'invoices'] } });
    expect(await run({ entity: 'items' })).toEqual({ result: 'swept', hints: 0 });
    expect(await storage.stores.sweeps.running(bench.organizationId, ['items'])).toBe(false);
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    expect((await bench.statuses('invoices')).synced).toEqual(['1']);
  });

  describe('when the CRM is away', () => {
    const away = () => new SyncError('transient', 'connection refused', { code: 'CRM_UNREACHABLE' });

    it('pauses the organization, and the next one that comes through ends the pause', async () => {
      bench.crm.fail(away());
      expect(await run()).toEqual({ result: 'paused' });
      expect((await bench.issues()).map(({ code }) => code)).toEqual(['CRM_UNREACHABLE']);
      bench.crm.fail(null);
      await run();
      expect(await bench.issues()).toEqual([]);
    });

    it('ends its sweep, so that the next one need not wait for it', async () => {
      bench.crm.fail(away());
      await run();
      expect(await storage.stores.sweeps.running(bench.organizationId, ['customers'])).toBe(false);
    });

    it('leaves the sweeps of a run open, and makes none while the organization stands still', async () => {
      const runId = await storage.stores.runs.create({
        organizationId: bench.organizationId,
        entities: ['taxes', 'customers'],
        mode: 'full',
      });
      bench.crm.fail(away());
      const sweepAll = () =>
        sweepOrganization(bench.parts, {
          organizationId: bench.organizationId,
          holder: randomUUID(),
          signal: new AbortController().signal,
          note: () => undefined,
        });
      await sweepAll();
      expect(bench.crm.calls.list).toBe(1);
      await sweepAll();
      expect(bench.crm.calls.list).toBe(1);
      bench.crm.fail(null);
      clock.advance(60_000);
      await sweepAll();
      expect(bench.crm.calls.list).toBe(3);
      await storage.stores.runs.completeFinished();
      const done = await storage.admin.run(bench.organizationId, runId);
      expect(done?.status).toBe('completed');
    });
  });
});
