import type { Invoice } from '../books/records.js';
import { organisationOf, type RuleContext } from './context.js';

/** The next number of the organisation's own series that no invoice bears. */
export function freeNumber(context: RuleContext): string {
  const organisation = organisationOf(context);
  let next = organisation.nextInvoiceNumber;
  while (context.tenant.invoices.by('number', numbered(next)).length > 0) next++;
  context.books.organisations.put({ ...organisation, nextInvoiceNumber: next + 1 });
  return numbered(next);
}

const numbered = (value: number): string => `INV-${String(value).padStart(4, '0')}`;

/**
 * Whether another invoice holds this number. DELETED ones give theirs free; for VOIDED ones Xero says nothing, so it is
 * a setting of the organisation, and the stricter way by default.
 */
export function isNumberTaken(context: RuleContext, invoice: Pick<Invoice, 'id' | 'number'>): boolean {
  const { reuseVoidedNumbers } = organisationOf(context);
  return context.tenant.invoices
    .by('number', invoice.number)
    .some(
      ({ id, status }) =>
        id !== invoice.id && status !== 'DELETED' && !(status === 'VOIDED' && reuseVoidedNumbers),
    );
}
