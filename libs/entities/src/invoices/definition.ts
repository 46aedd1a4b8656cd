import { decimal, type Entity, type Invoice, money } from '@sync/domain';
import { type EntityDefinition, NO_KEYS, type PostingFacts, type Problem } from '@sync/engine';
import { checkCurrency, checkDate, checkLines, checkTotal } from '../checks.js';
import { itemParents, taxParents } from '../line-parents.js';
import { ROUNDING, SALES } from '../needs.js';

/** What brings the credits of an invoice into Xero. */
const CREDITS: readonly Entity[] = ['credit-notes', 'credit-applications'];

/** A sales invoice. Paid and credited amounts are derived from other records, so they are no change of its own. */
export const invoices: EntityDefinition<'invoices'> = {
  entity: 'invoices',
  codecVersion: 2,
  derive: () => null,
  label: ({ number, id }) => number ?? `Invoice ${id}`,
  owned: ({ id: _id, status: _status, paid: _paid, credited: _credited, ...fields }) => fields,
  parents: ({ customerId, lines }) => [
    { entity: 'customers', crmId: customerId, required: true },
    ...taxParents(lines, true),
    ...itemParents(lines),
  ],
  whenParentExcluded: 'park',
  exclusion: ({ status }) => (status === 'open' ? null : status),
  check: checkInvoice,
  warnings: uncredited,
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

function checkInvoice({ lines, total, currency, date }: Invoice, facts: PostingFacts): Problem | null {
  return (
    checkLines(lines) ??
    checkTotal(total, currency) ??
    checkCurrency(currency, facts) ??
    checkDate(date, facts)
  );
}

/** Credits that do not flow make the invoice look unpaid in Xero. */
function uncredited({ credited, currency }: Invoice, { toXero }: PostingFacts): Problem[] {
  if (decimal(credited).isZero() || CREDITS.every((entity) => toXero.includes(entity))) return [];
  return [{ code: 'INVOICE_HAS_CREDITS', meta: { credited: `${money(credited)} ${currency}` } }];
}
