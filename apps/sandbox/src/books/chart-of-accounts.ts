import type { AccountClass } from './records.js';

/** What tells an account of the first chart from an ordinary one; `tax` names the side whose default rate it takes. */
export interface ChartRow {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly class: AccountClass;
  readonly tax: 'sales' | 'purchases' | 'none';
  readonly reporting: readonly [code: string, name: string];
  readonly system?: string;
  readonly enablePayments?: boolean;
  readonly bankAccountNumber?: string;
  readonly description?: string;
}

type Row = readonly [code: string, name: string, description: string];

const revenue = (type: string, tax: 'sales' | 'none', rows: readonly Row[]): ChartRow[] =>
  rows.map(([code, name, description]) => ({
    code,
    name,
    description,
    type,
    class: 'REVENUE',
    tax,
    reporting: ['REV', 'Revenue'],
  }));

const expenses = (type: string, tax: 'purchases' | 'none', rows: readonly Row[]): ChartRow[] =>
  rows.map(([code, name, description]) => ({
    code,
    name,
    description,
    type,
    class: 'EXPENSE',
    tax,
    reporting: ['EXP', 'Expense'],
  }));

const banks: readonly ChartRow[] = [
  ['090', 'Everyday Account', '0901002003004'],
  ['091', 'Reserve Savings', '0915006007008'],
].map(([code = '', name = '', bankAccountNumber = '']) => ({
  code,
  name,
  bankAccountNumber,
  type: 'BANK',
  class: 'ASSET',
  tax: 'none',
  reporting: ['ASS', 'Asset'],
}));

const balance = (
  code: string,
  name: string,
  type: string,
  more: Partial<ChartRow> & { readonly class: AccountClass },
): ChartRow => ({ code, name, type, tax: 'none', reporting: [more.class.slice(0, 3), name], ...more });

/** The chart of accounts that every new organisation gets. */
export const chartOfAccounts: readonly ChartRow[] = [
  ...banks,
  ...revenue('REVENUE', 'sales', [
    ['200', 'Sales', 'Income from what the business sells'],
    ['210', 'Service Income', 'Income from work done for customers'],
    ['260', 'Other Revenue', 'Income that is not part of normal trade'],
  ]),
  ...revenue('OTHERINCOME', 'none', [['270', 'Interest Received', 'Interest that the bank pays']]),
  ...expenses('DIRECTCOSTS', 'purchases', [
    ['300', 'Purchases', 'Goods bought to be sold'],
    ['310', 'Subcontractors', 'Others who do part of the work'],
  ]),
  ...expenses('EXPENSE', 'purchases', [
    ['400', 'Advertising', 'Campaigns, print and online'],
    ['404', 'Software and Hosting', 'Subscriptions and servers'],
    ['412', 'Professional Fees', 'Accountants, lawyers and advisers'],
    ['425', 'Freight and Courier', 'Sending goods'],
    ['429', 'General Expenses', 'What fits nowhere else'],
    ['453', 'Office Expenses', 'Stationery and small equipment'],
    ['469', 'Rent', 'Rent of premises'],
    ['489', 'Telephone and Internet', 'Lines and mobile phones'],
    ['493', 'Travel', 'Journeys for the business'],
  ]),
  ...expenses('EXPENSE', 'none', [
    ['405', 'Bank Fees', 'Charges of the bank and of card companies'],
    ['477', 'Salaries', 'Pay of employees'],
  ]),
  balance('498', 'Unrealised Currency Gains', 'EXPENSE', {
    class: 'EXPENSE',
    system: 'UNREALISEDCURRENCYGAIN',
  }),
  balance('499', 'Realised Currency Gains', 'EXPENSE', { class: 'EXPENSE', system: 'REALISEDCURRENCYGAIN' }),
  balance('610', 'Accounts Receivable', 'CURRENT', { class: 'ASSET', system: 'DEBTORS' }),
  balance('710', 'Office Equipment', 'FIXED', { class: 'ASSET', tax: 'purchases' }),
  balance('800', 'Accounts Payable', 'CURRLIAB', { class: 'LIABILITY', system: 'CREDITORS' }),
  balance('820', 'Sales Tax', 'CURRLIAB', { class: 'LIABILITY', system: 'GST' }),
  balance('840', 'Historical Adjustment', 'CURRLIAB', { class: 'LIABILITY', system: 'HISTORICAL' }),
  balance('855', 'Clearing Account', 'CURRLIAB', { class: 'LIABILITY', enablePayments: true }),
  balance('860', 'Rounding', 'CURRLIAB', { class: 'LIABILITY', system: 'ROUNDING' }),
  balance('880', 'Owner Drawings', 'CURRLIAB', { class: 'LIABILITY', enablePayments: true }),
  balance('900', 'Loan', 'TERMLIAB', { class: 'LIABILITY' }),
  balance('960', 'Retained Earnings', 'EQUITY', { class: 'EQUITY', system: 'RETAINEDEARNINGS' }),
];
