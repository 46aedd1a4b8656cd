import type { SettingsChange } from '../ports/stores.js';
import { customer } from '../testing/records.js';
import { withBothSides } from '../testing/real/both-sides.js';

const HOUR = 3_600_000;

describe('the same field changed on both sides', () => {
  const sides = withBothSides();
  const { clock, storage, open, bound, inCrm, inXero, editInXero, editInCrm, writes, codes } = sides;

  const clash = async (conflicts: NonNullable<SettingsChange['conflicts']>) => {
    await open({ conflicts });
    await bound();
    await editInCrm({ phone: 'crm' });
    editInXero({ phone: 'xero' });
  };
  const phones = async () => [
    (await inCrm('customers', '1'))?.phone,
    ...inXero('customers').map(({ phone }) => phone),
  ];

  it.each([['crm'], ['xero']] as const)('goes by the policy: %s wins', async (winner) => {
    await clash(winner);
    await sides.bench.later(HOUR, 'customers');
    expect(await phones()).toEqual([winner, winner]);
    await sides.bench.later(HOUR, 'customers');
    expect(writes()).toEqual(winner === 'crm' ? { crm: 0, xero: 1 } : { crm: 1, xero: 0 });
  });

  it('goes to the newer one, if that is the policy', async () => {
    await open({ conflicts: 'newest' });
    await bound();
    await editInCrm({ phone: 'crm' });
    clock.advance(91_000);
    editInXero({ phone: 'xero' });
    await sides.bench.later(HOUR, 'customers');
    expect(await phones()).toEqual(['xero', 'xero']);
    editInXero({ phone: 'older' });
    clock.advance(120_000);
    await editInCrm({ phone: 'newer' });
    await sides.bench.later(HOUR, 'customers');
    expect(await phones()).toEqual(['newer', 'newer']);
  });

  it('goes by the last edit of the CRM, not by the first that nobody looked at yet', async () => {
    await open({ conflicts: 'newest' });
    await bound();
    await editInCrm({ phone: 'first' });
    clock.advance(60_000);
    editInXero({ phone: 'xero' });
    await sides.bench.later(HOUR, 'customers');
    expect(await codes()).toEqual(['RECORD_CONFLICT']);
    clock.advance(HOUR);
    await editInCrm({ phone: 'last' });
    await sides.bench.settle();
    expect(await phones()).toEqual(['last', 'last']);
  });

  it('is asked where the changes are so close that clocks cannot tell which is newer', async () => {
    await open({ conflicts: 'newest' });
    await bound();
    await editInCrm({ phone: 'crm' });
    clock.advance(80_000);
    editInXero({ phone: 'xero' });
    await sides.bench.later(HOUR, 'customers');
    expect(await codes()).toEqual(['RECORD_CONFLICT']);
  });

  it('waits for a person, who sees both values, and whose choice goes to the other side', async () => {
    await clash('ask');
    await sides.bench.later(HOUR, 'customers');
    expect(writes()).toEqual({ crm: 0, xero: 0 });
    const { organizationId } = sides.bench;
    const { items } = await storage.stores.conflicts.list({ organizationId, cursor: null, limit: 10 });
    expect(items).toMatchObject([
      { crmId: '1', fields: [{ field: 'phone', crm: 'crm', xero: 'xero', choice: null }] },
    ]);
    expect(
      await storage.stores.conflicts.choose(organizationId, items[0]?.recordId ?? '', { phone: 'xero' }),
    ).toBe(true);
    await sides.bench.settle();
    expect(await phones()).toEqual(['xero', 'xero']);
    expect(await codes()).toEqual([]);
    expect((await storage.stores.conflicts.list({ organizationId, cursor: null, limit: 10 })).items).toEqual(
      [],
    );
  });

  it('is asked anew when a value changed after it was shown', async () => {
    await clash('ask');
    await sides.bench.later(HOUR, 'customers');
    const { organizationId } = sides.bench;
    const { items } = await storage.stores.conflicts.list({ organizationId, cursor: null, limit: 10 });
    sides.bench.crm.put('customers', [customer('1', { phone: 'changed since' })]);
    await storage.stores.conflicts.choose(organizationId, items[0]?.recordId ?? '', { phone: 'crm' });
    await sides.bench.settle();
    expect(writes()).toEqual({ crm: 0, xero: 0 });
    const again = await storage.stores.conflicts.list({ organizationId, cursor: null, limit: 10 });
    expect(again.items).toMatchObject([{ fields: [{ crm: 'changed since', choice: null }] }]);
  });
});
