import type { Customer } from '@sync/domain';
import { definitions } from '@sync/entities';
import { withBothSides } from '../testing/real/both-sides.js';
import { proveNewFormWritesNothing } from '../testing/real/new-form.js';

const HOUR = 3_600_000;

describe('a release that changes the form in which records are kept', () => {
  const sides = withBothSides();

  it('keeps what a person was asked, when a release changes the form, until it is answered', async () => {
    await sides.open({ conflicts: 'ask' });
    await sides.bound();
    sides.editInXero({ phone: 'xero' });
    await sides.editInCrm({ phone: 'crm' });
    await sides.bench.later(HOUR, 'customers');
    expect(await sides.codes()).toEqual(['RECORD_CONFLICT']);
    const { owned, codecVersion } = definitions.customers;
    const customers = {
      ...definitions.customers,
      codecVersion: codecVersion + 1,
      owned: (record: Customer) => ({ ...owned(record), segment: 'retail' }),
    };
    await sides.bench.hint('customers', ['1']);
    await sides.bench.drain('customers', {
      parts: { ...sides.bench.parts, definitions: { ...definitions, customers } },
    });
    expect(sides.writes()).toEqual({ crm: 0, xero: 0 });
    expect(await sides.codes()).toEqual(['RECORD_CONFLICT']);
    expect(await sides.bench.statuses('customers')).toEqual({ parked: ['1'] });
  });

  proveNewFormWritesNothing(100);
});
