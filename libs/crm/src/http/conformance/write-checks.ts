import type { CrmEntity } from '@sync/domain';
import type { ReferenceKind } from '@sync/engine';
import { addTwice } from './reference-steps.js';
import type { CheckPlan, Finding } from './report.js';
import { type Trial, writeTwice } from './trial.js';
import { trialCustomer, trialInvoice, trialPayment } from './trial-records.js';
import {
  cancel,
  changeFrom,
  paidIs,
  refusesOrphans,
  refusesStrangers,
  removeTwice,
  withParent,
  writeExpense,
} from './write-steps.js';

const ONCE =
  'Keep the key with the id of the record, in the transaction that makes it; a known key is answered with its record.';

/** Whether records are written once, and only where they are what they were. In their order: each goes on from the last. */
export function writeChecks(trial: Trial): CheckPlan[] {
  return [
    {
      name: 'write.access',
      advice: 'Answer 401 to POST where the key is missing, before anything else.',
      run: () => refusesStrangers(trial),
    },
    once('customers', () => writeTwice(trial, 'customers', trialCustomer(trial))),
    {
      name: 'write.customers.changed',
      advice:
        'Compare "was" field by field with the record in the transaction that changes it; answer "changed".',
      run: () => changeFrom(trial, { phone: '+1 555 0100' }, 'changed'),
    },
    {
      name: 'write.customers.update',
      advice: 'Change what "record" gives, where "was" is what GET answers.',
      run: () => changeFrom(trial, {}, 'written'),
    },
    once('invoices', () =>
      withParent(trial, 'customers', ({ id }) => writeTwice(trial, 'invoices', trialInvoice(trial, id))),
    ),
    once('payments', () =>
      withParent(trial, 'invoices', ({ id }) => writeTwice(trial, 'payments', trialPayment(trial, id))),
    ),
    {
      name: 'write.payments.paid',
      advice: 'A payment that is written changes paid of its invoice.',
      run: () => withParent(trial, 'payments', ({ invoiceId }) => paidIs(trial, invoiceId, '1.00')),
    },
    {
      name: 'write.payments.refused',
      advice:
        'Answer 200 with "refused", a code and a detail for what your rules forbid, such as an unknown invoice.',
      run: () => refusesOrphans(trial),
    },
    {
      name: 'write.payments.removed',
      advice: 'DELETE takes the payment out and off its invoice; what is gone already is "removed", too.',
      run: () => withParent(trial, 'payments', (payment) => removeTwice(trial, 'payments', payment)),
    },
    {
      name: 'write.payments.unpaid',
      advice: 'A payment that is taken out changes paid of its invoice.',
      run: () => withParent(trial, 'payments', ({ invoiceId }) => paidIs(trial, invoiceId, '0.00')),
    },
    {
      name: 'write.invoices.cancelled',
      advice: 'Take the status "cancelled" of an invoice.',
      run: () => withParent(trial, 'invoices', (invoice) => cancel(trial, invoice.id)),
    },
    once('expenses', () => writeExpense(trial)),
    {
      name: 'write.expenses.removed',
      advice: 'DELETE takes the expense out; what is gone already is "removed", too.',
      run: () => withParent(trial, 'expenses', (expense) => removeTwice(trial, 'expenses', expense)),
    },
    addedOnce(trial, 'expense-category'),
    addedOnce(trial, 'payment-mode'),
  ];
}

function addedOnce(trial: Trial, kind: ReferenceKind): CheckPlan {
  return { name: `write.${kind}.once`, advice: ONCE, run: () => addTwice(trial, kind) };
}

function once(entity: CrmEntity, run: () => Promise<Finding>): CheckPlan {
  return { name: `write.${entity}.once`, advice: ONCE, run };
}
