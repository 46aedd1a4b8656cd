import { type Expense, NO_TAX_KEY, type TaxComponent, taxSetKey, taxSetName } from '@sync/domain';
import { type Need, NO_PAYMENT_MODE } from '@sync/engine';

/** The account of what is sold. */
export const SALES: Need = { kind: 'account', key: 'sales', label: 'sales' };

/** The account of cents that a document's total differs from its parts. */
export const ROUNDING: Need = { kind: 'account', key: 'rounding', label: 'rounding differences' };

/** The tax rates of what is bought, each once. */
export function purchaseTaxes(lines: readonly { taxes: readonly TaxComponent[] }[]): Need[] {
  const sets = new Map(lines.map(({ taxes }) => [taxSetKey(taxes), taxes]));
  return [...sets].map(([key, taxes]) => ({
    kind: 'purchase-tax',
    key,
    label: key === NO_TAX_KEY ? 'No tax' : taxSetName(taxes),
  }));
}

/** The account of an expense's category. */
export function expenseAccount({ categoryId, categoryName }: Expense): Need {
  return { kind: 'expense-category', key: categoryId, label: categoryName };
}

/** The bank account from which an expense was paid. */
export function payingAccount({ modeId }: Expense): Need {
  const mode = modeId ?? NO_PAYMENT_MODE;
  return { kind: 'payment-mode', key: mode, label: mode };
}
