import type { CrmBooks } from './books.js';
import { creditNoteNumber } from './seed/credit-notes.js';
import { invoiceNumber } from './seed/invoices.js';
import { orderNumber } from './seed/purchase-orders.js';

/** What carries a number of its own. */
export type Numbered = 'invoices' | 'credit-notes' | 'purchase-orders';

/** The number that follows the highest one of the CRM's own form. */
export function nextNumber(books: CrmBooks, entity: Numbered): string {
  const { form, print } = SERIES[entity];
  let highest = 0;
  for (const { number } of books.all(entity))
    highest = Math.max(highest, Number(form.exec(number ?? '')?.[1] ?? 0));
  return print(highest + 1);
}

const SERIES: Record<Numbered, { form: RegExp; print: (ordinal: number) => string }> = {
  invoices: { form: /^INV-(\d{1,15})$/, print: invoiceNumber },
  'credit-notes': { form: /^CN-(\d{1,15})$/, print: creditNoteNumber },
  'purchase-orders': { form: /^PO-(\d{1,15})$/, print: orderNumber },
};
