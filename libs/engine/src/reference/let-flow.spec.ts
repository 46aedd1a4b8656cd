import { randomUUID } from 'node:crypto';
import { SyncError } from '@sync/domain';
import { readReferenceData } from '../connect.js';
import type { XeroAccount } from '../ports/xero.js';
import { type DrainBench, openDrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { bankAccountOf } from '../testing/scripted-xero.js';

const expense = (name: string): XeroAccount => ({
  ...bankAccountOf(name),
  code: name.slice(0, 3),
  type: 'EXPENSE',
  class: 'EXPENSE',
});

describe('reference data that flows', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;
  let warnings: object[];

  const open = async (request: Partial<Parameters<typeof openDrainBench>[0]> = {}) => {
    bench = await openBench({ settings: { writeBack: true }, ...request });
    const { reference } = bench.xero;
    bench.xero.reference = {
      ...reference,
      accounts: [expense('Travel'), expense('Rent'), bankAccountOf('Savings')],
    };
    warnings = [];
    bench.parts.log.warn = (facts) => void warnings.push(facts);
  };
  const read = async () => {
    clock.advance(24 * 60 * 60_000);
    const { organizationId } = bench;
    const { signal } = new AbortController();
    return readReferenceData(bench.parts, { organizationId, holder: randomUUID(), signal });
  };
  const chosen = async () => {
    const mappings = await storage.stores.mappings.load(bench.organizationId);
    return mappings
      .filter(({ kind, source }) => kind !== 'account' && kind !== 'tax' && source === 'confirmed')
      .map(({ kind, key, label, value }) => `${kind} ${key} "${label}" ${value}`);
  };
  const names = () => {
    const { paymentModes, expenseCategories } = bench.crm.lists;
    return [...paymentModes, ...expenseCategories].map(({ name }) => name);
  };

  it('makes what is missing in the CRM and takes what is there, each mapped for good', async () => {
    await open();
    await read();
    expect(names()).toEqual(['Bank', 'Savings', 'Travel', 'Rent']);
    expect(await chosen()).toEqual([
      'expense-category 1 "Travel" Tra',
      'expense-category new-1 "Rent" Ren',
      'payment-mode 1 "Bank" bank-1',
      'payment-mode new-2 "Savings" bank Savings',
    ]);
    expect((await storage.stores.organizations.copies(bench.organizationId))?.crm?.data).toMatchObject({
      expenseCategories: [{ name: 'Travel' }, { name: 'Rent' }],
    });
  });

  it('makes nothing a second time, though an account, a category or a mode was renamed meanwhile', async () => {
    await open();
    await read();
    const { xero, crm } = bench;
    const accounts = xero.reference.accounts.map((one) => ({ ...one, name: `${one.name} renamed` }));
    xero.reference = { ...xero.reference, accounts };
    for (const entry of [...crm.lists.paymentModes, ...crm.lists.expenseCategories]) entry.name += ' ours';
    const before = [await chosen(), names()];
    await read();
    expect([await chosen(), names()]).toEqual(before);
    expect(crm.calls.addReference).toBe(2);
  });

  it('makes no second one when it died between making one and mapping it', async () => {
    await open();
    const { mappings } = storage.stores;
    const dying = {
      ...mappings,
      save: () => Promise.reject(new Error('the database went away')),
    };
    const parts = { ...bench.parts, stores: { ...storage.stores, mappings: dying } };
    bench.crm.lists.expenseCategories.splice(0);
    const { signal } = new AbortController();
    const request = { organizationId: bench.organizationId, holder: randomUUID(), signal };
    await expect(readReferenceData(parts, request)).rejects.toThrow('the database went away');
    expect(names()).toEqual(['Bank', 'Travel']);
    await read();
    expect(names()).toEqual(['Bank', 'Savings', 'Travel', 'Rent']);
    expect((await chosen())[0]).toBe('expense-category new-1 "Travel" Tra');
  });

  it.each([
    ['nobody has confirmed the mappings', { confirmed: false }],
    ['records are not written back', { settings: { writeBack: false } }],
    ['the CRM has no room for it', { crm: { referenceWritable: [] } }],
  ])('makes nothing where %s', async (_, request) => {
    await open(request);
    await read();
    expect(bench.crm.calls.addReference).toBe(0);
    expect(names()).toEqual(['Bank', 'Travel']);
  });

  it('goes on with the others where the CRM refuses one, and says which', async () => {
    await open();
    const meta = { reason: 'too long' };
    bench.crm.refuse = (key) => (key.endsWith(':bank Rent') ? { code: 'REFUSED_BY_CRM', meta } : null);
    await read();
    expect(names()).toEqual(['Bank', 'Savings', 'Travel']);
    expect(warnings).toEqual([
      expect.objectContaining({ kind: 'expense-category', accountId: 'bank Rent', code: 'REFUSED_BY_CRM' }),
    ]);
  });

  describe('into Xero', () => {
    const modes = () => bench.xero.bankAccounts.map(({ name }) => name);
    const banks = () =>
      bench.xero.reference.accounts.filter(({ type }) => type === 'BANK').map(({ name }) => name);
    const openMaking = async () => {
      await open({ settings: { createBankAccounts: true } });
      bench.crm.lists.paymentModes.push({ id: '2', name: 'Cash', active: true });
    };

    it('makes no bank account unless that is allowed', async () => {
      await open();
      bench.crm.lists.paymentModes.push({ id: '2', name: 'Cash', active: true });
      await read();
      expect(modes()).toEqual([]);
    });

    it('makes one for a payment mode that has none, and maps it', async () => {
      await openMaking();
      await read();
      expect(bench.xero.bankAccounts).toMatchObject([{ name: 'Cash', number: 'CRM-2' }]);
      expect(await chosen()).toContain('payment-mode 2 "Cash" bank Cash');
      const copy = await storage.stores.organizations.reference(bench.organizationId);
      expect(copy?.data.accounts.map(({ name }) => name)).toContain('Cash');
      await read();
      expect(modes()).toEqual(['Cash']);
    });

    it('looks by its name before it asks again, when it never learnt what became of one', async () => {
      await openMaking();
      bench.xero.bankAccountFate = 'done untold';
      await expect(read()).rejects.toThrow('no answer came');
      expect(await chosen()).not.toContain('payment-mode 2 "Cash" bank Cash');
      bench.xero.bankAccountFate = 'done';
      // The job is tried again at once: our own copy of Xero's accounts, which is a minute old, does not have it.
      clock.advance(60_000);
      const { signal } = new AbortController();
      const request = { organizationId: bench.organizationId, holder: randomUUID(), signal };
      await readReferenceData(bench.parts, request);
      expect(modes()).toEqual(['Cash']);
      expect(banks()).toEqual(['Savings', 'Cash']);
      expect(await chosen()).toContain('payment-mode 2 "Cash" bank Cash');
    });

    it('leaves a gap where Xero refuses, and says so', async () => {
      await openMaking();
      bench.crm.lists.paymentModes.push({ id: '3', name: 'Card', active: true });
      bench.xero.bankAccountFate = new SyncError('validation', 'no', { code: 'REFUSED_BY_XERO' });
      await read();
      expect(modes()).toEqual(['Cash', 'Card']);
      expect(warnings).toEqual([
        expect.objectContaining({ paymentMode: '2', code: 'REFUSED_BY_XERO' }),
        expect.objectContaining({ paymentMode: '3' }),
      ]);
      const mappings = await storage.stores.mappings.load(bench.organizationId);
      expect(mappings.find(({ kind, key }) => kind === 'payment-mode' && key === '2')?.value).toBeNull();
    });
  });
});
