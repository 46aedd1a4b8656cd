import { money } from '@sync/domain';
import type { EntityDefinition } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';
import { factKeys } from '../fact-keys.js';
import { payingAccount } from '../needs.js';
import { payment } from '../payment.js';
import { billHash, expenseFields, labelOf, purchase } from '../purchase.js';

/**
 * What pays the bill of an expense. Xero lets nobody change a bill that is paid, so whatever changes of its lines has the
 * payment taken out and made anew; the bill is changed in between.
 */
export const billPayments: EntityDefinition<'bill-payments'> = {
  ...payment,
  entity: 'bill-payments',
  withDefaults: purchase.withDefaults,
  withoutDefaults: purchase.withoutDefaults,
  goesWith: 'bills',
  isRemade: true,
  label: (expense) => `${money(expense.total)} ${expense.currency} for ${labelOf(expense)}`,
  owned: (expense) => {
    // Xero takes another supplier and another number of a bill that is paid.
    const { vendorId: _vendorId, reference: _reference, ...fields } = expenseFields(expense);
    return fields;
  },
  parents: (expense) => [{ entity: 'bills', crmId: expense.id, required: true, agreedAs: billHash(expense) }],
  check: ({ total, date }, facts) => checkAmount('total of the expense', total) ?? checkDate(date, facts),
  needs: (expense) => [payingAccount(expense)],
  keys: (expense, xeroIdOf) => factKeys(expense, expense.total, xeroIdOf('bills', expense.id)),
};
