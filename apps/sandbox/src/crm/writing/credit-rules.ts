import { addUp, dueOf } from '../amounts.js';
import { type Ledgers, leftOf, leftOfNote } from '../booking.js';
import type { CreditApplicationRecord, CreditNoteRecord, RefundRecord } from '../records.js';
import { checkCurrency, checkMode, checkPositive, type Draft, known, numbered } from './common-rules.js';
import { WriteRefusal } from './refusal.js';
import { totalled } from './sales-rules.js';

/** A credit note is not void once it was used, and does not come to less than was used of it. */
export function settleCreditNote(at: Ledgers, draft: Draft<CreditNoteRecord>): CreditNoteRecord {
  known(at, 'customers', draft.record.customerId);
  checkCurrency(draft.record.currency);
  const note = numbered(at, 'credit-notes', totalled(draft));
  const used = addUp([note.applied, note.refunded]);
  if (note.status === 'void' && Number(used) > 0)
    throw new WriteRefusal(
      'already-used',
      `${used} of it was applied or paid back, so that it cannot be void.`,
    );
  if (Number(dueOf(note.total, used)) < 0)
    throw new WriteRefusal('below-use', `${used} of it was applied or paid back already.`);
  return note;
}

/** An application takes no more than is left of the note, and than is due of an invoice of the same customer. */
export function settleApplication(
  at: Ledgers,
  { record, before }: Draft<CreditApplicationRecord>,
): CreditApplicationRecord {
  const note = openNote(at, record.creditNoteId);
  const invoice = known(at, 'invoices', record.invoiceId);
  checkPositive(record.amount);
  checkCurrency(record.currency, note);
  checkCurrency(record.currency, invoice);
  if (invoice.customerId !== note.customerId)
    throw new WriteRefusal('other-customer', 'The credit note and the invoice are of different customers.');
  if (invoice.status !== 'open')
    throw new WriteRefusal('invoice-not-open', `Invoice ${invoice.id} is a draft or cancelled.`);
  const freedDue = before?.invoiceId === record.invoiceId ? before.amount : '0.00';
  checkRoom(record.amount, addUp([leftOf(invoice), freedDue]), 'exceeds-due', 'due of the invoice');
  checkNote(note, { record, before });
  return record;
}

/** A refund takes no more than is left of the note. */
export function settleRefund(at: Ledgers, { record, before }: Draft<RefundRecord>): RefundRecord {
  const note = openNote(at, record.creditNoteId);
  checkPositive(record.amount);
  checkCurrency(record.currency, note);
  checkMode(at, record.mode);
  checkNote(note, { record, before });
  return record;
}

function openNote(at: Ledgers, id: string): CreditNoteRecord {
  const note = known(at, 'credit-notes', id);
  if (note.status === 'open') return note;
  throw new WriteRefusal('credit-note-void', `Credit note ${id} is void.`);
}

function checkNote(
  note: CreditNoteRecord,
  { record, before }: Draft<CreditApplicationRecord | RefundRecord>,
): void {
  const freed = before?.creditNoteId === note.id ? before.amount : '0.00';
  checkRoom(record.amount, addUp([leftOfNote(note), freed]), 'exceeds-credit', 'left of the credit note');
}

function checkRoom(amount: string, room: string, code: string, of: string): void {
  if (Number(dueOf(room, amount)) < 0)
    throw new WriteRefusal(code, `${amount} is more than the ${room} ${of}.`);
}
