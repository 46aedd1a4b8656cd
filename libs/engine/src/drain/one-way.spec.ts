import type { SettingsChange } from '../ports/stores.js';
import { customer } from '../testing/records.js';
import { withBothSides } from '../testing/real/both-sides.js';

const HOUR = 3_600_000;

describe('an entity that flows one way', () => {
  const sides = withBothSides();
  const { storage, open, bound, inXero, editInXero, editInCrm, writes, codes } = sides;

  const oneWay = (change: SettingsChange = {}) => open({ directions: { customers: 'to-xero' }, ...change });

  it('tells of an edit in Xero, and neither takes it over nor writes over it', async () => {
    await oneWay();
    await bound();
    editInXero({ phone: 'xero' });
    await sides.bench.later(24 * HOUR, 'customers');
    expect(await codes()).toEqual(['CHANGED_IN_XERO']);
    await editInCrm({ taxNumber: 'T1' });
    await sides.bench.settle();
    expect(inXero('customers')).toMatchObject([{ phone: 'xero', taxNumber: 'T1' }]);
    expect(await codes()).toEqual(['CHANGED_IN_XERO']);
    await sides.bench.hint('customers', ['1']);
    await sides.bench.later(24 * HOUR, 'customers');
    expect(await codes()).toEqual(['CHANGED_IN_XERO']);
    expect(writes()).toEqual({ crm: 0, xero: 1 });
  });

  it('stops telling once both sides are alike again', async () => {
    await oneWay();
    await bound();
    editInXero({ phone: 'xero' });
    await sides.bench.later(24 * HOUR, 'customers');
    await editInCrm({ phone: 'xero' });
    await sides.bench.settle();
    expect(await codes()).toEqual([]);
    expect(writes()).toEqual({ crm: 0, xero: 0 });
  });

  it('writes over an edit in Xero where the CRM is to win', async () => {
    await oneWay({ conflicts: 'crm' });
    await bound({ phone: 'crm' });
    editInXero({ phone: 'xero' });
    await sides.bench.later(24 * HOUR, 'customers');
    expect(inXero('customers')).toMatchObject([{ phone: 'crm' }]);
    expect(await codes()).toEqual([]);
  });

  it('into the CRM tells of an edit in the CRM, and posts nothing new', async () => {
    await open();
    await bound();
    const { admin } = storage;
    const organization = await admin.organization(sides.bench.organizationId);
    const directions = { ...organization?.settings.directions, customers: 'to-crm' } as never;
    await admin.updateSettings(sides.bench.organizationId, { directions });
    await editInCrm({ phone: 'crm' });
    sides.bench.crm.put('customers', [customer('2')]);
    await sides.bench.hint('customers', ['2']);
    await sides.bench.settle();
    expect(await codes()).toEqual(['CHANGED_IN_CRM']);
    expect(writes()).toEqual({ crm: 0, xero: 0 });
    expect(await sides.bench.record('customers', '2')).toMatchObject({
      status: 'excluded',
      reason: 'not-to-xero',
    });
  });
});
