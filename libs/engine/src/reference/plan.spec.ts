import type { CrmReference } from '../ports/crm.js';
import type { Mapping } from '../ports/mappings.js';
import type { XeroAccount, XeroReference } from '../ports/xero.js';
import { bankAccountOf } from '../testing/scripted-xero.js';
import type { ReferenceSettings } from './flows.js';
import { planReference, type ReferenceState } from './plan.js';

const REFERENCE: Omit<XeroReference, 'accounts'> = {
  organisation: {
    name: 'A',
    baseCurrency: 'USD',
    country: 'US',
    lockDate: null,
    shortCode: null,
    demo: false,
  },
  mayApproveInvoices: true,
  taxRates: [],
  currencies: [],
};
const ON: ReferenceSettings = {
  writeBack: true,
  expenseCategoriesFromXero: true,
  paymentModesFromXero: true,
  createBankAccounts: false,
};
const MAKES: ReferenceSettings = { ...ON, writeBack: false, createBankAccounts: true };

const expense = (name: string, change: Partial<XeroAccount> = {}): XeroAccount => ({
  ...bankAccountOf(name),
  code: `4-${name}`,
  type: 'EXPENSE',
  class: 'EXPENSE',
  ...change,
});
const bank = (name: string, change: Partial<XeroAccount> = {}) => ({ ...bankAccountOf(name), ...change });
const category = (id: string, name: string): CrmReference['expenseCategories'][number] => ({ id, name });
const mode = (id: string, name: string, active = true): CrmReference['paymentModes'][number] => ({
  id,
  name,
  active,
});
const mapped = (kind: Mapping['kind'], key: string, value: string | null, source: Mapping['source']) =>
  ({ kind, key, label: key, value, source, reason: null }) satisfies Mapping;
const confirmed = (kind: Mapping['kind'], key: string, value: string) =>
  mapped(kind, key, value, 'confirmed');
const suggested = (kind: Mapping['kind'], key: string, value: string | null) =>
  mapped(kind, key, value, 'suggested');

interface Given {
  settings?: Partial<ReferenceSettings>;
  accounts?: XeroAccount[];
  categories?: CrmReference['expenseCategories'];
  modes?: CrmReference['paymentModes'];
  mappings?: Mapping[];
}

/** What is done, in words: `makes` in the CRM, `maps` what is there, `opens` in Xero. */
function planned({ settings = ON, accounts = [], categories = [], modes = [], mappings = [] }: Given) {
  const crm = { expenseCategories: categories, paymentModes: modes };
  const reference = { ...REFERENCE, accounts };
  const state: ReferenceState = { settings: { ...ON, ...settings }, reference, crm, mappings };
  const { confirmed: maps, additions, newAccounts } = planReference(state);
  return [
    ...additions.map(({ kind, account, value }) => `makes ${kind} ${account.name} for ${value}`),
    ...maps.map(({ kind, key, value, source }) => `maps ${kind} ${key} to ${value}, ${source}`),
    ...newAccounts.map(({ name }) => `opens ${name}`),
  ];
}

