import { type Expense, SyncError } from '@sync/domain';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, expense } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const BILL = { expensesAs: 'bill' } as const;
const SPEND = { expensesAs: 'spend-money' } as const;

describe('an expense that is booked as a bill and its payment', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = async (settings: SettingsChange = BILL) => {
    bench = await openBench({ settings });
    const chosen = { source: 'confirmed', reason: null } as const;
    const { mappings } = storage.stores;
    await mappings.save(bench.organizationId, [
      { kind: 'account', key: 'expenses', label: 'Expenses', value: '429', ...chosen },
      { kind: 'purchase-tax', key: 'none', label: 'No tax', value: 'NONE', ...chosen },
    ]);
    bench.crm.put('vendors', [customer('8')]);
  };
  const put = async (change: Partial<Expense> = {}) => {
    bench.crm.put('expenses', [expense('1', { vendorId: '8', modeId: '1', ...change })]);
    await look();
  };
  const look = async () => {
    await bench.hint('expenses', ['1'], 'event');
    await bench.settle();
  };
  const choose = (settings: SettingsChange) => storage.admin.updateSettings(bench.organizationId, settings);
  const live = (entity: 'expenses' | 'bills' | 'bill-payments') =>
    bench.xero.shelf.records(entity).filter(({ derived }) => derived.status === 'active');
  const counts = () => [live('expenses').length, live('bills').length, live('bill-payments').length];
  const writes = () =>
    bench.xero.calls
      .filter(({ entity }) => entity !== 'vendors')
      .map(({ entity, action }) => `${action} ${entity}`);
  const codes = async () => (await bench.issues()).map(({ code }) => code);

  it.each<[string, SettingsChange, number[]]>([
    ['by nothing', {}, [1, 0, 0]],
    ['for all', BILL, [0, 1, 1]],
    ['for its category', { expensesAsByCategory: { '1': 'bill' } }, [0, 1, 1]],
    ['for its payment mode', { expensesAsByMode: { '1': 'bill' } }, [0, 1, 1]],
    ['for its payment mode, before all', { ...BILL, expensesAsByMode: { '1': 'spend-money' } }, [1, 0, 0]],
    [
      'for its payment mode, before its category',
      { expensesAsByCategory: { '1': 'bill' }, expensesAsByMode: { '1': 'spend-money' } },
      [1, 0, 0],
    ],
    [
      'for another category and mode',
      { expensesAsByCategory: { '2': 'bill' }, expensesAsByMode: { '2': 'bill' } },
      [1, 0, 0],
    ],
  ])('is so where that is chosen %s', async (_how, settings, expected) => {
    await open(settings);
    await put();
    expect(counts()).toEqual(expected);
    expect(await codes()).toEqual([]);
  });

  it('says of the expense that it is booked otherwise', async () => {
    await open();
    await put();
    expect(await bench.record('expenses', '1')).toMatchObject({
      status: 'excluded',
      reason: 'booked-otherwise',
    });
    expect(await bench.statuses('bills')).toEqual({ synced: ['1'] });
    expect(await bench.statuses('bill-payments')).toEqual({ synced: ['1'] });
  });

  it.each([
    [BILL, SPEND, [0, 1, 1]],
    [SPEND, BILL, [1, 0, 0]],
  ])('what is booked stays what it is when the settings change: %j', async (before, after, expected) => {
    await open(before);
    await put();
    await choose(after);
    await put({ name: 'Changed' });
    await look();
    expect(counts()).toEqual(expected);
    expect(await codes()).toEqual([]);
  });

  it('what could not be booked yet goes by the settings of now', async () => {
    await open({ ...BILL, directions: { vendors: 'off' } });
    await put();
    expect(counts()).toEqual([0, 0, 0]);
    await choose({ ...SPEND, directions: { vendors: 'to-xero' } });
    await bench.hint('vendors', ['8']);
    await put({ name: 'Changed' });
    expect(counts()).toEqual([1, 0, 0]);
    await choose(BILL);
    await put({ name: 'Changed again' });
    expect(counts()).toEqual([1, 0, 0]);
  });

  it.each(['bills', 'bill-payments', 'expenses'] as const)(
    'is not there twice when the answer to a call for %s is lost and the settings change meanwhile',
    async (entity) => {
      const [before, after] = entity === 'expenses' ? [SPEND, BILL] : [BILL, SPEND];
      await open(before);
      let lost = false;
      bench.xero.onWrite((call) => {
        if (call.entity !== entity || lost) return 'done';
        lost = true;
        return 'done untold';
      });
      await put();
      await choose(after);
      await look();
      clock.advance(10 * 60_000);
      await bench.settle();
      await look();
      expect(counts()).toEqual(entity === 'expenses' ? [1, 0, 0] : [0, 1, 1]);
    },
  );

  it('is found again by what it says where our database was lost', async () => {
    await open();
    await bench.hint('vendors', ['8']);
    await bench.settle();
    const parentXeroId = (await bench.record('vendors', '8')).xeroId;
    const facts = { currency: 'USD', date: '2026-05-04', total: '50.00' };
    const now = clock.now();
    bench.xero.shelf.put('bills', xeroRecord('x-bill', { ...facts, parentXeroId }, now));
    bench.xero.shelf.put('bill-payments', xeroRecord('x-paid', { ...facts, parentXeroId: 'x-bill' }, now));
    await put();
    expect((await bench.record('bills', '1')).xeroId).toBe('x-bill');
    expect((await bench.record('bill-payments', '1')).xeroId).toBe('x-paid');
    expect(writes()).toEqual([]);
  });

  it('that was changed is paid anew: its payment leaves Xero, the bill is changed, and then it is paid', async () => {
    await open();
    await put();
    bench.xero.refuse = () => {
      const isPaid = live('bill-payments').length > 0 && bench.xero.calls.at(-1)?.entity === 'bills';
      return isPaid ? new SyncError('validation', 'paid', { code: 'INVOICE_LOCKED_BY_PAYMENT' }) : null;
    };
    bench.xero.calls.length = 0;
    await put({ amount: '60.00', total: '60.00' });
    expect(writes().filter((write) => write !== 'update bills')).toEqual([
      'void bill-payments',
      'create bill-payments',
    ]);
    expect(writes().at(-2)).toBe('update bills');
    expect(live('bills').map(({ keys }) => keys.total)).toEqual(['60.00']);
    expect(live('bill-payments').map(({ keys }) => keys.total)).toEqual(['60.00']);
    expect(await codes()).toEqual([]);
  });

  it('of which only the number changed stays paid', async () => {
    await open();
    await put();
    bench.xero.calls.length = 0;
    await put({ reference: 'R-17' });
    expect(writes()).toEqual(['update bills']);
  });

  it('is not paid for as long as its bill stands otherwise in Xero', async () => {
    await open();
    await put();
    bench.xero.refuse = () =>
      bench.xero.calls.at(-1)?.entity === 'bills'
        ? new SyncError('validation', 'no', { code: 'REFUSED_BY_XERO', meta: { reason: 'no' } })
        : null;
    await put({ amount: '60.00', total: '60.00' });
    expect(counts()).toEqual([0, 1, 0]);
    expect((await codes()).toSorted()).toEqual(['PARENT_NOT_SYNCED', 'REFUSED_BY_XERO']);
    bench.xero.refuse = () => null;
    await look();
    expect(live('bill-payments').map(({ keys }) => keys.total)).toEqual(['60.00']);
    expect(await codes()).toEqual([]);
  });

  it('leaves Xero with its payment, where what goes from the CRM does', async () => {
    await open({ ...BILL, goneFromCrm: 'void' });
    await put();
    bench.crm.lose('expenses', '1');
    await look();
    expect(counts()).toEqual([0, 0, 0]);
    expect(await codes()).toEqual([]);
  });

  it('is told of where its payment is deleted in Xero, and nothing of it is made anew', async () => {
    await open();
    await put();
    const [paid] = live('bill-payments');
    bench.xero.shelf.edit('bill-payments', paid?.xeroId ?? '', { derived: { status: 'deleted' } });
    await bench.later(25 * 3600_000, 'payments');
    await look();
    expect(counts()).toEqual([0, 1, 0]);
    expect(await codes()).toEqual(['GONE_FROM_XERO']);
  });

  it('is told of where its bill is changed in Xero', async () => {
    await open();
    await put();
    const [bill] = live('bills');
    bench.xero.shelf.edit('bills', bill?.xeroId ?? '', { owned: { note: 'by hand' } });
    await bench.later(3600_000, 'invoices');
    expect(await codes()).toEqual(['CHANGED_IN_XERO']);
  });
});
