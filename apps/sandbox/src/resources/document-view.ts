import type { Contact, LinedDocument } from '../books/records.js';
import type { RuleContext } from '../rules/context.js';
import { dayString, wireDay, wireInstant } from '../wire/values.js';

type View = Record<string, unknown>;

/** Date, totals and times of a document. */
export const documentBody = (document: LinedDocument & { readonly status: string }): View => ({
  DateString: dayString(document.date),
  Date: wireDay(document.date),
  Status: document.status,
  LineAmountTypes: document.lineAmountTypes,
  SubTotal: Number(document.subTotal),
  TotalTax: Number(document.totalTax),
  Total: Number(document.total),
  UpdatedDateUTC: wireInstant(document.updatedAt),
  CurrencyCode: document.currencyCode,
});

/** A further day of a document with its readable twin; nothing where it has none. */
export const dayView = (name: string, value: string | null): View =>
  value === null ? {} : { [`${name}String`]: dayString(value), [name]: wireDay(value) };

/** The contact of a document; that it is there is the rules' business. */
export function contactOf({ tenant }: Pick<RuleContext, 'tenant'>, document: LinedDocument): Contact {
  const contact = tenant.contacts.get(document.contactId);
  if (!contact) throw new Error(`Document ${document.id} names a contact that the sandbox does not have.`);
  return contact;
}
