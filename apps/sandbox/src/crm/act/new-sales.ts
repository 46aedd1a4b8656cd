import { leftOf } from '../booking.js';
import type { CrmBooks } from '../books.js';
import type { CrmRecords, CustomerRecord, InvoiceRecord, PaymentRecord } from '../records.js';
import { makeCustomer } from '../seed/customers.js';
import { dayOf } from '../seed/dates.js';
import { makeInvoice } from '../seed/invoices.js';
import { makeItem } from '../seed/items.js';
import { nextNumber } from '../numbers.js';
import { type Desk, fitRecords } from './desk.js';

/** A tax that did not exist before; not stored. */
export function newTax({ books, random, now }: Desk): CrmRecords['taxes'] {
  const id = books.freshId('taxes');
  const createdAt = now.toISOString();
  return { id, name: `Levy ${id}`, rate: `${random.int(1, 25)}.00`, createdAt, updatedAt: createdAt };
}

/** A customer or vendor that did not exist before, by a name that neither kind has; not stored. */
export function newPerson({ books, random, now }: Desk, entity: 'customers' | 'vendors'): CustomerRecord {
  const making = { random, now, currencies: false, names: namesOf(books) };
  return { ...makeCustomer(books.freshId(entity), making), createdAt: now.toISOString() };
}

/** An item that did not exist before; not stored. */
export function newItem({ books, random, now }: Desk): CrmRecords['items'] {
  return { ...makeItem(Number(books.freshId('items')), random, now), createdAt: now.toISOString() };
}

/** An invoice of today that did not exist before; not stored. */
export function newInvoice(desk: Desk): InvoiceRecord {
  const { books, random, now } = desk;
  const customers = fitRecords(books, 'customers');
  const items = fitRecords(books, 'items');
  const start = { id: books.freshId('invoices'), number: nextNumber(books, 'invoices'), date: dayOf(now) };
  return { ...makeInvoice(start, { random, now, customers, items }), createdAt: now.toISOString() };
}

/** A payment of what is left of an invoice; not stored. */
export function newPayment({ books, now }: Desk, invoice: InvoiceRecord): PaymentRecord {
  return {
    id: books.freshId('payments'),
    invoiceId: invoice.id,
    date: dayOf(now),
    amount: leftOf(invoice),
    currency: invoice.currency,
    mode: '1',
    transactionId: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
}

function namesOf(books: CrmBooks): Set<string> {
  const people = [...books.all('customers'), ...books.all('vendors')];
  return new Set(people.map(({ company }) => (company ?? '').toLowerCase()));
}
