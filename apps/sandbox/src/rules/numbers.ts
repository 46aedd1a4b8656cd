import type { CreditNote, Invoice } from '../books/records.js';
import { organisationOf, type RuleContext } from './context.js';

const series = {
  'INV-': { counter: 'nextInvoiceNumber', rows: 'invoices' },
  'CN-': { counter: 'nextCreditNoteNumber', rows: 'creditNotes' },
  'PO-': { counter: 'nextOrderNumber', rows: 'purchaseOrders' },
} as const;

/** The next number of one of the organisation's own series that no document bears. */
export function freeNumber(context: RuleContext, prefix: keyof typeof series): string {
  const { counter, rows } = series[prefix];
  const organisation = organisationOf(context);
  let next = organisation[counter];
  while (context.tenant[rows].by('number', numbered(prefix, next)).length > 0) next++;
  context.books.organisations.put({ ...organisation, [counter]: next + 1 });
  return numbered(prefix, next);
}

const numbered = (prefix: string, value: number): string => `${prefix}${String(value).padStart(4, '0')}`;

type Numbered = Pick<Invoice | CreditNote, 'id' | 'number' | 'type' | 'status'>;

/**
 * Whether another document to customers holds this number; those of suppliers are not unique. DELETED ones give theirs
 * free; for VOIDED ones Xero says nothing, so it is a setting of the organisation, and the stricter way by default.
 */
export function isNumberTaken(
  context: RuleContext,
  rows: { by(index: 'number', key: string): readonly Numbered[] },
  document: Numbered,
): boolean {
  const { reuseVoidedNumbers } = organisationOf(context);
  if (isOfSupplier(document)) return false;
  return rows
    .by('number', document.number)
    .some(
      (other) =>
        other.id !== document.id &&
        !isOfSupplier(other) &&
        other.status !== 'DELETED' &&
        !(other.status === 'VOIDED' && reuseVoidedNumbers),
    );
}

const isOfSupplier = ({ type }: Numbered): boolean => type === 'ACCPAY' || type === 'ACCPAYCREDIT';
