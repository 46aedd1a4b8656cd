import type { Customer } from '@sync/domain';
import { definitions } from '@sync/entities';
import { customer, ids } from '../records.js';
import { withBothSides } from './both-sides.js';

const HOUR = 3_600_000;

/** An upgrade that changes the form in which records are kept is no edit of any of them. */
export function proveNewFormWritesNothing(count: number): void {
  const sides = withBothSides();

  it(`writes nothing on either side when a release changes the form of ${count} records`, async () => {
    await sides.open();
    const { bench, clock, writes } = sides;
    bench.crm.put(
      'customers',
      ids(count).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(count));
    await bench.settle();
    bench.xero.calls.length = 0;
    const customers = {
      ...definitions.customers,
      codecVersion: 2,
      owned: (record: Customer) => ({ called: record.name, phone: record.phone }),
    };
    const parts = { ...bench.parts, definitions: { ...definitions, customers } };
    for (let beat = 0; beat < 2; beat += 1) {
      clock.advance(8 * 24 * HOUR);
      await bench.hint('customers', ids(count));
      await bench.drain('customers', { parts });
      expect(await bench.due()).toEqual({});
    }
    expect(writes()).toEqual({ crm: 0, xero: 0 });
    sides.editInXero({ phone: '7' });
    clock.advance(HOUR);
    await bench.drain('customers', { parts });
    expect(writes()).toEqual({ crm: 1, xero: 0 });
  }, 120_000);
}
