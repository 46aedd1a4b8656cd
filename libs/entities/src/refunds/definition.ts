import { money } from '@sync/domain';
import type { EntityDefinition } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';
import { factKeys } from '../fact-keys.js';
import { payment } from '../payment.js';

/** Money paid back for a credit note. */
export const refunds: EntityDefinition<'refunds'> = {
  ...payment,
  entity: 'refunds',
  label: ({ amount, currency, date }) => `${money(amount)} ${currency} back on ${date}`,
  parents: ({ creditNoteId }) => [{ entity: 'credit-notes', crmId: creditNoteId, required: true }],
  check: ({ amount, date }, facts) => checkAmount('amount of the refund', amount) ?? checkDate(date, facts),
  keys: (record, xeroIdOf) => factKeys(record, record.amount, xeroIdOf('credit-notes', record.creditNoteId)),
};
