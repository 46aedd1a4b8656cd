import { SyncError } from '@sync/domain';
import type { Storage } from '@sync/storage';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, invoice, item } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

describe('posting', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
  });

  const customers = async (all: readonly string[]) => {
    bench.crm.put(
      'customers',
      all.map((id) => customer(id)),
    );
    await bench.hint('customers', all);
  };
  const openBatches = () => storage.stores.batches.open(bench.connectionId);
  const refusal = () => new SyncError('validation', 'Xero refused the call');

  it.each(['validation', 'locked', 'not-found', 'bug'] as const)(
    'halves a call that is refused as a whole (%s) until the culprit is alone; the rest goes through',
    async (kind) => {
      bench.xero.onWrite(({ crmIds }) =>
        crmIds.includes('7') ? new SyncError(kind, 'Xero refused the call') : 'done',
      );
      await customers(ids(10));
      await bench.settle();
      const { synced, parked } = await bench.statuses('customers');
      expect(parked).toEqual(['7']);
      expect(synced).toHaveLength(9);
      expect((await bench.record('customers', '7')).reason).toBe('REFUSED_BY_XERO');
      expect(bench.xero.shelf.records('customers')).toHaveLength(9);
      expect(await openBatches()).toEqual([]);
    },
  );

  it('looks who has the name when a single record is refused for it, and links instead of parking', async () => {
    await customers(['1']);
    await bench.settle();
    // Made by somebody else since our copy of the keys was read.
    clock.advance(60_000);
    bench.crm.put('items', [item('1', { code: 'TAKEN' }), item('2')]);
    await bench.hint('items', ['2']);
    await bench.settle();
    bench.xero.shelf.put('items', xeroRecord('x-theirs', { number: 'TAKEN' }, clock.now()));
    bench.xero.onWrite(({ crmIds }) =>
      crmIds.includes('1') ? new SyncError('validation', 'exists', { code: 'DUPLICATE_CLAIM' }) : 'done',
    );
    await bench.hint('items', ['1']);
    await bench.settle();
    expect(await bench.record('items', '1')).toMatchObject({ status: 'synced', xeroId: 'x-theirs' });
  });

  it('parks what is refused for a taken key a second time', async () => {
    bench.xero.refuse = () => new SyncError('validation', 'taken', { code: 'CUSTOMER_NAME_TAKEN' });
    await customers(['1']);
    await bench.settle();
    expect(bench.xero.calls).toHaveLength(2);
    expect((await bench.statuses('customers')).parked).toEqual(['1']);
  });

  it('takes each result for its own record, and the refused ones park alone', async () => {
    bench.xero.onWrite(
      () => (results) =>
        results
          .map((result, index) =>
            index === 1
              ? { bindingId: result.bindingId, state: 'refused' as const, error: refusal() }
              : result,
          )
          .toReversed(),
    );
    await customers(ids(3));
    await bench.settle();
    const records = bench.xero.shelf.records('customers');
    const { synced = [], parked } = await bench.statuses('customers');
    expect(parked).toEqual([expect.any(String)]);
    for (const id of synced) {
      const { xeroId } = await bench.record('customers', id);
      expect(records.find((record) => record.xeroId === xeroId)?.keys.name).toBe(`Customer ${id}`);
    }
    expect(synced).toHaveLength(2);
  });

  it('parks a record that breaks the codec alone, as unexpected', async () => {
    bench.xero.onEncode(({ record }) => {
      if (record.id === '2') throw new TypeError('undefined is not a function');
      return null;
    });
    await customers(ids(3));
    await bench.settle();
    expect(await bench.statuses('customers')).toEqual({ synced: ['1', '3'], failed: ['2'] });
    const [issue] = await bench.issues('UNEXPECTED');
    expect(issue).toMatchObject({ recordLabel: null, meta: { reason: 'the record could not be prepared' } });
    expect(JSON.stringify(issue?.meta)).not.toContain('undefined');
  });

  it('gives back every claim when the first of several calls of one batch ends with an error', async () => {
    bench.xero.bodySize = 2;
    bench.xero.onWrite(() => new SyncError('conflict', 'not for us'));
    await customers(ids(6));
    await expect(bench.drain('customers')).rejects.toThrow('not for us');
    expect(await bench.due()).toEqual({ customers: 6 });
    expect(await unclaimed()).toBe(6);
    expect(await openBatches()).toEqual([]);
  });

  it('gives back every claim when a half of a refused call ends with an error', async () => {
    let calls = 0;
    bench.xero.onWrite(() => {
      calls += 1;
      return calls === 1 ? refusal() : new SyncError('conflict', 'not for us');
    });
    await customers(ids(6));
    await expect(bench.drain('customers')).rejects.toThrow('not for us');
    expect(await unclaimed()).toBe(6);
  });

  it('gives back every claim when what was claimed cannot be read', async () => {
    bench.crm.fail(new Error('reset'));
    await customers(ids(6));
    await expect(bench.drain('customers')).rejects.toThrow('reset');
    expect(await unclaimed()).toBe(6);
  });

  it('gives back every claim when a batch cannot be stored', async () => {
    await customers(ids(3));
    const batches: Storage['stores']['batches'] = {
      ...storage.stores.batches,
      store: async () => {
        throw new Error('the database is away');
      },
    };
    const stores = { ...storage.stores, batches };
    await expect(bench.drain('customers', { parts: { ...bench.parts, stores } })).rejects.toThrow('away');
    expect(bench.xero.calls).toEqual([]);
    expect(await unclaimed()).toBe(3);
  });

  it('sends nothing, and keeps nothing in doubt, when the batch cannot be marked as sent', async () => {
    await customers(ids(3));
    const batches: Storage['stores']['batches'] = {
      ...storage.stores.batches,
      markSent: async () => {
        throw new Error('the database is away');
      },
    };
    const stores = { ...storage.stores, batches };
    await expect(bench.drain('customers', { parts: { ...bench.parts, stores } })).rejects.toThrow('away');
    expect(bench.xero.calls).toEqual([]);
    expect(await openBatches()).toEqual([]);
    expect(await unclaimed()).toBe(3);
  });

  it('makes a tax combination that is found on a line first, and the released invoices come back with it', async () => {
    const taxes = [
      { name: 'VAT', rate: '20' },
      { name: 'City', rate: '5' },
    ];
    await customers(['1']);
    await bench.settle();
    bench.crm.put('invoices', [invoice('1', {}, taxes), invoice('2'), invoice('3', {}, taxes)]);
    await bench.hint('invoices', ids(3));
    await bench.settle();
    const [made] = bench.xero.shelf.records('taxes');
    expect(bench.xero.calls.slice(1).map(({ entity, crmIds }) => [entity, crmIds.toSorted()])).toEqual([
      ['taxes', ['City|5+VAT|20']],
      ['invoices', ['1', '2', '3']],
    ]);
    expect(bench.xero.calls.at(-1)?.body).toContain(made?.xeroId);
  });

  it('gives the second of two new customers of one name a distinct one, and spends no call on a refusal', async () => {
    bench.crm.put('customers', [customer('1', { name: 'Acme' }), customer('2', { name: 'ACME' })]);
    await bench.hint('customers', ['1', '2']);
    await bench.settle();
    const names = bench.xero.shelf.records('customers').map(({ keys }) => keys.name ?? '');
    expect(names.filter((name) => /^acme$/i.test(name))).toHaveLength(1);
    expect(names.filter((name) => /^acme \([12]\)$/i.test(name))).toHaveLength(1);
    expect(bench.xero.calls).toHaveLength(1);
  });

  /** What another drain could claim at once. */
  const unclaimed = async () => {
    const fence = await storage.stores.leases.acquire(bench.connectionId, 'spec', 60_000);
    if (!fence) throw new Error('the lease was not given back');
    const claimed = await storage.stores.operations.claim({
      organizationId: bench.organizationId,
      entity: 'customers',
      limit: 100,
      claimId: 'spec',
      fence,
      lanes: ['event', 'backfill'],
    });
    return claimed.length;
  };
});
