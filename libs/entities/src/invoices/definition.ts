import { decimal, type Invoice, money, taxSetKey } from '@sync/domain';
import type { EntityDefinition, ParentRef, PostingFacts, Problem } from '@sync/engine';
import { NO_KEYS } from '../no-keys.js';

/** A sales invoice. Paid and credited amounts are derived from other records, so they are no change of its own. */
export const invoices: EntityDefinition<'invoices'> = {
  entity: 'invoices',
  codecVersion: 1,
  derive: () => null,
  label: ({ number, id }) => number ?? `Invoice ${id}`,
  owned: ({ id: _id, status: _status, paid: _paid, credited: _credited, ...fields }) => fields,
  parents: parentsOf,
  whenParentExcluded: 'park',
  exclusion: ({ status }) => (status === 'open' ? null : status),
  check: checkInvoice,
  warnings: ({ credited, currency }) =>
    decimal(credited).isZero()
      ? []
      : [{ code: 'INVOICE_HAS_CREDITS', meta: { credited: `${money(credited)} ${currency}` } }],
  identity: { number: 'document', facts: false, person: false },
  keys: ({ number, currency, date, total }, parentXeroId) => ({
    ...NO_KEYS,
    number,
    parentXeroId,
    currency,
    date,
    total: money(total),
  }),
  uniqueName: () => null,
  editForbidden: null,
};

function parentsOf({ customerId, lines }: Invoice): ParentRef[] {
  const sets = new Set(lines.filter(({ taxes }) => taxes.length > 0).map(({ taxes }) => taxSetKey(taxes)));
  const items = new Set(lines.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])));
  return [
    { entity: 'customers', crmId: customerId, required: true },
    ...[...sets].map((crmId): ParentRef => ({ entity: 'taxes', crmId, required: true })),
    ...[...items].map((crmId): ParentRef => ({ entity: 'items', crmId, required: false })),
  ];
}

function checkInvoice({ lines, total, currency, date }: Invoice, facts: PostingFacts): Problem | null {
  if (lines.length === 0) return { code: 'INVOICE_WITHOUT_LINES', meta: {} };
  if (decimal(total).isNegative())
    return { code: 'INVOICE_TOTAL_NEGATIVE', meta: { total: `${money(total)} ${currency}` } };
  if (!facts.currencies.includes(currency)) return { code: 'CURRENCY_NOT_ENABLED', meta: { currency } };
  if (facts.lockDate !== null && date <= facts.lockDate) {
    return { code: 'DATE_LOCKED', meta: { date, lockDate: facts.lockDate } };
  }
  return null;
}
