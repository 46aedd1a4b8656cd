import type { Entity } from '@sync/domain';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { cancelInCrm, openSettledSale, statusesInXero } from '../testing/real/settled-sale.js';
import { customer, ids, invoice } from '../testing/records.js';

const HOUR = 3_600_000;

describe('a grave change together with more than 20 others within an hour', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = async (settings: SettingsChange = {}) => {
    bench = await openSettledSale({ clock, openBench }, settings);
  };
  const statuses = (entity: Entity) => statusesInXero(bench, entity);
  const codes = async () => (await bench.issues()).map(({ code }) => code);

  const cancelMany = async (count: number) => {
    const all = ids(count, 10);
    bench.crm.put(
      'invoices',
      all.map((id) => invoice(id)),
    );
    await bench.hint('invoices', all);
    await bench.settle();
    bench.xero.calls.length = 0;
    bench.crm.put(
      'invoices',
      all.map((id) => invoice(id, { status: 'cancelled' })),
    );
    await bench.hint('invoices', all);
    await bench.settle();
  };

  it('is held until a person confirms, and then goes on', async () => {
    await open({ goneFromCrm: 'void' });
    await cancelMany(21);
    expect(bench.xero.calls).toEqual([]);
    expect(await bench.issues('MASS_CHANGE_HELD')).toMatchObject(
      Array.from({ length: 21 }, () => ({ scope: 'record', entity: 'invoices', meta: { count: 21 } })),
    );
    expect((await bench.statuses('invoices')).parked).toHaveLength(21);
    const whole = { organizationId: bench.organizationId, entity: null, cursor: null, limit: 50 };
    const held = await storage.stores.brake.held(whole);
    expect(held.items).toHaveLength(21);
    expect(held.items[0]).toMatchObject({ entity: 'invoices', effect: 'void-in-xero' });
    expect(held.items.map(({ label }) => label)).not.toContain(null);
    expect(await storage.stores.brake.confirm(bench.organizationId)).toBe(true);
    expect((await storage.stores.brake.held(whole)).items).toEqual([]);
    clock.advance(60_000);
    await bench.settle();
    expect(bench.xero.calls.flatMap(({ crmIds }) => crmIds)).toHaveLength(21);
    expect(await codes()).toEqual([]);
    expect(await storage.stores.brake.confirm(bench.organizationId)).toBe(false);
  });

  it('counts those of the last hour only, and none that is not grave', async () => {
    await open({ goneFromCrm: 'void' });
    await cancelMany(20);
    expect(statuses('invoices').filter((status) => status === 'voided')).toHaveLength(20);
    clock.advance(HOUR + 1);
    await cancelInCrm(bench);
    expect(statuses('invoices').filter((status) => status === 'voided')).toHaveLength(21);
    const renamed = ids(30, 100).map((id) => customer(id));
    bench.crm.put('customers', renamed);
    await bench.hint(
      'customers',
      renamed.map(({ id }) => id),
    );
    await bench.settle();
    bench.crm.put(
      'customers',
      renamed.map((one) => ({ ...one, phone: '7' })),
    );
    await bench.hint(
      'customers',
      renamed.map(({ id }) => id),
    );
    await bench.settle();
    expect(await codes()).toEqual([]);
  });

  const changeAmounts = async () => {
    const all = ids(21, 10);
    bench.crm.put(
      'invoices',
      all.map((id) => invoice(id)),
    );
    await bench.hint('invoices', all);
    await bench.settle();
    bench.crm.put(
      'invoices',
      all.map((id) => invoice(id, { adjustment: '1.00', total: '101.00' })),
    );
    bench.xero.calls.length = 0;
    await bench.hint('invoices', all);
    await bench.settle();
    expect(bench.xero.calls).toEqual([]);
    expect(new Set(await codes())).toEqual(new Set(['MASS_CHANGE_HELD']));
    return all;
  };

  it('is held as well where what changes is how much invoices amount to', async () => {
    await open();
    const all = await changeAmounts();
    expect(await bench.statuses('invoices')).toEqual({ parked: all, synced: ['1'] });
  });

  it('holds up nothing else: a new invoice is made, and another is changed in what does not count', async () => {
    await open();
    await changeAmounts();
    bench.crm.put('invoices', [invoice('99'), invoice('1', { dueDate: '2026-07-01' })]);
    await bench.hint('invoices', ['99', '1'], 'event');
    await bench.settle();
    expect((await bench.statuses('invoices')).synced).toEqual(['1', '99']);
    expect(bench.xero.calls.map(({ action }) => action).toSorted()).toEqual(['create', 'update']);
  });

  it('stays held, each by itself as well, until it is confirmed or undone', async () => {
    await open();
    const [first = '', second = ''] = await changeAmounts();
    clock.advance(HOUR + 1);
    await bench.hint('invoices', [first]);
    await bench.settle();
    expect(bench.xero.calls).toEqual([]);
    bench.crm.put('invoices', [invoice(second)]);
    await bench.hint('invoices', [second]);
    await bench.settle();
    const { brake } = storage.stores;
    expect(await brake.heldByEntity(bench.organizationId)).toMatchObject([{ entity: 'invoices', count: 20 }]);
    await brake.confirm(bench.organizationId);
    await bench.settle();
    expect(bench.xero.calls.flatMap(({ crmIds }) => crmIds)).toHaveLength(20);
    expect(await codes()).toEqual([]);
  });
});
