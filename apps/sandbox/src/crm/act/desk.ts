import { addUp, dueOf } from '../amounts.js';
import type { CrmBooks } from '../books.js';
import type { CrmEntity, CrmRecords, InvoiceRecord } from '../records.js';
import type { Random } from '../seed/random.js';
import { totalsOf } from '../totals.js';
import { ActError } from './request.js';

/** What a person at the CRM works with. */
export interface Desk {
  books: CrmBooks;
  /** The same for the same seed and the same number of changes before. */
  random: Random;
  now: Date;
}

/** The record with this id, or the first that suits; throws an ActError when there is none. */
export function findRecord<E extends CrmEntity>(
  { books }: Desk,
  entity: E,
  id: string | undefined,
  suits: (record: CrmRecords[E]) => boolean = () => true,
): CrmRecords[E] {
  if (id === undefined) {
    for (const record of books.all(entity))
      if (!books.isUnfit(entity, record.id) && suits(record)) return record;
    throw new ActError(409, `There is none of the ${entity} to do this with.`);
  }
  const record = books.get(entity, id);
  if (record === null) throw new ActError(404, `There is no record ${id} among the ${entity}.`);
  return record;
}

/** Stores a record as changed now; one that was spoilt counts as mended. */
export function save<E extends CrmEntity>({ books, now }: Desk, entity: E, record: CrmRecords[E]): void {
  books.put(entity, { ...record, updatedAt: now.toISOString() });
}

/** The invoice with the amounts that follow from its parts. */
export function recomputed(invoice: InvoiceRecord): InvoiceRecord {
  const { discountTotal, ...amounts } = totalsOf(invoice);
  const discount = invoice.discount === null ? null : { ...invoice.discount, total: discountTotal };
  return { ...invoice, ...amounts, discount };
}

/** Books on an invoice what its payments come to; a spoilt one stays so. */
export function rebook(desk: Desk, invoiceId: string): void {
  const { books, now } = desk;
  const invoice = books.get('invoices', invoiceId);
  if (invoice === null) return;
  const paid = addUp(paymentsOf(desk, invoiceId).map(({ amount }) => amount));
  books.put(
    'invoices',
    { ...invoice, paid, updatedAt: now.toISOString() },
    books.isUnfit('invoices', invoiceId),
  );
}

/** The payments of an invoice. */
export function paymentsOf({ books }: Desk, invoiceId: string): CrmRecords['payments'][] {
  return [...books.all('payments')].filter((payment) => payment.invoiceId === invoiceId);
}

/** What is left to pay of an invoice. */
export function leftOf(invoice: InvoiceRecord): string {
  return dueOf(invoice.total, invoice.paid, invoice.credited);
}
