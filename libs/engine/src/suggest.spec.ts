import type { XeroAccount, XeroReference, XeroTaxRate } from './ports/xero.js';
import { suggestMappings, type SuggestionInput } from './suggest.js';

const account = (name: string, change: Partial<XeroAccount> = {}): XeroAccount => ({
  accountId: `id of ${name}`,
  code: `code of ${name}`,
  name,
  type: 'REVENUE',
  class: 'REVENUE',
  active: true,
  systemAccount: null,
  takesPayments: false,
  currency: null,
  ...change,
});
const bank = (name: string, change: Partial<XeroAccount> = {}) =>
  account(name, { type: 'BANK', class: 'ASSET', ...change });
const rate = (
  taxType: string,
  components: [string, string][],
  change: Partial<XeroTaxRate> = {},
): XeroTaxRate => ({
  taxType,
  name: `rate ${taxType}`,
  effectiveRate: String(components.reduce((sum, [, each]) => sum + Number(each), 0)),
  components: components.map(([name, each]) => ({ name, rate: each, compound: false })),
  active: true,
  appliesToRevenue: true,
  appliesToExpenses: true,
  ...change,
});
const reference = (change: Partial<XeroReference>): XeroReference => ({
  organisation: {
    name: 'A',
    baseCurrency: 'USD',
    country: 'US',
    lockDate: null,
    shortCode: null,
    demo: false,
  },
  mayApproveInvoices: true,
  accounts: [],
  taxRates: [],
  currencies: ['USD'],
  ...change,
});
const suggested = (input: Partial<SuggestionInput> & { reference: XeroReference }) =>
  Object.fromEntries(
    suggestMappings({
      paymentModes: [],
      expenseCategories: [],
      taxes: [],
      createBankAccounts: false,
      ...input,
    }).map(({ kind, key, value }) => [`${kind} ${key}`, value]),
  );
const vat = { id: 'VAT|20', components: [{ name: 'VAT', rate: '20.00' }] };

