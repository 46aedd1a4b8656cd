import { decimal, type Entity, type Invoice, money } from '@sync/domain';
import type { EntityDefinition, PostingFacts, Problem } from '@sync/engine';
import { salesDocument } from '../sales-document.js';

/** What brings the credits of an invoice into Xero. */
const CREDITS: readonly Entity[] = ['credit-notes', 'credit-applications'];

/**
 * A sales invoice. Paid and credited amounts are derived from other records, so they are no change of its own; that it
 * was sent is none either, and goes along with the next: an invoice that is paid must not be written for it.
 */
export const invoices: EntityDefinition<'invoices'> = {
  ...salesDocument,
  entity: 'invoices',
  codecVersion: 2,
  label: ({ number, id }) => number ?? `Invoice ${id}`,
  owned: ({ id: _id, status: _status, sent: _sent, paid: _paid, credited: _credited, ...fields }) => fields,
  exclusion: ({ status }) => (status === 'open' ? null : status),
  warnings: uncredited,
};

/** Credits that do not flow make the invoice look unpaid in Xero. */
function uncredited({ credited, currency }: Invoice, { toXero }: PostingFacts): Problem[] {
  if (decimal(credited).isZero() || CREDITS.every((entity) => toXero.includes(entity))) return [];
  return [{ code: 'INVOICE_HAS_CREDITS', meta: { credited: `${money(credited)} ${currency}` } }];
}
