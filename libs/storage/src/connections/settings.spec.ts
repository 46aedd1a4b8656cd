import { ENTITIES } from '@sync/domain';
import { changedSettings, readSettings } from './settings.js';

describe('settings', () => {
  it('give every entity the direction of the product that this one replaces', () => {
    const { directions } = readSettings({});
    expect(Object.keys(directions)).toEqual([...ENTITIES]);
    const twoWay = ENTITIES.filter((entity) => directions[entity] === 'two-way');
    expect(twoWay).toEqual(['taxes', 'invoices', 'expenses']);
    const others = ENTITIES.filter((entity) => !twoWay.includes(entity));
    for (const entity of others) expect(directions[entity]).toBe('to-xero');
  });

  it('write nothing into the CRM, and ask before anything is taken away, unless told otherwise', () => {
    expect(readSettings({})).toMatchObject({
      writeBack: false,
      conflicts: 'ask',
      goneFromCrm: 'ask',
      goneFromXero: 'ask',
    });
  });

  it('that were stored before an entity existed leave it on', () => {
    expect(readSettings({ directions: { items: 'off' } }).directions).toMatchObject({
      items: 'off',
      vendors: 'to-xero',
    });
  });

  it('change where they are named, directions one by one', () => {
    const before = changedSettings({}, { directions: { items: 'off' }, allowedCents: 9 });
    const after = changedSettings(before, { directions: { vendors: 'off' }, writeBack: true });
    expect(after).toMatchObject({
      directions: { items: 'off', vendors: 'off', invoices: 'two-way' },
      allowedCents: 9,
      writeBack: true,
    });
  });

  it('that nobody could mean are refused', () => {
    expect(() => readSettings({ directions: { items: 'sideways' } })).toThrow('directions');
    expect(() => readSettings({ fallbackSupplier: ' ' })).toThrow('fallbackSupplier');
  });
});
