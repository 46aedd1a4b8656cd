import type { Account, AccountClass, Currency, TaxRate } from '../books/records.js';
import { accountById, createAccount, deleteAccount, updateAccount } from '../rules/account-write.js';
import { enableCurrency } from '../rules/currency-write.js';
import { UnknownId } from '../wire/refusal.js';
import { createTaxRate, upsertTaxRate } from '../rules/tax-rate-write.js';
import { accountInput, currencyInput, taxRateInput } from '../wire/inputs.js';
import { present, wireInstant } from '../wire/values.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { list } from './listing.js';
import { writeBatch } from './write-batch.js';

const scopes = ['accounting.settings'];

/** `/Accounts`: one account a request; not paged. */
export const accounts: Resource = {
  scopes,
  get: (call) => {
    const id = call.segments[1];
    if (id === undefined) return listAccounts(call);
    return envelope(call, { Accounts: [listedAccount(accountById(rulesOf(call), id))] });
  },
  put: (call) => writeAccount(call, createAccount),
  post: (call) => writeAccount(call, updateAccount, accountById(rulesOf(call), call.segments[1] ?? '').id),
  delete: (call) => {
    const gone = deleteAccount(rulesOf(call), call.segments[1] ?? '');
    return envelope(call, { Accounts: [{ ...accountView(gone), Status: 'DELETED' }] });
  },
};

const accountFields = fieldsOf<Account>({
  AccountID: (row) => row.id,
  Code: (row) => row.code,
  Name: (row) => row.name,
  Type: (row) => row.type,
  Status: (row) => row.status,
  Class: (row) => row.class,
  TaxType: (row) => row.taxType,
  SystemAccount: (row) => row.systemAccount,
  EnablePaymentsToAccount: (row) => row.enablePayments,
  BankAccountType: (row) => row.bankAccountType,
  UpdatedDateUTC: (row) => row.updatedAt,
});

const listAccounts = (call: ApiCall): ReturnType<typeof list> =>
  list(call, {
    name: 'Accounts',
    rows: call.tenant.accounts,
    fields: accountFields,
    since: true,
    render: listedAccount,
  });

const writeAccount = (call: ApiCall, save: typeof createAccount, id?: string): ReturnType<typeof list> =>
  writeBatch(call, {
    name: 'Accounts',
    idKey: 'AccountID',
    errorFlag: 'HasValidationErrors',
    schema: accountInput,
    save: (context, input) => ({ row: save(context, input), warnings: [] }),
    render: (_context, row) => accountView(row),
    most: 1,
    id,
  });

const accountView = (row: Account): Record<string, unknown> =>
  present({
    AccountID: row.id,
    Code: row.code,
    Name: row.name,
    Status: row.status,
    Type: row.type,
    TaxType: row.taxType,
    Description: row.description,
    Class: row.class,
    EnablePaymentsToAccount: row.enablePayments,
    ShowInExpenseClaims: row.showInExpenseClaims,
    BankAccountNumber: row.bankAccountNumber,
    CurrencyCode: row.currencyCode,
    ReportingCode: row.reportingCode,
    ReportingCodeName: row.reportingCodeName,
    UpdatedDateUTC: wireInstant(row.updatedAt),
    AddToWatchlist: false,
  });

const listedAccount = (row: Account): Record<string, unknown> => ({
  ...accountView(row),
  BankAccountType: row.bankAccountType,
  ...(row.type !== 'BANK' && { SystemAccount: row.systemAccount ?? '' }),
  HasAttachments: false,
});

const rateFields = fieldsOf<TaxRate>({
  Name: (row) => row.name,
  TaxType: (row) => row.id,
  Status: (row) => row.status,
  EffectiveRate: (row) => Number(row.effectiveRate),
});

/** `/TaxRates`: one rate a request; neither paged nor filtered by time; deleted ones are listed with their status. */
export const taxRates: Resource = {
  scopes,
  get: (call) => {
    const taxType = call.segments[1];
    const rows = call.tenant.taxRates;
    if (taxType === undefined)
      return list(call, { name: 'TaxRates', rows, fields: rateFields, render: rateView });
    const rate = rows.get(taxType);
    if (!rate) throw new UnknownId('tax rate', taxType);
    return envelope(call, { TaxRates: [rateView(rate)] });
  },
  put: (call) => writeRate(call, createTaxRate),
  post: (call) => writeRate(call, upsertTaxRate),
};

const writeRate = (call: ApiCall, save: typeof createTaxRate): ReturnType<typeof list> =>
  writeBatch(call, {
    name: 'TaxRates',
    idKey: 'TaxType',
    errorFlag: 'HasValidationErrors',
    schema: taxRateInput,
    save: (context, input) => ({ row: save(context, input), warnings: [] }),
    render: (_context, row) => rateView(row),
    most: 1,
  });

function rateView(row: TaxRate): Record<string, unknown> {
  const on = (accountClass: AccountClass): boolean => row.appliesTo.includes(accountClass);
  return present({
    Name: row.name,
    TaxType: row.id,
    ReportTaxType: row.reportTaxType,
    CanApplyToAssets: on('ASSET'),
    CanApplyToEquity: on('EQUITY'),
    CanApplyToExpenses: on('EXPENSE'),
    CanApplyToLiabilities: on('LIABILITY'),
    CanApplyToRevenue: on('REVENUE'),
    DisplayTaxRate: Number(row.effectiveRate),
    EffectiveRate: Number(row.effectiveRate),
    Status: row.status,
    TaxComponents: row.components.map((one) => ({
      Name: one.name,
      Rate: Number(one.rate),
      IsCompound: one.isCompound,
      IsNonRecoverable: one.isNonRecoverable,
    })),
  });
}

const currencyView = (row: Currency): Record<string, unknown> => ({
  Code: row.id,
  Description: row.description,
});

/** `/Currencies`: those that the organisation has enabled. */
export const currencies: Resource = {
  scopes,
  get: (call) =>
    list(call, {
      name: 'Currencies',
      rows: call.tenant.currencies,
      fields: fieldsOf<Currency>({ Code: (row) => row.id, Description: (row) => row.description }),
      render: currencyView,
    }),
  put: (call) =>
    writeBatch(call, {
      name: 'Currencies',
      idKey: 'CurrencyID',
      errorFlag: 'HasValidationErrors',
      schema: currencyInput,
      save: (context, input) => ({ row: enableCurrency(context, input), warnings: [] }),
      render: (_context, row) => currencyView(row),
      most: 1,
    }),
};
