import { SyncError } from '@sync/domain';
import { tick } from '../planner.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, item } from '../testing/records.js';
import { QUIET_AFTER_FAILURE_MS, QUIET_AFTER_SENDING_MS, SAME_KEY_MS } from './timing.js';

describe('a batch in doubt', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
    bench.crm.put(
      'customers',
      ids(3).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(3));
  });

  const openBatches = () => storage.stores.batches.open(bench.connectionId);
  const quiet = () => clock.advance(QUIET_AFTER_FAILURE_MS);
  const synced = async () => (await bench.statuses('customers')).synced ?? [];
  const codes = async () => (await bench.issues()).map(({ code }) => code);

  it('stays as it is, and nobody asks before the quiet time is over', async () => {
    bench.xero.onWrite(() => 'done untold');
    await bench.drain('customers');
    const listings = bench.xero.most.listings;
    await bench.drain('customers');
    expect(await openBatches()).toHaveLength(1);
    expect(await synced()).toEqual([]);
    expect(bench.xero.most.listings).toBe(listings);
    expect(bench.xero.calls).toHaveLength(1);
  });

  it('is rung for by the planner once the quiet time is over', async () => {
    bench.xero.onWrite(() => 'done untold');
    await bench.drain('customers');
    bench.rings.length = 0;
    await tick(bench.parts);
    expect(bench.rings).not.toContain('customers');
    quiet();
    await tick(bench.parts);
    expect(bench.rings).toContain('customers');
  });

  it('is looked up by marker, and what is there is adopted without another call', async () => {
    bench.xero.onWrite(() => 'done untold');
    await bench.drain('customers');
    quiet();
    await bench.drain('customers');
    expect(await synced()).toEqual(ids(3));
    expect(bench.xero.calls).toHaveLength(1);
    expect(await openBatches()).toEqual([]);
    const bound = await Promise.all(
      ids(3).map(async (id) => (await bench.record('customers', id)).xeroId ?? ''),
    );
    expect(bound.toSorted()).toEqual(
      bench.xero.shelf
        .records('customers')
        .map(({ xeroId }) => xeroId)
        .toSorted(),
    );
  });

  it('is looked up by natural key where records have no room for a marker', async () => {
    bench.crm.put('items', [item('1'), item('2', { code: null })]);
    await bench.hint('items', ids(2));
    bench.xero.onWrite(({ entity }) => (entity === 'items' ? 'done untold' : 'done'));
    await bench.settle();
    quiet();
    await bench.drain('items');
    expect((await bench.statuses('items')).synced).toEqual(ids(2));
    expect(bench.xero.shelf.records('items')).toHaveLength(2);
  });

  it('is sent again with the same bytes under the same key where nothing of it is there', async () => {
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'undone untold' : 'done'));
    await bench.drain('customers');
    quiet();
    await bench.drain('customers');
    const [first, second] = bench.xero.calls;
    expect(bench.xero.calls).toHaveLength(2);
    expect(second).toMatchObject({ body: first?.body, key: first?.key });
    expect(first?.key).not.toBeNull();
    expect(await synced()).toEqual(ids(3));
  });

  it('is left alone, once it was sent again, until that call must have ended', async () => {
    bench.xero.onWrite(() => 'undone untold');
    await bench.drain('customers');
    clock.advance(30_000);
    await bench.drain('customers');
    expect(bench.xero.calls).toHaveLength(2);
    const listings = bench.xero.most.listings;
    clock.advance(QUIET_AFTER_SENDING_MS - 1);
    await bench.drain('customers');
    expect(bench.xero.most.listings).toBe(listings);
    clock.advance(1);
    await bench.drain('customers');
    expect(bench.xero.most.listings).toBe(listings + 1);
  });

  it('is one write even if Xero does it only while it is sent again', async () => {
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'undone untold' : 'done untold'));
    await bench.drain('customers');
    quiet();
    await bench.drain('customers');
    clock.advance(QUIET_AFTER_SENDING_MS);
    await bench.drain('customers');
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);
    expect(await synced()).toEqual(ids(3));
  });

  it('is decided anew once Xero may have forgotten the key', async () => {
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'undone untold' : 'done'));
    await bench.drain('customers');
    clock.advance(SAME_KEY_MS);
    bench.crm.lose('customers', '3');
    await bench.drain('customers');
    const [first, second] = bench.xero.calls;
    expect(second?.key).not.toBe(first?.key);
    expect(second?.crmIds.toSorted()).toEqual(ids(2));
    expect(await bench.statuses('customers')).toEqual({ synced: ids(2), excluded: ['3'] });
  });

  it('is adopted in part and decided anew for the rest, once its call must have ended', async () => {
    bench.xero.refuse = (crmId) => (crmId === '2' ? new SyncError('validation', 'no') : null);
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'done untold' : 'done'));
    await bench.drain('customers');
    bench.xero.refuse = () => null;
    clock.advance(QUIET_AFTER_SENDING_MS);
    await bench.drain('customers');
    expect(bench.xero.calls.map(({ crmIds }) => crmIds.length)).toEqual([3, 1]);
    expect(await synced()).toEqual(ids(3));
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);
  });

  it('is decided anew where it would have changed records: a fresh look is as safe', async () => {
    await bench.settle();
    bench.crm.put('customers', [customer('1', { phone: '1' })]);
    await bench.hint('customers', ['1']);
    bench.xero.onWrite(() => (bench.xero.calls.length === 2 ? 'done untold' : 'done'));
    await bench.drain('customers');
    bench.crm.put('customers', [customer('1', { phone: '2' })]);
    quiet();
    await bench.drain('customers');
    const updates = bench.xero.calls.slice(1);
    expect(updates.map(({ action, key }) => [action, key])).toEqual([
      ['update', null],
      ['update', null],
    ]);
    expect(await synced()).toEqual(ids(3));
  });

  it('keeps in doubt the members of which the answer says nothing, and settles the others', async () => {
    bench.xero.onWrite(() => (results) => results.slice(0, 2));
    await bench.drain('customers');
    expect(await synced()).toHaveLength(2);
    expect(await openBatches()).toHaveLength(1);
    quiet();
    await bench.drain('customers');
    expect(await synced()).toEqual(ids(3));
    expect(bench.xero.calls).toHaveLength(1);
    expect(await openBatches()).toEqual([]);
  });

  it('leaves a record due that changed while it was in doubt', async () => {
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'done untold' : 'done'));
    await bench.drain('customers');
    bench.crm.put('customers', [customer('2', { phone: '5' })]);
    await bench.hint('customers', ['2'], 'event');
    quiet();
    await bench.settle();
    await bench.drain('customers');
    expect(bench.xero.calls.map(({ action, crmIds }) => [action, crmIds.length])).toEqual([
      ['create', 3],
      ['update', 1],
    ]);
  });

  it.each(['validation', 'locked', 'not-found', 'bug'] as const)(
    'is decided anew when Xero refuses it the second time (%s)',
    async (kind) => {
      bench.xero.onWrite(() => {
        if (bench.xero.calls.length === 1) return 'undone untold';
        return bench.xero.calls.length === 2 ? new SyncError(kind, 'refused') : 'done';
      });
      await bench.drain('customers');
      quiet();
      await bench.drain('customers');
      await bench.settle();
      expect(await synced()).toEqual(ids(3));
      expect(await openBatches()).toEqual([]);
    },
  );

  it('that cannot be looked up holds up nothing else of the organization', async () => {
    bench.xero.onWrite(() => (bench.xero.calls.length === 1 ? 'done untold' : 'done'));
    await bench.drain('customers');
    quiet();
    bench.crm.put('items', [item('1')]);
    await bench.hint('items', ['1']);
    bench.xero.onList((entity) => {
      if (entity === 'customers') throw new SyncError('bug', 'one of the customers cannot be read');
    });
    await bench.drain('items');
    expect((await bench.statuses('items')).synced).toEqual(['1']);
    expect(await openBatches()).toHaveLength(1);
    bench.xero.onList(null);
    quiet();
    await bench.drain('customers');
    expect(await synced()).toEqual(ids(3));
  });

  describe('while Xero does not answer', () => {
    const asked = async (seconds: number) => {
      const before = bench.xero.most.listings;
      for (let second = 0; second < seconds; second += 5) {
        bench.rings.length = 0;
        await tick(bench.parts);
        if (bench.rings.includes('customers')) await bench.drain('customers');
        clock.advance(5_000);
      }
      return bench.xero.most.listings - before;
    };
    const unreachable = () => {
      throw new SyncError('transient', 'Xero answered 500 to /Contacts');
    };
    beforeEach(async () => {
      bench.xero.onWrite(() => 'done untold');
      await bench.drain('customers');
      quiet();
      bench.xero.onList(unreachable);
    });

    it('is asked about no more often than a pause is probed, and ever more seldom', async () => {
      expect(await asked(60)).toBeLessThanOrEqual(3);
      expect(await asked(5 * 60)).toBeLessThanOrEqual(5);
      expect(await codes()).toEqual(['XERO_UNREACHABLE']);
    });

    it('is not rung for while the organization stands still', async () => {
      await bench.drain('customers');
      clock.advance(QUIET_AFTER_SENDING_MS);
      const pause = { organizationId: bench.organizationId, entity: null, meta: {}, probeAt: null } as const;
      await storage.stores.organizations.pause({ ...pause, code: 'NEEDS_RECONNECT' });
      expect(await asked(10)).toBe(0);
      await storage.stores.organizations.resume(bench.organizationId, ['NEEDS_RECONNECT']);
      expect(await asked(10)).toBe(1);
    });

    it('ends the pause once it is resolved, though nothing else is to be done', async () => {
      await bench.drain('customers');
      bench.xero.onList(null);
      clock.advance(QUIET_AFTER_SENDING_MS);
      await bench.drain('customers');
      expect(await synced()).toEqual(ids(3));
      expect(await codes()).toEqual([]);
    });

    it('ends no trouble with the CRM, which nobody asked', async () => {
      const pause = { organizationId: bench.organizationId, entity: null, meta: {}, probeAt: clock.now() };
      await storage.stores.organizations.pause({ ...pause, code: 'CRM_UNREACHABLE' });
      bench.xero.onList(null);
      await bench.drain('customers');
      expect(await synced()).toEqual(ids(3));
      expect(await codes()).toEqual(['CRM_UNREACHABLE']);
    });

    it('keeps its quiet time though an event of another entity has the connection worked on', async () => {
      await bench.drain('customers');
      const before = bench.xero.most.listings;
      await bench.drain('items');
      expect(bench.xero.most.listings).toBe(before);
    });
  });
});
