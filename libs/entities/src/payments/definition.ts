import { decimal, money, type Payment } from '@sync/domain';
import type { EntityDefinition, PostingFacts, Problem } from '@sync/engine';
import { NO_KEYS } from '../no-keys.js';

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
  check: checkPayment,
  warnings: () => [],
  identity: { number: 'nothing', facts: true, person: false },
  keys: ({ amount, currency, date }, parentXeroId) => ({
    ...NO_KEYS,
    parentXeroId,
    currency,
    date,
    total: money(amount),
  }),
  uniqueName: () => null,
  editForbidden: 'PAYMENT_CHANGED',
};

function checkPayment({ amount, date }: Payment, { lockDate }: PostingFacts): Problem | null {
  if (decimal(amount).lessThanOrEqualTo(0)) {
    return { code: 'RECORD_INVALID', meta: { reason: `the amount of the payment is ${money(amount)}` } };
  }
  if (lockDate !== null && date <= lockDate) return { code: 'DATE_LOCKED', meta: { date, lockDate } };
  return null;
}
