import type { Customer } from '@sync/domain';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer } from '../testing/records.js';

const MINUTE = 60_000;

describe('what both sides changed before either was read', () => {
  const { clock, openBench } = withRealStorage();
  let bench: DrainBench;

  /** Customers 1 to `count` are on both sides, nothing is due, and Xero was last read a minute ago. */
  const bound = async (count: number, settings: SettingsChange = {}) => {
    const chosen: SettingsChange = { writeBack: true, directions: { customers: 'two-way' }, ...settings };
    bench = await openBench({ settings: chosen });
    await bench.listed('customers');
    const ids = Array.from({ length: count }, (_, index) => `${index + 1}`);
    bench.crm.put(
      'customers',
      ids.map((id) => customer(id)),
    );
    await bench.hint('customers', ids);
    await bench.settle();
    await bench.later(MINUTE, 'customers');
    clock.advance(MINUTE);
    bench.xero.calls.length = 0;
    bench.xero.most.listings = 0;
    return ids;
  };
  const editInCrm = async (ids: readonly string[], change: Partial<Customer>) => {
    bench.crm.put(
      'customers',
      ids.map((id) => customer(id, change)),
    );
    await bench.hint('customers', ids, 'event');
  };
  const editInXero = (phone: string) => {
    const [record] = bench.xero.shelf.records('customers');
    bench.xero.shelf.edit('customers', record?.xeroId ?? '', { owned: { phone } });
  };
  const phones = async () => {
    const [reading] = await bench.crm.read('customers', ['1'], new AbortController().signal);
    const inCrm = reading?.state === 'found' ? reading.record.phone : null;
    return [inCrm, ...bench.xero.shelf.records('customers').map(({ owned }) => owned['phone'])];
  };
  const codes = async () => (await bench.issues()).map(({ code }) => code);

  it.each([['crm'], ['xero']] as const)('goes by the policy: %s wins', async (conflicts) => {
    await bound(1, { conflicts });
    editInXero('xero');
    await editInCrm(['1'], { phone: 'crm' });
    await bench.settle();
    expect(await phones()).toEqual([conflicts, conflicts]);
    expect(await codes()).toEqual([]);
  });

  it('goes to the newer one, if that is the policy', async () => {
    await bound(1, { conflicts: 'newest' });
    await editInCrm(['1'], { phone: 'crm' });
    clock.advance(2 * MINUTE);
    editInXero('xero');
    await bench.settle();
    expect(await phones()).toEqual(['xero', 'xero']);
  });

  it('waits for a person, if that is the policy, with nothing written', async () => {
    await bound(1, { conflicts: 'ask' });
    editInXero('xero');
    await editInCrm(['1'], { phone: 'crm' });
    await bench.settle();
    expect(await phones()).toEqual(['crm', 'xero']);
    expect(await codes()).toEqual(['RECORD_CONFLICT']);
    expect(bench.xero.calls).toEqual([]);
  });

  it('is read also before a record is taken out of Xero', async () => {
    await bound(1, { conflicts: 'ask', goneFromCrm: 'void' });
    editInXero('xero');
    bench.crm.lose('customers', '1');
    await bench.hint('customers', ['1'], 'event');
    await bench.settle();
    expect(bench.xero.most.listings).toBe(1);
  });

  it('costs one reading call for all updates of a drain', async () => {
    const ids = await bound(120);
    await editInCrm(ids, { phone: 'crm' });
    await bench.drain('customers');
    expect(bench.xero.calls.map(({ crmIds }) => crmIds.length)).toEqual([50, 50, 20]);
    expect(bench.xero.most.listings).toBe(1);
  });

  it('costs nothing where the entity was read a moment ago', async () => {
    await bound(1);
    await bench.later(61 * MINUTE, 'customers');
    const { listings } = bench.xero.most;
    await editInCrm(['1'], { phone: 'crm' });
    await bench.settle();
    expect(bench.xero.calls).toHaveLength(1);
    expect(bench.xero.most.listings).toBe(listings);
  });

  it('is read once a minute while one drain goes on writing', async () => {
    const ids = await bound(120);
    await editInCrm(ids, { phone: 'crm' });
    bench.xero.onWrite(() => {
      clock.advance(40_000);
      return 'done';
    });
    await bench.drain('customers');
    expect(bench.xero.calls).toHaveLength(3);
    expect(bench.xero.most.listings).toBe(2);
  });

  it('costs nothing where nothing is written, where a record is new, or where it flows one way', async () => {
    await bound(1);
    await bench.hint('customers', ['1'], 'event');
    await bench.settle();
    bench.crm.put('customers', [customer('2')]);
    await bench.hint('customers', ['2'], 'event');
    await bench.settle();
    expect(bench.xero.calls.map(({ action }) => action)).toEqual(['create']);
    expect(bench.xero.most.listings).toBe(0);

    await bound(1, { directions: { customers: 'to-xero' } });
    await editInCrm(['1'], { phone: 'crm' });
    await bench.settle();
    expect(bench.xero.calls.map(({ action }) => action)).toEqual(['update']);
    expect(bench.xero.most.listings).toBe(0);
  });
});
