import type { Tax } from '@sync/domain';
import type { CrmReference } from './ports/crm.js';
import type { Mapping } from './ports/stores.js';
import type { XeroReference } from './ports/xero.js';
import { NO_PAYMENT_MODE } from './purchases.js';
import { categoryAccount, expensesAccount, roundingAccount, salesAccount } from './suggestions/accounts.js';
import { bankAccount } from './suggestions/bank-accounts.js';
import { noTax, PURCHASES, SALES, taxRate } from './suggestions/tax-rates.js';

/** What suggestions are made from. */
export interface SuggestionInput extends Pick<CrmReference, 'paymentModes' | 'expenseCategories'> {
  reference: XeroReference;
  taxes: readonly Tax[];
  /** Payment modes get bank accounts of their own in Xero. */
  createBankAccounts: boolean;
}

/**
 * Mappings guessed from the chart of accounts, each with its reason; a person confirms them before anything is posted.
 * Where nothing fits, the value is null: a gap that is seen beats a guess that is not.
 */
export function suggestMappings({
  reference,
  paymentModes,
  expenseCategories,
  taxes,
  createBankAccounts,
}: SuggestionInput): Mapping[] {
  const { accounts, taxRates } = reference;
  const modes = [
    ...paymentModes,
    { id: NO_PAYMENT_MODE, name: 'Expenses without a payment mode', active: false },
  ];
  const guesses = [
    salesAccount(accounts),
    roundingAccount(accounts),
    expensesAccount(accounts),
    ...[SALES, PURCHASES].flatMap((side) => [
      noTax(side, taxRates),
      ...taxes.map((tax) => taxRate(side, tax, taxRates)),
    ]),
    ...modes.map((mode) => bankAccount(mode, reference, createBankAccounts && mode.active)),
    ...expenseCategories.map((category) => categoryAccount(category, accounts)),
  ];
  return guesses.map((guess) => ({ ...guess, source: 'suggested' }));
}