describe('what flows of reference data', () => {
  it.each<[rule: string, given: Given, done: string[]]>([
    [
      'an expense account becomes a category',
      { accounts: [expense('Rent')] },
      ['makes expense-category Rent for 4-Rent'],
    ],
    [
      'overheads and direct costs, too',
      { accounts: [expense('Power', { type: 'OVERHEADS' }), expense('Goods', { type: 'DIRECTCOSTS' })] },
      ['makes expense-category Power for 4-Power', 'makes expense-category Goods for 4-Goods'],
    ],
    [
      'no other account does, nor an archived one, one without a code, one of the system',
      {
        accounts: [
          expense('Sales', { type: 'REVENUE' }),
          expense('Old', { active: false }),
          expense('Uncoded', { code: null }),
          expense('Rounding', { systemAccount: 'ROUNDING' }),
        ],
      },
      [],
    ],
    [
      'a category of its name is taken instead, whatever the case and spaces',
      { accounts: [expense('Motor  Vehicle ')], categories: [category('7', 'motor vehicle')] },
      ['maps expense-category 7 to 4-Motor  Vehicle , confirmed'],
    ],
    [
      'also where another account was only suggested for it',
      {
        accounts: [expense('Rent')],
        categories: [category('7', 'Rent')],
        mappings: [suggested('expense-category', '7', '4-General')],
      },
      ['maps expense-category 7 to 4-Rent, confirmed'],
    ],
    [
      'a category that a person gave to another account stays there, and no second one of its name is made',
      {
        accounts: [expense('Rent')],
        categories: [category('7', 'Rent')],
        mappings: [confirmed('expense-category', '7', '4-General')],
      },
      [],
    ],
    [
      'an account that has a category gets none, though the names differ or the category is gone from the CRM',
      { accounts: [expense('Rent')], mappings: [confirmed('expense-category', '7', '4-Rent')] },
      [],
    ],
    [
      'one that is suggested for a category waits for a person',
      {
        accounts: [expense('Rent')],
        categories: [category('7', 'Rent of offices')],
        mappings: [suggested('expense-category', '7', '4-Rent')],
      },
      [],
    ],
    [
      'a mapping of another kind is none',
      { accounts: [expense('Rent')], mappings: [confirmed('account', 'expenses', '4-Rent')] },
      ['makes expense-category Rent for 4-Rent'],
    ],
    [
      'a bank account becomes a payment mode',
      { accounts: [bank('Savings')] },
      ['makes payment-mode Savings for bank Savings'],
    ],
    ['an archived one does not', { accounts: [bank('Savings', { active: false })] }, []],
    [
      'a payment mode of its name is taken instead, also one that is switched off',
      { accounts: [bank('Savings')], modes: [mode('3', 'Savings', false)] },
      ['maps payment-mode 3 to bank Savings, confirmed'],
    ],
    [
      'what expenses without a mode are paid from is no mode',
      { accounts: [bank('Savings')], mappings: [confirmed('payment-mode', 'none', 'bank Savings')] },
      ['makes payment-mode Savings for bank Savings'],
    ],
    [
      'nothing is made in the CRM where records are not written back',
      { settings: { writeBack: false }, accounts: [expense('Rent'), bank('Savings')] },
      [],
    ],
    [
      'categories are left alone where the settings say so',
      { settings: { expenseCategoriesFromXero: false }, accounts: [expense('Rent'), bank('Savings')] },
      ['makes payment-mode Savings for bank Savings'],
    ],
    [
      'and payment modes',
      { settings: { paymentModesFromXero: false }, accounts: [expense('Rent'), bank('Savings')] },
      ['makes expense-category Rent for 4-Rent'],
    ],
    ['no bank account is made by default', { modes: [mode('2', 'Cash')] }, []],
    [
      'where it is allowed, a payment mode without one gets one',
      { settings: MAKES, modes: [mode('2', 'Cash')] },
      ['opens Cash'],
    ],
    [
      'also where its gap is known',
      { settings: MAKES, modes: [mode('2', 'Cash')], mappings: [suggested('payment-mode', '2', null)] },
      ['opens Cash'],
    ],
    ['not one that is switched off', { settings: MAKES, modes: [mode('2', 'Cash', false)] }, []],
    [
      'nor one for which a person chose a bank account, or which has one of a similar name to be confirmed',
      {
        settings: MAKES,
        accounts: [bank('Card Clearing')],
        modes: [mode('2', 'Cash'), mode('3', 'Card')],
        mappings: [
          confirmed('payment-mode', '2', 'bank Main'),
          suggested('payment-mode', '3', 'bank Card Clearing'),
        ],
      },
      [],
    ],
    [
      'one for which any bank account was suggested, for want of a better one, has none',
      {
        settings: MAKES,
        accounts: [bank('Main')],
        modes: [mode('2', 'Cash')],
        mappings: [suggested('payment-mode', '2', 'bank Main')],
      },
      ['opens Cash'],
    ],
    [
      'a bank account of its name is taken instead',
      { settings: MAKES, accounts: [bank('Cash')], modes: [mode('2', 'cash')] },
      ['maps payment-mode 2 to bank Cash, confirmed'],
    ],
    [
      'a name that Xero has otherwise, archived or of another type, is not asked for',
      {
        settings: MAKES,
        accounts: [bank('Cash', { active: false }), expense('Card')],
        modes: [mode('2', 'Cash'), mode('3', 'Card')],
      },
      [],
    ],
  ])('%s', (_rule, given, done) => {
    expect(planned(given)).toEqual(done);
  });

  it('lets two payment modes of one name share the bank account of that name', () => {
    const given = {
      settings: { ...ON, createBankAccounts: true },
      accounts: [bank('Cash')],
      modes: [mode('2', 'Cash'), mode('3', 'Cash')],
    };
    expect(planned(given)).toEqual([
      'maps payment-mode 2 to bank Cash, confirmed',
      'maps payment-mode 3 to bank Cash, confirmed',
    ]);
  });
});