describe('suggestions', () => {
  it('are suggestions: each says why, and none is confirmed', () => {
    const all = suggestMappings({
      createBankAccounts: false,
      reference: reference({ accounts: [account('Sales'), bank('Main')] }),
      paymentModes: [{ id: '1', name: 'Wire', active: true }],
      expenseCategories: [{ id: '1', name: 'Travel' }],
      taxes: [vat],
    });
    expect(all).toHaveLength(10);
    for (const { source, reason } of all) {
      expect(source).toBe('suggested');
      expect(reason).toMatch(/\w/);
    }
  });

  it('leave a gap where nothing fits', () => {
    const input = {
      taxes: [vat],
      paymentModes: [{ id: '1', name: 'Wire', active: true }],
      expenseCategories: [{ id: '1', name: 'Travel' }],
    };
    expect(suggested({ reference: reference({}), ...input })).toEqual({
      'account sales': null,
      'account rounding': null,
      'account expenses': null,
      'tax none': null,
      'tax VAT|20': null,
      'purchase-tax none': null,
      'purchase-tax VAT|20': null,
      'payment-mode 1': null,
      'payment-mode none': null,
      'expense-category 1': null,
    });
  });

  describe('for sales', () => {
    const sales = (...accounts: XeroAccount[]) =>
      suggested({ reference: reference({ accounts }) })['account sales'];
    it.each<[string, XeroAccount[], string | null]>([
      [
        'prefer an account of the type SALES',
        [account('Fees'), account('B', { type: 'SALES' })],
        'code of B',
      ],
      ['or one that is called so', [account('Fees'), account('Product sales')], 'code of Product sales'],
      [
        'else take ordinary revenue',
        [account('Odd', { type: 'OTHERINCOME' }), account('Fees')],
        'code of Fees',
      ],
      ['else any revenue', [account('Odd', { type: 'OTHERINCOME' })], 'code of Odd'],
      ['never an archived one', [account('Sales', { active: false })], null],
      ["never one of Xero's own", [account('Sales', { systemAccount: 'UNREALISEDCURRENCYGAIN' })], null],
      ['never one without a code', [account('Sales', { code: null })], null],
      ['never an expense', [account('Cost of sales', { class: 'EXPENSE' })], null],
    ])('%s', (_rule, accounts, expected) => {
      expect(sales(...accounts)).toBe(expected);
    });
  });

  it("take Xero's own account for rounding, and no other", () => {
    const own = account('Rounding', { systemAccount: 'ROUNDING', class: 'EXPENSE' });
    expect(suggested({ reference: reference({ accounts: [own] }) })['account rounding']).toBe(
      'code of Rounding',
    );
    const named = account('Rounding differences');
    expect(suggested({ reference: reference({ accounts: [named] }) })['account rounding']).toBeNull();
  });

  it('leave a gap for a payment mode that gets a bank account of its own, but for none that is switched off', () => {
    const paymentModes = [
      { id: '1', name: 'Wire', active: true },
      { id: '2', name: 'Cheques', active: false },
      { id: '3', name: 'Main', active: true },
    ];
    const input = { reference: reference({ accounts: [bank('Main')] }), paymentModes };
    expect(suggested({ ...input, createBankAccounts: true })).toMatchObject({
      'payment-mode 1': null,
      'payment-mode 2': 'id of Main',
      'payment-mode 3': 'id of Main',
      'payment-mode none': 'id of Main',
    });
    expect(suggested(input)).toMatchObject({ 'payment-mode 1': 'id of Main' });
  });

  it('take NONE for lines without tax, else any rate of 0 % on income', () => {
    const none = (...taxRates: XeroTaxRate[]) =>
      suggested({ reference: reference({ taxRates }) })['tax none'];
    expect(none(rate('ZERO', [['Zero', '0']]), rate('NONE', []))).toBe('NONE');
    expect(none(rate('ZERO', [['Zero', '0']]))).toBe('ZERO');
    expect(none(rate('ZERO', [['Zero', '0']], { appliesToRevenue: false }))).toBeNull();
    expect(none(rate('TAX1', [['VAT', '20']]))).toBeNull();
  });

  describe('for a tax', () => {
    const forVat = (...taxRates: XeroTaxRate[]) =>
      suggested({ reference: reference({ taxRates }), taxes: [vat] })['tax VAT|20'];
    it.each<[string, XeroTaxRate[], string | null]>([
      ['take the rate with the same parts', [rate('A', [['GST', '20']]), rate('B', [['VAT', '20']])], 'B'],
      ['else the only rate of that percent', [rate('A', [['GST', '20']]), rate('B', [['GST', '15']])], 'A'],
      ['nothing where two have that percent', [rate('A', [['GST', '20']]), rate('B', [['HST', '20']])], null],
      ['nothing for expenses only', [rate('A', [['VAT', '20']], { appliesToRevenue: false })], null],
      ['nothing that is not in use', [rate('A', [['VAT', '20']], { active: false })], null],
    ])('%s', (_rule, rates, expected) => {
      expect(forVat(...rates)).toBe(expected);
    });

    it('tell sets of several parts from one of the same percent', () => {
      const both = { id: 'x', components: [{ name: 'City', rate: '5' }, ...vat.components] };
      const rates = [
        rate('ONE', [['All', '25']]),
        rate('TWO', [
          ['VAT', '20'],
          ['City', '5.0'],
        ]),
      ];
      const found = suggested({ reference: reference({ taxRates: rates }), taxes: [both] });
      expect(found).toMatchObject({ 'tax City|5+VAT|20': 'TWO' });
    });
  });

  describe('for a tax on purchases', () => {
    const bought = (...taxRates: XeroTaxRate[]) =>
      suggested({ reference: reference({ taxRates }), taxes: [vat] });
    const sold = { appliesToExpenses: false };
    const spent = { appliesToRevenue: false };

    it('take the rate of the same parts that applies to expenses', () => {
      const rates = [rate('OUTPUT', [['VAT', '20']], sold), rate('INPUT', [['VAT', '20']], spent)];
      expect(bought(...rates)).toMatchObject({ 'tax VAT|20': 'OUTPUT', 'purchase-tax VAT|20': 'INPUT' });
    });

    it('take one rate for both where it applies to both', () => {
      expect(bought(rate('ANY', [['VAT', '20']]))).toMatchObject({
        'tax VAT|20': 'ANY',
        'purchase-tax VAT|20': 'ANY',
      });
    });

    it('leave a gap where nothing applies to expenses', () => {
      expect(bought(rate('OUTPUT', [['VAT', '20']], sold), rate('NONE', [], sold))).toMatchObject({
        'purchase-tax VAT|20': null,
        'purchase-tax none': null,
      });
    });

    it('take a rate of 0 % on expenses for lines without tax', () => {
      expect(bought(rate('EXEMPTOUTPUT', [], sold), rate('EXEMPTINPUT', [], spent))).toMatchObject({
        'tax none': 'EXEMPTOUTPUT',
        'purchase-tax none': 'EXEMPTINPUT',
      });
    });
  });

  describe('for expenses', () => {
    const cost = (name: string, change: Partial<XeroAccount> = {}) =>
      account(name, { type: 'EXPENSE', class: 'EXPENSE', ...change });
    const forCategory = (category: string, ...accounts: XeroAccount[]) =>
      suggested({ reference: reference({ accounts }), expenseCategories: [{ id: '1', name: category }] });

    it.each<[string, XeroAccount[], string | null]>([
      ['prefer general expenses', [cost('Rent'), cost('General Expenses')], 'code of General Expenses'],
      ['else other expenses', [cost('Rent'), cost('Office expenses')], 'code of Office expenses'],
      [
        'else any that is no cost of sales',
        [cost('Purchases', { type: 'DIRECTCOSTS' }), cost('Rent', { type: 'OVERHEADS' })],
        'code of Rent',
      ],
      ['else a cost of sales', [cost('Purchases', { type: 'DIRECTCOSTS' })], 'code of Purchases'],
      ['never an archived one', [cost('General Expenses', { active: false })], null],
      ["never one of Xero's own", [cost('Rounding', { systemAccount: 'ROUNDING' })], null],
      ['never what is sold', [account('Sales')], null],
      ['never depreciation', [cost('Depreciation', { type: 'DEPRECIATN' })], null],
    ])('in general %s', (_rule, accounts, expected) => {
      expect(forCategory('Travel', ...accounts)['account expenses']).toBe(expected);
    });

    it.each<[string, string, XeroAccount[], string | null]>([
      [
        'take the account of a similar name',
        'Travelling',
        [cost('Rent'), cost('Travel - National')],
        'code of Travel - National',
      ],
      [
        'take the one that is most alike',
        'Motor vehicle',
        [cost('Vehicle insurance premiums'), cost('Motor Vehicle Expenses')],
        'code of Motor Vehicle Expenses',
      ],
      [
        'not one that merely is an expense, too',
        'Dog expenses',
        [cost('Rent expenses'), cost('General Expenses')],
        'code of General Expenses',
      ],
      [
        'else that of expenses in general',
        'Beer',
        [cost('Rent'), cost('General Expenses')],
        'code of General Expenses',
      ],
      ['not one of the same name that is sold', 'Rent', [account('Rent')], null],
    ])('of a category %s', (_rule, category, accounts, expected) => {
      expect(forCategory(category, ...accounts)['expense-category 1']).toBe(expected);
    });
  });

  it('give expenses without a payment mode a bank account, too', () => {
    const found = suggested({ reference: reference({ accounts: [bank('Main')] }) });
    expect(found['payment-mode none']).toBe('id of Main');
  });

  describe('for a payment mode', () => {
    const forMode = (name: string, ...accounts: XeroAccount[]) =>
      suggested({ reference: reference({ accounts }), paymentModes: [{ id: '1', name, active: true }] })[
        'payment-mode 1'
      ];
    it.each<[string, string, XeroAccount[], string | null]>([
      [
        'take the bank account of a similar name',
        'Stripe payments',
        [bank('Main'), bank('Stripe USD')],
        'id of Stripe USD',
      ],
      [
        'not one that is merely called a bank account',
        'Bank account',
        [bank('Main'), bank('Bank account 2')],
        'id of Main',
      ],
      [
        'else the first in base currency',
        'Wire',
        [bank('Euro', { currency: 'EUR' }), bank('Main')],
        'id of Main',
      ],
      ['never one in another currency', 'Stripe', [bank('Stripe', { currency: 'EUR' })], null],
      ['never one that is no bank account', 'Sales', [account('Sales')], null],
      ['never an archived one', 'Main', [bank('Main', { active: false })], null],
    ])('%s', (_rule, name, accounts, expected) => {
      expect(forMode(name, ...accounts)).toBe(expected);
    });
  });
});
