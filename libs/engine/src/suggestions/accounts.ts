import type { ExpenseCategory } from '../ports/crm.js';
import type { XeroAccount } from '../ports/xero.js';
import type { Guess } from './guess.js';
import { mostSimilar } from './similar-names.js';

/** The types of account that take what a business spends. */
const SPENT = ['EXPENSE', 'OVERHEADS', 'DIRECTCOSTS'];

/** The account of what is sold. */
export function salesAccount(accounts: readonly XeroAccount[]): Guess {
  const usable = accounts.filter((account) => isPostable(account) && account.class === 'REVENUE');
  const found =
    usable.find(({ type, name }) => type === 'SALES' || /\bsales\b/i.test(name)) ??
    usable.find(({ type }) => type === 'REVENUE') ??
    usable[0];
  const reason = found ? `the revenue account "${found.name}"` : 'no active revenue account was found';
  return { kind: 'account', key: 'sales', label: 'Sales', value: found?.code ?? null, reason };
}

/** The account of differences of cents. */
export function roundingAccount(accounts: readonly XeroAccount[]): Guess {
  const found = accounts.find(
    ({ active, systemAccount, code }) => active && systemAccount === 'ROUNDING' && code,
  );
  const reason = found ? `Xero's own rounding account "${found.name}"` : 'the chart has no rounding account';
  const label = 'Rounding differences';
  return { kind: 'account', key: 'rounding', label, value: found?.code ?? null, reason };
}

/** The account of what is spent on a category that has none of its own. */
export function expensesAccount(accounts: readonly XeroAccount[]): Guess {
  const found = generalExpenses(accounts);
  const reason = found ? `the expense account "${found.name}"` : 'no active expense account was found';
  return { kind: 'account', key: 'expenses', label: 'Expenses', value: found?.code ?? null, reason };
}

/** The account of an expense category: one of a similar name, else that of expenses in general. */
export function categoryAccount({ id, name }: ExpenseCategory, accounts: readonly XeroAccount[]): Guess {
  const similar = mostSimilar(name, spendable(accounts));
  const found = similar ?? generalExpenses(accounts);
  const reason = similar
    ? `the account "${similar.name}" has a similar name`
    : found
      ? `no account has a similar name; "${found.name}" is for expenses in general`
      : 'no active expense account was found';
  return { kind: 'expense-category', key: id, label: name, value: found?.code ?? null, reason };
}

function generalExpenses(accounts: readonly XeroAccount[]): XeroAccount | undefined {
  const usable = spendable(accounts);
  return (
    usable.find(({ name }) => /\bgeneral expenses?\b/i.test(name)) ??
    usable.find(({ name }) => /\b(sundry|other|miscellaneous|office) expenses?\b/i.test(name)) ??
    usable.find(({ type }) => type !== 'DIRECTCOSTS') ??
    usable[0]
  );
}

/** The accounts that take what a business spends. */
export function spendable(accounts: readonly XeroAccount[]): XeroAccount[] {
  return accounts.filter((account) => isPostable(account) && SPENT.includes(account.type));
}

function isPostable({ active, systemAccount, code }: XeroAccount): boolean {
  return active && systemAccount === null && code !== null;
}
