import type { EntityDefinition } from '@sync/engine';
import { expenseAccount, purchaseTaxes, ROUNDING } from '../needs.js';
import { billFields, expenseForm, purchase } from '../purchase.js';

/** An expense that is booked as a bill of its supplier. */
export const bills: EntityDefinition<'bills'> = {
  ...purchase,
  entity: 'bills',
  codecVersion: 1,
  booking: {
    isChosen: (expense, settings) => expenseForm(expense, settings) === 'bill',
    otherwise: 'expenses',
    looksAt: ['expenses'],
  },
  goesWith: 'bill-payments',
  owned: billFields,
  needs: (expense) => [expenseAccount(expense), ...purchaseTaxes([expense]), ROUNDING],
};
