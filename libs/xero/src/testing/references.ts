import { NO_TAX_KEY } from '@sync/domain';
import type { References } from '@sync/engine';

/** References of an organization that has nothing in Xero but its accounts and a rate for what is not taxed. */
export function someReferences(change: Partial<References> = {}): References {
  return {
    parents: new Map(),
    taxTypes: new Map([[NO_TAX_KEY, 'NONE']]),
    purchaseTaxTypes: new Map([[NO_TAX_KEY, 'NONE']]),
    accounts: { sales: '200', rounding: '860', expenses: '400' },
    expenseAccounts: new Map(),
    bankAccounts: new Map(),
    accountCurrencies: new Map(),
    publicUrl: null,
    baseCurrency: 'USD',
    allowedCents: 5,
    invoiceStatus: 'AUTHORISED',
    openFrom: null,
    ...change,
  };
}
