import type { Ledgers } from '../booking.js';
import { recomputed } from '../recompute.js';
import type {
  CreditNoteRecord,
  CustomerRecord,
  InvoiceRecord,
  ItemRecord,
  PaymentRecord,
  TaxRecord,
} from '../records.js';
import { totalsOf } from '../totals.js';
import {
  checkCurrency,
  checkMode,
  checkPositive,
  differs,
  type Draft,
  known,
  numbered,
} from './common-rules.js';
import { WriteRefusal } from './refusal.js';

/** A tax is made once, and lines carry copies of it. */
export function settleTax(_at: Ledgers, { record, before }: Draft<TaxRecord>): TaxRecord {
  if (before !== null) throw new WriteRefusal('tax-fixed', 'A tax is not changed; make a new one.');
  return record;
}

/** A customer or vendor has a name. */
export function settlePerson(_at: Ledgers, { record }: Draft<CustomerRecord>): CustomerRecord {
  const names = [record.company, record.contact?.firstName, record.contact?.lastName];
  if (names.some((name) => (name ?? '').trim() !== '')) return record;
  throw new WriteRefusal('name-missing', 'It needs a company or a contact with a name.');
}

/** An item has a name, and a code of its own if any. */
export function settleItem({ books }: Ledgers, { record }: Draft<ItemRecord>): ItemRecord {
  if (record.name.trim() === '') throw new WriteRefusal('name-missing', 'An item needs a name.');
  const taken = [...books.all('items')].some(
    ({ id, code }) => code !== null && code === record.code && id !== record.id,
  );
  if (taken) throw new WriteRefusal('code-taken', `Another item has the code ${record.code}.`);
  return record;
}

/** An invoice once issued is no draft again; it may be cancelled, and keeps its payments then. */
export function settleInvoice(at: Ledgers, draft: Draft<InvoiceRecord>): InvoiceRecord {
  const { record, before } = draft;
  known(at, 'customers', record.customerId);
  checkCurrency(record.currency);
  if (record.status === 'draft' && before !== null && before.status !== 'draft')
    throw new WriteRefusal('already-issued', 'An invoice that was issued cannot be a draft again.');
  return numbered(at, 'invoices', totalled(draft));
}

/** The document with its totals, where a part of it changed; below zero it is none. */
export function totalled<T extends InvoiceRecord | CreditNoteRecord>(draft: Draft<T>): T {
  if (!differs(draft, ['lines', 'discount', 'adjustment'])) return draft.record;
  const document = recomputed(withFixedDiscount(draft.record));
  if (Number(document.total) < 0)
    throw new WriteRefusal('negative-total', `Its total of ${document.total} is below zero.`);
  return document;
}

/** A payment is of an invoice that was issued; it may come to more than is due. */
export function settlePayment(at: Ledgers, { record, before }: Draft<PaymentRecord>): PaymentRecord {
  const invoice = known(at, 'invoices', record.invoiceId);
  checkCurrency(record.currency, invoice);
  checkMode(at, record.mode);
  checkPositive(record.amount);
  if (invoice.status !== 'open' && before?.invoiceId !== record.invoiceId)
    throw new WriteRefusal('invoice-not-open', `Invoice ${invoice.id} is a draft or cancelled.`);
  return record;
}

/** The amount of a discount counts: a percent that comes to something else is dropped. */
function withFixedDiscount<T extends InvoiceRecord | CreditNoteRecord>(document: T): T {
  const { discount } = document;
  if (discount === null || totalsOf(document).discountTotal === discount.total) return document;
  return { ...document, discount: { ...discount, percent: null } };
}
