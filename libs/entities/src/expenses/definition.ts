import type { EntityDefinition } from '@sync/engine';
import { expenseAccount, payingAccount, purchaseTaxes, ROUNDING } from '../needs.js';
import { expenseFields, expenseForm, purchase } from '../purchase.js';

/** A purchase that was paid at once: money spent from a bank account. */
export const expenses: EntityDefinition<'expenses'> = {
  ...purchase,
  entity: 'expenses',
  codecVersion: 1,
  booking: {
    isChosen: (expense, settings) => expenseForm(expense, settings) === 'spend-money',
    otherwise: 'bills',
    looksAt: ['bills', 'bill-payments'],
  },
  owned: expenseFields,
  needs: (expense) => [
    expenseAccount(expense),
    payingAccount(expense),
    ...purchaseTaxes([expense]),
    ROUNDING,
  ],
};
