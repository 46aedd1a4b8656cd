import { money } from '@sync/domain';
import { type EntityDefinition, NO_KEYS } from '@sync/engine';
import { checkAmount, checkDate } from '../checks.js';

/** Money paid back for a credit note: a payment in Xero, which nobody can edit. */
export const refunds: EntityDefinition<'refunds'> = {
  entity: 'refunds',
  codecVersion: 1,
  derive: () => null,
  label: ({ amount, currency, date }) => `${money(amount)} ${currency} back on ${date}`,
  owned: ({ id: _id, ...fields }) => fields,
  parents: ({ creditNoteId }) => [{ entity: 'credit-notes', crmId: creditNoteId, required: true }],
  whenParentExcluded: 'exclude',
  exclusion: () => null,
  check: ({ amount, date }, facts) => checkAmount('amount of the refund', amount) ?? checkDate(date, facts),
  warnings: () => [],
  needs: ({ modeId }) => [{ kind: 'payment-mode', key: modeId, label: modeId }],
  identity: { number: 'nothing', facts: true, person: false },
  keys: ({ creditNoteId, amount, currency, date }, xeroIdOf) => ({
    ...NO_KEYS,
    parentXeroId: xeroIdOf('credit-notes', creditNoteId),
    currency,
    date,
    total: money(amount),
  }),
  uniqueName: () => null,
  editForbidden: 'PAYMENT_CHANGED',
};
