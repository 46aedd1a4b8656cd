import { fromCents, toCents } from '../amounts.js';
import { leftOf, leftOfNote } from '../booking.js';
import { nextNumber } from '../numbers.js';
import type { CreditApplicationRecord, CreditNoteRecord, InvoiceRecord, RefundRecord } from '../records.js';
import { makeCreditNote } from '../seed/credit-notes.js';
import { dayOf } from '../seed/dates.js';
import { type Desk, findRecord, fitRecords } from './desk.js';
import { ActError } from './request.js';

/** A credit note of today that did not exist before; not stored. */
export function newCreditNote({ books, random, now }: Desk): CreditNoteRecord {
  const customer = random.pick(fitRecords(books, 'customers'));
  const start = {
    id: books.freshId('credit-notes'),
    number: nextNumber(books, 'credit-notes'),
    date: dayOf(now),
    customer,
  };
  const note = makeCreditNote(start, { random, now, items: fitRecords(books, 'items') });
  return { ...note, createdAt: now.toISOString() };
}

/** A credit note's use for an invoice of the same customer, as far as both go; not stored. */
export function newApplication(
  desk: Desk,
  given: { creditNoteId?: string; invoiceId?: string },
): CreditApplicationRecord {
  const { note, invoice } = matchOf(desk, given);
  const cents = Math.min(toCents(leftOfNote(note)), toCents(leftOf(invoice)));
  if (cents <= 0)
    throw new ActError(409, `Nothing of credit note ${note.id} is left for invoice ${invoice.id}.`);
  return {
    id: desk.books.freshId('credit-applications'),
    creditNoteId: note.id,
    invoiceId: invoice.id,
    amount: fromCents(cents),
    currency: note.currency,
    ...todayOf(desk),
  };
}

/** What is left of a credit note, paid back; not stored. */
export function newRefund(desk: Desk, creditNoteId: string | undefined): RefundRecord {
  const note = findRecord(desk, 'credit-notes', creditNoteId, isUsable);
  if (!isUsable(note)) throw new ActError(409, `Nothing of credit note ${note.id} is left to pay back.`);
  return {
    id: desk.books.freshId('refunds'),
    creditNoteId: note.id,
    amount: leftOfNote(note),
    currency: note.currency,
    mode: '1',
    transactionId: null,
    ...todayOf(desk),
  };
}

interface Match {
  note: CreditNoteRecord;
  invoice: InvoiceRecord;
}

/** The first pair of one customer and currency with something left on both, among what is given. */
function matchOf(
  desk: Desk,
  { creditNoteId, invoiceId }: { creditNoteId?: string; invoiceId?: string },
): Match {
  const notes =
    creditNoteId === undefined
      ? fitRecords(desk.books, 'credit-notes').filter(isUsable)
      : [findRecord(desk, 'credit-notes', creditNoteId)];
  const invoices =
    invoiceId === undefined
      ? fitRecords(desk.books, 'invoices').filter(isPayable)
      : [findRecord(desk, 'invoices', invoiceId)];
  for (const note of notes) {
    const invoice = invoices.find(
      ({ customerId, currency }) => customerId === note.customerId && currency === note.currency,
    );
    if (invoice !== undefined) return { note, invoice };
  }
  throw new ActError(409, 'There is no credit note and open invoice of one customer to apply.');
}

function isUsable(note: CreditNoteRecord): boolean {
  return note.status === 'open' && toCents(leftOfNote(note)) > 0;
}

function isPayable(invoice: InvoiceRecord): boolean {
  return invoice.status === 'open' && toCents(leftOf(invoice)) > 0;
}

function todayOf({ now }: Desk) {
  return { date: dayOf(now), createdAt: now.toISOString(), updatedAt: now.toISOString() };
}
