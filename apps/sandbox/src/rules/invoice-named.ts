import type { Invoice } from '../books/records.js';
import type { RuleContext } from './context.js';
import { refuse } from '../wire/refusal.js';

/** The invoice or bill that a payment or an allocation names by its id, else by its number. */
export function invoiceNamed(
  { tenant }: RuleContext,
  sent: { InvoiceID?: string | undefined; InvoiceNumber?: string | undefined } | undefined,
): Invoice {
  const byId = sent?.InvoiceID ? tenant.invoices.get(sent.InvoiceID.toLowerCase()) : undefined;
  const live = tenant.invoices
    .by('number', sent?.InvoiceNumber ?? '')
    .find(({ status }) => status !== 'DELETED');
  return byId ?? (sent?.InvoiceID ? undefined : live) ?? refuse('The Invoice could not be found');
}
