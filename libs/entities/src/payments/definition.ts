import { money } from '@sync/domain';
import { type EntityDefinition, NO_KEYS } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';

/** Money received for an invoice. Xero lets nobody edit a payment: only made and deleted. */
export const payments: EntityDefinition<'payments'> = {
  entity: 'payments',
  codecVersion: 1,
  derive: () => null,
  label: ({ amount, currency, date }) => `${money(amount)} ${currency} on ${date}`,
  owned: ({ id: _id, ...fields }) => fields,
  parents: ({ invoiceId }) => [{ entity: 'invoices', crmId: invoiceId, required: true }],
  whenParentExcluded: 'exclude',
  exclusion: () => null,
  check: ({ amount, date }, facts) => checkAmount('amount of the payment', amount) ?? checkDate(date, facts),
  warnings: () => [],
  needs: ({ modeId }) => [{ kind: 'payment-mode', key: modeId, label: modeId }],
  identity: { number: 'nothing', facts: true, person: false },
  keys: ({ invoiceId, amount, currency, date }, xeroIdOf) => ({
    ...NO_KEYS,
    parentXeroId: xeroIdOf('invoices', invoiceId),
    currency,
    date,
    total: money(amount),
  }),
  uniqueName: () => null,
  editForbidden: 'PAYMENT_CHANGED',
};
