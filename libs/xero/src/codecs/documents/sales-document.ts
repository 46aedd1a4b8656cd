import type { Json } from '@sync/domain';
import type { EncodeRequest } from '@sync/engine';
import { missingParent, type Refusal } from '../codec.js';
import type { PricedLine } from '../money/priced-line.js';
import type { Booking } from '../moved-date.js';
import { lineElement, unmappedTax } from './line-element.js';

/** A request for an invoice or a credit note: both go to a customer, with the same lines. */
export type SalesRequest = EncodeRequest<'invoices'> | EncodeRequest<'credit-notes'>;

/** What in Xero is missing for these lines; null: nothing. */
export function missingForSales(
  { record, references }: SalesRequest,
  lines: readonly PricedLine[],
): Refusal | null {
  const sets = record.lines.map(({ taxes }) => taxes);
  const unmapped = unmappedTax(lines, references.taxTypes, sets);
  if (unmapped !== null) return unmapped;
  const known = references.parents.get('customers')?.has(record.customerId) === true;
  return known ? null : missingParent('customer', record.customerId);
}

/** What an invoice and a credit note have in common. */
export function salesContent(
  { record, references }: SalesRequest,
  lines: readonly PricedLine[],
  { date }: Pick<Booking, 'date'>,
): { [field: string]: Json | undefined } {
  return {
    // More than the id would edit the contact.
    Contact: { ContactID: references.parents.get('customers')?.get(record.customerId) },
    Date: date,
    CurrencyCode: record.currency,
    LineAmountTypes: 'Exclusive',
    LineItems: lines.map((line) => lineElement(references, line)),
  };
}
