import { newId } from '../books/ids.js';
import { defaultTaxType } from '../books/new-tenant.js';
import type { Account, AccountClass } from '../books/records.js';
import type { AccountInput } from '../wire/inputs.js';
import { organisationOf, type RuleContext } from './context.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

const classes: Readonly<Record<string, AccountClass>> = {
  BANK: 'ASSET',
  CURRENT: 'ASSET',
  FIXED: 'ASSET',
  INVENTORY: 'ASSET',
  NONCURRENT: 'ASSET',
  PREPAYMENT: 'ASSET',
  CURRLIAB: 'LIABILITY',
  LIABILITY: 'LIABILITY',
  TERMLIAB: 'LIABILITY',
  PAYG: 'LIABILITY',
  EQUITY: 'EQUITY',
  DEPRECIATN: 'EXPENSE',
  DIRECTCOSTS: 'EXPENSE',
  EXPENSE: 'EXPENSE',
  OVERHEADS: 'EXPENSE',
  OTHERINCOME: 'REVENUE',
  REVENUE: 'REVENUE',
  SALES: 'REVENUE',
};

/** PUT: makes a new account. */
export function createAccount(context: RuleContext, input: AccountInput): Account {
  const type = (input.Type ?? '').toUpperCase();
  const accountClass = classes[type];
  if (accountClass === undefined) refuse(`Account type '${input.Type ?? ''}' is not valid`);
  const { version, baseCurrency } = organisationOf(context);
  const side = accountClass === 'REVENUE' ? 'sales' : accountClass === 'EXPENSE' ? 'purchases' : 'none';
  const bank = type === 'BANK';
  if (bank && !input.BankAccountNumber) refuse('The BankAccountNumber must be specified for a bank account');
  return save(context, {
    id: newId(),
    updatedAt: context.books.stamp(),
    code: input.Code ?? '',
    name: input.Name ?? '',
    type,
    status: 'ACTIVE',
    class: accountClass,
    systemAccount: null,
    taxType: input.TaxType ?? defaultTaxType(version, side),
    enablePayments: input.EnablePaymentsToAccount ?? false,
    showInExpenseClaims: input.ShowInExpenseClaims ?? false,
    bankAccountNumber: input.BankAccountNumber ?? null,
    bankAccountType: bank ? (input.BankAccountType ?? 'BANK') : '',
    currencyCode: bank ? (input.CurrencyCode ?? baseCurrency) : null,
    description: input.Description ?? null,
    reportingCode: accountClass.slice(0, 3),
    reportingCodeName: titled(accountClass),
  });
}

/** POST with an id: updates the account; archiving takes a request that carries nothing but the status. */
export function updateAccount(context: RuleContext, input: AccountInput): Account {
  const found = accountById(context, input.AccountID ?? '');
  const status = input.Status?.toUpperCase();
  const { AccountID: _id, Status: _status, ...rest } = input;
  const others = Object.values(rest).some((value) => value !== undefined);
  if (status === 'ARCHIVED' && others)
    refuse('An account can only be archived by a request that carries the Status alone');
  if (status === 'ARCHIVED' && found.systemAccount) refuse('System accounts cannot be archived');
  return save(context, {
    ...found,
    updatedAt: context.books.stamp(),
    status: status === 'ARCHIVED' ? 'ARCHIVED' : found.status,
    code: input.Code ?? found.code,
    name: input.Name ?? found.name,
    taxType: input.TaxType ?? found.taxType,
    description: input.Description ?? found.description,
    enablePayments: input.EnablePaymentsToAccount ?? found.enablePayments,
    showInExpenseClaims: input.ShowInExpenseClaims ?? found.showInExpenseClaims,
    bankAccountNumber: input.BankAccountNumber ?? found.bankAccountNumber,
  });
}

/** DELETE: removes an account that nothing uses. */
export function deleteAccount(context: RuleContext, id: string): Account {
  const account = accountById(context, id);
  if (account.systemAccount || isUsed(context, account.id))
    refuse('This account is in use and cannot be deleted');
  context.tenant.accounts.delete(account.id);
  return account;
}

function isUsed({ tenant }: RuleContext, id: string): boolean {
  const { invoices, creditNotes, bankTransactions, purchaseOrders, payments } = tenant;
  return (
    payments.inOrder().some(({ accountId }) => accountId === id) ||
    bankTransactions.inOrder().some(({ bankAccountId }) => bankAccountId === id) ||
    [invoices, creditNotes, bankTransactions, purchaseOrders].some((rows) =>
      rows.inOrder().some(({ lines }) => lines.some(({ accountId }) => accountId === id)),
    )
  );
}

/** The account with this id; a 404 otherwise. */
export function accountById({ tenant }: RuleContext, id: string): Account {
  const found = tenant.accounts.get(id.toLowerCase());
  if (!found) throw new UnknownId('account', id);
  return found;
}

const titled = (word: string): string => `${word.charAt(0)}${word.slice(1).toLowerCase()}`;

function save({ tenant }: RuleContext, account: Account): Account {
  const others = tenant.accounts.inOrder().filter(({ id }) => id !== account.id);
  const named = account.name.toLowerCase();
  refuseIfAny([
    account.name === '' && 'The account Name must be specified',
    account.name.length > 150 && 'The account Name must not exceed 150 characters',
    account.code === '' && account.type !== 'BANK' && 'The account Code must be specified',
    account.code.length > 10 && 'The account Code must not exceed 10 characters',
    others.some(({ name }) => name.toLowerCase() === named) && 'Please enter a unique Name.',
    account.code !== '' && others.some(({ code }) => code === account.code) && 'Please enter a unique Code.',
    tenant.taxRates.get(account.taxType)?.status !== 'ACTIVE' &&
      `TaxType code '${account.taxType}' does not exist`,
  ]);
  return tenant.accounts.put(account);
}
