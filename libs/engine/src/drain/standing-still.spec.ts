import { SyncError } from '@sync/domain';
import { tick } from '../planner.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { creditNote, customer, expense, ids, invoice } from '../testing/records.js';

const MINUTE = 60_000;

describe('a scope that stands still', () => {
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
  const away = () => new SyncError('transient', 'connection refused', { code: 'CRM_UNREACHABLE' });
  const codes = async () => (await bench.issues()).map(({ code }) => code);
  const rung = async () => {
    bench.rings.length = 0;
    await tick(bench.parts);
    return bench.rings.filter((ring) => ring !== 'sweeps' && ring !== 'reference');
  };

  describe('because the CRM is away', () => {
    beforeEach(async () => {
      await customers(ids(3));
      bench.crm.fail(away());
    });

    it('is told once, has its claims given back, and is left alone for a minute', async () => {
      expect(await bench.drain('customers')).toMatchObject({ result: 'paused' });
      await bench.drain('customers');
      const [issue] = await bench.issues();
      expect(issue).toMatchObject({ code: 'CRM_UNREACHABLE', scope: 'organization', entity: null, count: 1 });
      expect(bench.crm.calls.read).toBe(1);
      expect(await rung()).toEqual([]);
    });

    it('is not taken to be over by a drain that had nothing to do', async () => {
      await bench.drain('customers');
      expect(await bench.drain('items')).toMatchObject({ result: 'drained' });
      expect(await codes()).toEqual(['CRM_UNREACHABLE']);
    });

    it('is probed after a minute with one record, and goes on by itself once the CRM is back', async () => {
      await bench.drain('customers');
      clock.advance(MINUTE);
      expect(await rung()).toContain('customers');
      await bench.drain('customers');
      expect(bench.crm.calls.read).toBe(2);
      clock.advance(MINUTE);
      bench.crm.fail(null);
      expect(await rung()).toContain('customers');
      await bench.drain('customers');
      expect(await codes()).toEqual([]);
      await bench.settle();
      expect((await bench.statuses('customers')).synced).toEqual(ids(3));
    });
  });

  it.each(['the CRM', 'Xero'])(
    'is not an organization whose read of %s was cut off as its worker ended',
    async (from) => {
      await customers(ids(3));
      const stop = new AbortController();
      const cutOff = () => {
        stop.abort(new Error('the worker is closing'));
        throw new SyncError('transient', 'Reading was stopped.');
      };
      if (from === 'Xero') bench.xero.onList(cutOff);
      else bench.crm.whileReading(async () => cutOff());
      await expect(bench.drain('customers', { signal: stop.signal })).rejects.toThrow('stopped');
      expect(await codes()).toEqual([]);
      expect(await rung()).toContain('customers');
    },
  );

  describe('because the connection lacks a permission for one entity', () => {
    const missing = () => new SyncError('auth', 'lacks a scope', { code: 'XERO_SCOPE_MISSING' });
    const refuse = (is: boolean) =>
      bench.xero.onList((entity) => {
        if (is && entity === 'expenses') throw missing();
      });

    beforeEach(async () => {
      const chosen = { source: 'confirmed', reason: null } as const;
      await storage.stores.mappings.save(bench.organizationId, [
        { kind: 'account', key: 'expenses', label: 'E', value: '400', ...chosen },
        { kind: 'payment-mode', key: 'none', label: 'none', value: 'bank-1', ...chosen },
        { kind: 'purchase-tax', key: 'none', label: 'none', value: 'NONE', ...chosen },
      ]);
      bench.crm.put('vendors', [customer('v', { id: '1', name: 'Supplier' })]);
      bench.crm.put('expenses', [expense('1', { vendorId: '1' })]);
      await bench.hint('vendors', ['1']);
      await bench.settle();
      await bench.hint('expenses', ['1'], 'event');
      await customers(ids(3));
      refuse(true);
    });

    it('is that entity alone: the others go on, and no call is spent on it meanwhile', async () => {
      expect(await bench.drain('expenses')).toMatchObject({ result: 'paused' });
      const pause = { code: 'XERO_SCOPE_MISSING', scope: 'entity', entity: 'expenses', count: 1 };
      expect(await bench.issues()).toMatchObject([pause]);
      await bench.settle();
      expect((await bench.statuses('customers')).synced).toEqual(ids(3));
      const asked = bench.xero.most.listings;
      clock.advance(29 * MINUTE);
      await bench.drain('expenses');
      expect(bench.xero.most.listings).toBe(asked);
      expect(await rung()).not.toContain('expenses');
      expect(await bench.issues('XERO_SCOPE_MISSING')).toMatchObject([pause]);
    });

    it('is tried again after half an hour, and goes on once the permission is there', async () => {
      await bench.drain('expenses');
      clock.advance(30 * MINUTE);
      expect(await rung()).toContain('expenses');
      await bench.drain('expenses');
      expect(await bench.issues('XERO_SCOPE_MISSING')).toMatchObject([{ count: 2 }]);
      refuse(false);
      clock.advance(30 * MINUTE);
      await bench.drain('expenses');
      expect(await bench.issues('XERO_SCOPE_MISSING')).toEqual([]);
    });

    it('does not keep others from their work for the sake of a call of which nobody knows what became', async () => {
      refuse(false);
      bench.xero.onWrite(({ entity }) => (entity === 'expenses' ? 'undone untold' : 'done'));
      await bench.settle();
      refuse(true);
      bench.crm.put('customers', [customer('9')]);
      await bench.hint('customers', ['9']);
      clock.advance(30 * MINUTE);
      await bench.drain('customers');
      await bench.settle();
      expect((await bench.statuses('customers')).synced).toEqual([...ids(3), '9']);
      expect(await bench.issues('XERO_SCOPE_MISSING')).toMatchObject([{ entity: 'expenses' }]);
    });
  });

  it('because an id stands for another record than before, stays so until a person says more', async () => {
    bench.crm.put('customers', [customer('1')], 'made in May');
    await bench.hint('customers', ['1']);
    await bench.settle();
    bench.crm.put('customers', [customer('1', { name: 'Somebody else' })], 'made in June');
    await customers(['2']);
    await bench.hint('customers', ['1']);
    expect(await bench.drain('customers')).toMatchObject({ result: 'paused' });
    clock.advance(24 * 60 * MINUTE);
    expect(await rung()).toEqual([]);
    await bench.drain('customers');
    expect(await codes()).toEqual(['CRM_REPLACED']);
    expect(bench.xero.calls).toHaveLength(1);
    expect(bench.xero.shelf.records('customers')[0]?.keys.name).toBe('Customer 1');
  });

  it('because the calls of the day are used up, goes on when there are new ones', async () => {
    await customers(ids(3));
    const until = new Date(clock.now().getTime() + 3 * 60 * MINUTE);
    bench.xero.room = () => (clock.now() < until ? { open: false, until, limit: 'day' } : { open: true });
    expect(await bench.drain('customers')).toMatchObject({ result: 'paused', resumeAt: null });
    const [issue] = await bench.issues();
    expect(issue).toMatchObject({ code: 'XERO_DAY_LIMIT', meta: { until: until.toISOString() } });
    clock.advance(2 * 60 * MINUTE);
    expect(await rung()).toEqual([]);
    clock.advance(60 * MINUTE);
    expect(await rung()).toContain('customers');
    await bench.drain('customers');
    await bench.settle();
    expect(await codes()).toEqual([]);
    expect((await bench.statuses('customers')).synced).toEqual(ids(3));
  });

  it('is not the organization while events have calls of the day left', async () => {
    await customers(ids(3));
    const until = new Date(clock.now().getTime() + 3 * 60 * MINUTE);
    bench.xero.room = (lane) => (lane === 'event' ? { open: true } : { open: false, until, limit: 'day' });
    expect(await bench.drain('customers')).toMatchObject({ result: 'drained', resumeAt: until });
    expect(await codes()).toEqual([]);
    bench.crm.put('customers', [customer('9')]);
    await bench.hint('customers', ['9'], 'event');
    await bench.drain('customers').catch(() => undefined);
    expect(await bench.record('customers', '9')).toMatchObject({ status: 'synced' });
  });

  describe('because the user may not approve invoices', () => {
    beforeEach(async () => {
      bench.crm.put('customers', [customer('1')]);
      bench.crm.put('invoices', [invoice('1')]);
      bench.xero.reference = { ...bench.xero.reference, mayApproveInvoices: false };
      await bench.hint('customers', ['1']);
      await bench.hint('invoices', ['1']);
    });
    const may = (mayApproveInvoices: boolean) => {
      bench.xero.reference = { ...bench.xero.reference, mayApproveInvoices };
    };

    it('is the invoices and credit notes alone, before one of them is spent', async () => {
      bench.crm.put('credit-notes', [creditNote('1')]);
      await bench.hint('credit-notes', ['1']);
      await bench.settle();
      expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['customers']);
      const issues = await bench.issues();
      expect(new Set(issues.map(({ code, scope }) => `${code} ${scope}`))).toEqual(
        new Set(['APPROVAL_RIGHT_MISSING entity']),
      );
      expect(new Set(issues.map(({ entity }) => entity))).toEqual(new Set(['credit-notes', 'invoices']));
      may(true);
      clock.advance(30 * MINUTE);
      await bench.drain('credit-notes');
      await bench.settle();
      expect(await codes()).toEqual([]);
      expect(await bench.statuses('credit-notes')).toEqual({ synced: ['1'] });
    });

    it('goes on by itself within half an hour once the right is there', async () => {
      await bench.settle();
      may(true);
      clock.advance(30 * MINUTE);
      expect(await rung()).toContain('invoices');
      await bench.drain('invoices');
      expect(await codes()).toEqual([]);
      expect((await bench.statuses('invoices')).synced).toEqual(['1']);
    });

    it('goes on at once when a person gave the right and asks for another try', async () => {
      await bench.settle();
      may(true);
      clock.advance(MINUTE);
      await storage.stores.organizations.resume(bench.organizationId, ['APPROVAL_RIGHT_MISSING']);
      await bench.settle();
      expect(await codes()).toEqual([]);
      expect((await bench.statuses('invoices')).synced).toEqual(['1']);
    });

    it('spends no calls on asking while others work', async () => {
      await bench.settle();
      const asked = bench.xero.most.references;
      for (const id of ['2', '3', '4']) {
        clock.advance(MINUTE);
        await customers([id]);
        await bench.settle();
      }
      expect(bench.xero.most.references).toBe(asked);
      expect((await bench.issues())[0]?.count).toBe(1);
    });

    it('does not hold up drafts, if drafts are wanted', async () => {
      bench = await openBench({ settings: { invoiceStatus: 'DRAFT' } });
      bench.crm.put('customers', [customer('1')]);
      bench.crm.put('invoices', [invoice('1')]);
      may(false);
      await bench.hint('invoices', ['1']);
      await bench.settle();
      expect((await bench.statuses('invoices')).synced).toEqual(['1']);
    });

    it('is found by what Xero makes of an invoice, and does not go round in circles', async () => {
      may(true);
      bench.xero.shelf.draftsOnly = true;
      await bench.settle();
      await bench.settle();
      expect(bench.xero.calls.filter(({ entity }) => entity === 'invoices')).toHaveLength(1);
      expect(await bench.record('invoices', '1')).toMatchObject({
        status: 'parked',
        xeroId: expect.any(String),
      });
      expect(await codes()).toContain('APPROVAL_RIGHT_MISSING');
      bench.xero.shelf.draftsOnly = false;
      clock.advance(30 * MINUTE);
      await bench.drain('invoices');
      await bench.settle();
      expect(await codes()).toEqual([]);
      expect(bench.xero.shelf.records('invoices').map(({ derived }) => derived.status)).toEqual(['approved']);
    });
  });
});
