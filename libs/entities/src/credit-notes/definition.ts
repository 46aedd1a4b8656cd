import { type CreditNote, money } from '@sync/domain';
import { type EntityDefinition, NO_KEYS, type PostingFacts, type Problem } from '@sync/engine';
import { checkCurrency, checkDate, checkLines, checkTotal } from '../checks.js';
import { itemParents, taxParents } from '../line-parents.js';
import { ROUNDING, SALES } from '../needs.js';

/** What a customer is credited. What of it was used follows from applications and refunds, which are records of their own. */
export const creditNotes: EntityDefinition<'credit-notes'> = {
  entity: 'credit-notes',
  codecVersion: 1,
  derive: () => null,
  label: ({ number, id }) => number ?? `Credit note ${id}`,
  owned: ({ id: _id, status: _status, applied: _applied, refunded: _refunded, ...fields }) => fields,
  parents: ({ customerId, lines }) => [
    { entity: 'customers', crmId: customerId, required: true },
    ...taxParents(lines, true),
    ...itemParents(lines),
  ],
  whenParentExcluded: 'park',
  exclusion: ({ status }) => (status === 'open' ? null : 'cancelled'),
  check: checkCreditNote,
  warnings: () => [],
  needs: () => [SALES, ROUNDING],
  identity: { number: 'document', facts: false, person: false },
  keys: ({ number, customerId, currency, date, total }, xeroIdOf) => ({
    ...NO_KEYS,
    number,
    parentXeroId: xeroIdOf('customers', customerId),
    currency,
    date,
    total: money(total),
  }),
  uniqueName: () => null,
  editForbidden: null,
};

function checkCreditNote({ lines, total, currency, date }: CreditNote, facts: PostingFacts): Problem | null {
  return (
    checkLines(lines) ??
    checkTotal(total, currency) ??
    checkCurrency(currency, facts) ??
    checkDate(date, facts)
  );
}
