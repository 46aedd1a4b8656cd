import { addUp, dueOf } from './amounts.js';
import type { CrmBooks } from './books.js';
import type { CrmEntity, CrmRecords, CreditNoteRecord, InvoiceRecord } from './records.js';

/** The books, and the moment at which something is written into them. */
export interface Ledgers {
  books: CrmBooks;
  now: Date;
}

/** Stores a record as changed now, and books it on its parents; one that was spoilt counts as mended. */
export function save<E extends CrmEntity>(at: Ledgers, entity: E, record: CrmRecords[E], key?: string): void {
  const { books, now } = at;
  const before = books.get(entity, record.id);
  const stamped = { ...record, updatedAt: now.toISOString() };
  books.put(entity, stamped, key === undefined ? {} : { key });
  bookParents(at, entity, record);
  if (before !== null && parentText(before) !== parentText(record)) bookParents(at, entity, before);
}

/** Deletes a record, and takes it off its parents. */
export function discard<E extends CrmEntity>(at: Ledgers, entity: E, record: CrmRecords[E]): void {
  at.books.remove(entity, record.id);
  bookParents(at, entity, record);
}

/** Books on invoices and credit notes what this record, before or after a change, comes to; spoilt ones stay so. */
export function bookParents<E extends CrmEntity>(at: Ledgers, entity: E, record: CrmRecords[E]): void {
  const { invoiceId, creditNoteId } = parentsOf(record);
  if (entity === 'payments' && invoiceId !== undefined) bookPayments(at, invoiceId);
  if (entity === 'credit-applications' && invoiceId !== undefined) bookCredits(at, invoiceId);
  if (creditNoteId !== undefined) bookUse(at, creditNoteId);
}

/** What is left to pay of an invoice. */
export function leftOf(invoice: InvoiceRecord): string {
  return dueOf(invoice.total, invoice.paid, invoice.credited);
}

/** What is left to use of a credit note. */
export function leftOfNote(note: CreditNoteRecord): string {
  return dueOf(note.total, note.applied, note.refunded);
}

/** What was paid, applied or refunded on this invoice or credit note. */
export function settlementsOf<E extends 'payments' | 'credit-applications' | 'refunds'>(
  { books }: Pick<Ledgers, 'books'>,
  entity: E,
  of: { invoiceId?: string; creditNoteId?: string },
): CrmRecords[E][] {
  return [...books.all(entity)].filter((record) => {
    const { invoiceId, creditNoteId } = parentsOf(record);
    return of.invoiceId === undefined ? creditNoteId === of.creditNoteId : invoiceId === of.invoiceId;
  });
}

function bookPayments(at: Ledgers, invoiceId: string): void {
  const invoice = at.books.get('invoices', invoiceId);
  const paid = amountOf(settlementsOf(at, 'payments', { invoiceId }));
  if (invoice !== null) rewrite(at, 'invoices', { ...invoice, paid });
}

function bookCredits(at: Ledgers, invoiceId: string): void {
  const invoice = at.books.get('invoices', invoiceId);
  const credited = amountOf(settlementsOf(at, 'credit-applications', { invoiceId }));
  if (invoice !== null) rewrite(at, 'invoices', { ...invoice, credited });
}

function bookUse(at: Ledgers, creditNoteId: string): void {
  const note = at.books.get('credit-notes', creditNoteId);
  const applied = amountOf(settlementsOf(at, 'credit-applications', { creditNoteId }));
  const refunded = amountOf(settlementsOf(at, 'refunds', { creditNoteId }));
  if (note !== null) rewrite(at, 'credit-notes', { ...note, applied, refunded });
}

function rewrite<E extends CrmEntity>({ books, now }: Ledgers, entity: E, record: CrmRecords[E]): void {
  const unfit = books.isUnfit(entity, record.id);
  books.put(entity, { ...record, updatedAt: now.toISOString() }, { unfit });
}

function amountOf(records: readonly { amount: string }[]): string {
  return addUp(records.map(({ amount }) => amount));
}

function parentsOf(record: object): { invoiceId?: string; creditNoteId?: string } {
  return record;
}

function parentText(record: object): string {
  const { invoiceId, creditNoteId } = parentsOf(record);
  return `${invoiceId} ${creditNoteId}`;
}
