import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { expense } from '../testing/records.js';

const HOUR = 3_600_000;

describe('an expense of which the CRM knows neither vendor nor payment mode', () => {
  const { storage, openBench } = withRealStorage();
  let bench: DrainBench;
  let xeroId: string;

  beforeEach(async () => {
    const settings = {
      writeBack: true,
      goneFromXero: 'void',
      directions: { expenses: 'two-way' },
    } as const;
    bench = await openBench({ settings });
    const chosen = { source: 'confirmed', reason: null } as const;
    await storage.stores.mappings.save(bench.organizationId, [
      { kind: 'account', key: 'expenses', label: 'Expenses', value: '400', ...chosen },
      { kind: 'payment-mode', key: 'none', label: 'None', value: 'bank-1', ...chosen },
      { kind: 'purchase-tax', key: 'none', label: 'No tax', value: 'NONE', ...chosen },
    ]);
    await bench.listed('expenses');
    bench.crm.put('expenses', [expense('1')]);
    await bench.hint('expenses', ['1']);
    await bench.settle();
    xeroId = bench.xero.shelf.records('expenses')[0]?.xeroId ?? '';
  });

  it('takes an edit made in Xero, and what stands in for what it lacks is not written into the CRM', async () => {
    bench.xero.shelf.edit('expenses', xeroId, { owned: { reference: 'abc' } });
    await bench.later(2 * HOUR, 'expenses');
    const [reading] = await bench.crm.read('expenses', ['1'], new AbortController().signal);
    expect(reading).toMatchObject({ record: { reference: 'abc', vendorId: null, modeId: null } });
    expect(bench.crm.calls.write).toBe(1);
    expect(await bench.record('expenses', '1')).toMatchObject({ status: 'synced' });
  });

  it('goes when it was deleted in Xero', async () => {
    bench.xero.shelf.edit('expenses', xeroId, { derived: { status: 'deleted' } });
    await bench.later(2 * HOUR, 'expenses');
    expect(await bench.crm.read('expenses', ['1'], new AbortController().signal)).toMatchObject([
      { state: 'missing' },
    ]);
    expect(bench.crm.calls.remove).toBe(1);
  });
});
