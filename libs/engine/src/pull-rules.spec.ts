import { NO_KEYS } from './identity-keys.js';
import type { XeroDerived } from './ports/xero.js';
import { isNewToCrm } from './pull-rules.js';

describe('a record of Xero that nobody knows', () => {
  const pullFrom = new Date('2026-11-20T12:00:00Z');
  const record = (change: Partial<XeroDerived> = {}, keys: Partial<typeof NO_KEYS> = {}, at = pullFrom) => ({
    derived: { status: 'active' as const, ...change },
    keys: { ...NO_KEYS, ...keys },
    updatedAt: at,
  });
  const before = new Date(pullFrom.getTime() - 1);

  it('is pulled by its date if it has one, else by its last change', () => {
    expect(isNewToCrm('invoices', record({}, { date: '2026-11-20' }, before), pullFrom)).toBe(true);
    expect(isNewToCrm('invoices', record({}, { date: '2026-11-19' }), pullFrom)).toBe(false);
    expect(isNewToCrm('customers', record(), pullFrom)).toBe(true);
    expect(isNewToCrm('customers', record({}, {}, before), pullFrom)).toBe(false);
  });

  it('is not pulled if it counts no more or bears a marker', () => {
    expect(isNewToCrm('customers', record({ status: 'archived' }), pullFrom)).toBe(false);
    expect(isNewToCrm('customers', record({}, { marker: 'm' }), pullFrom)).toBe(false);
  });

  it.each([
    [{}, true, false],
    [{ customer: true }, true, false],
    [{ supplier: true }, false, true],
    [{ customer: true, supplier: true }, true, true],
  ])('is, as a contact with %p, a customer: %p, a vendor: %p', (derived, isCustomer, isVendor) => {
    expect(isNewToCrm('customers', record(derived), pullFrom)).toBe(isCustomer);
    expect(isNewToCrm('vendors', record(derived), pullFrom)).toBe(isVendor);
  });
});
