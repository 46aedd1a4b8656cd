import { money } from '@sync/domain';
import type { EntityDefinition } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';
import { factKeys } from '../fact-keys.js';
import { payment } from '../payment.js';

/** Money received for an invoice. */
export const payments: EntityDefinition<'payments'> = {
  ...payment,
  entity: 'payments',
  label: ({ amount, currency, date }) => `${money(amount)} ${currency} on ${date}`,
  parents: ({ invoiceId }) => [{ entity: 'invoices', crmId: invoiceId, required: true }],
  check: ({ amount, date }, facts) => checkAmount('amount of the payment', amount) ?? checkDate(date, facts),
  keys: (record, xeroIdOf) => factKeys(record, record.amount, xeroIdOf('invoices', record.invoiceId)),
};
