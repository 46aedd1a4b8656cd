import type { CrmRemoval, CrmWrite } from '../ports/crm.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, expense } from '../testing/records.js';

const MINUTE = 60_000;

describe('a record that the CRM calls changed each time', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    const settings = {
      writeBack: true,
      goneFromXero: 'void',
      directions: { customers: 'two-way', expenses: 'two-way' },
    } as const;
    bench = await openBench({ settings });
    const chosen = { source: 'confirmed', reason: null } as const;
    await storage.stores.mappings.save(bench.organizationId, [
      { kind: 'account', key: 'expenses', label: 'Expenses', value: '400', ...chosen },
      { kind: 'payment-mode', key: 'none', label: 'None', value: 'bank-1', ...chosen },
      { kind: 'purchase-tax', key: 'none', label: 'No tax', value: 'NONE', ...chosen },
    ]);
    await bench.listed('customers', 'expenses');
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('expenses', [expense('1')]);
    await bench.hint('customers', ['1']);
    await bench.hint('expenses', ['1']);
    await bench.settle();
  });

  const minutes = async (count: number, entity: 'customers' | 'expenses') => {
    clock.advance(2 * 60 * MINUTE);
    for (let minute = 0; minute < count; minute += 1) {
      await bench.drain(entity);
      clock.advance(MINUTE);
    }
  };
  const xeroId = (entity: 'customers' | 'expenses') => bench.xero.shelf.records(entity)[0]?.xeroId ?? '';

  it('is told after ten writes, and written no more until somebody retries', async () => {
    bench.xero.shelf.edit('customers', xeroId('customers'), { owned: { phone: '2' } });
    let asked = 0;
    const { write } = bench.crm;
    const changed = async (_: unknown, writes: readonly CrmWrite[]) => {
      asked += 1;
      return writes.map(({ key }) => ({ key, state: 'changed' as const }));
    };
    Object.assign(bench.crm, { write: changed });
    await minutes(30, 'customers');
    expect(asked).toBe(10);
    expect(await bench.issues('CRM_RECORD_KEEPS_CHANGING')).toHaveLength(1);
    expect(await bench.record('customers', '1')).toMatchObject({ status: 'parked' });
    Object.assign(bench.crm, { write });
    await storage.stores.hints.redriveParked(bench.organizationId, ['CRM_RECORD_KEEPS_CHANGING']);
    await bench.settle();
    expect(await bench.record('customers', '1')).toMatchObject({ status: 'synced' });
    expect(await bench.issues()).toEqual([]);
  });

  it('is told after ten removals', async () => {
    bench.xero.shelf.edit('expenses', xeroId('expenses'), { derived: { status: 'deleted' } });
    let asked = 0;
    const changed = async (_: unknown, removals: readonly CrmRemoval[]) => {
      asked += 1;
      return removals.map(({ key }) => ({ key, state: 'changed' as const }));
    };
    Object.assign(bench.crm, { remove: changed });
    await minutes(30, 'expenses');
    expect(asked).toBe(10);
    expect(await bench.issues('CRM_RECORD_KEEPS_CHANGING')).toHaveLength(1);
  });
});
