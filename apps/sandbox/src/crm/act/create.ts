import type { CrmEntity, CrmRecords, InvoiceRecord, PaymentRecord } from '../records.js';
import { makeCustomer } from '../seed/customers.js';
import { dayOf } from '../seed/dates.js';
import { invoiceNumber, makeInvoice } from '../seed/invoices.js';
import { makeItem } from '../seed/items.js';
import { type Desk, findRecord, leftOf, rebook, recomputed, save } from './desk.js';
import { readFields } from './fields.js';

/** Makes one new record with these fields; what they leave open is made up. Returns its id. */
export function createRecord(desk: Desk, entity: CrmEntity, fields: unknown): string {
  switch (entity) {
    case 'taxes':
      return add(desk, entity, { ...newTax(desk), ...readFields(entity, fields) });
    case 'customers':
      return add(desk, entity, { ...newCustomer(desk), ...readFields(entity, fields) });
    case 'items':
      return add(desk, entity, { ...newItem(desk), ...readFields(entity, fields) });
    case 'invoices':
      return add(desk, entity, invoiceWith(newInvoice(desk), readFields(entity, fields)));
    case 'payments':
      return addPayment(desk, readFields(entity, fields));
  }
}

/** The invoice with changed fields; amounts follow from its parts unless the fields give them. */
export function invoiceWith(invoice: InvoiceRecord, fields: Partial<InvoiceRecord>): InvoiceRecord {
  const changed = { ...invoice, ...fields };
  const parts: (keyof InvoiceRecord)[] = ['lines', 'discount', 'adjustment'];
  return parts.some((part) => part in fields) ? { ...recomputed(changed), ...fields } : changed;
}

/** A customer that did not exist before; not stored. */
export function newCustomer({ books, random, now }: Desk): CrmRecords['customers'] {
  const names = new Set([...books.all('customers')].map(({ company }) => (company ?? '').toLowerCase()));
  return {
    ...makeCustomer(books.freshId('customers'), { random, now, currencies: false, names }),
    createdAt: now.toISOString(),
  };
}

/** An item that did not exist before; not stored. */
export function newItem({ books, random, now }: Desk): CrmRecords['items'] {
  return { ...makeItem(Number(books.freshId('items')), random, now), createdAt: now.toISOString() };
}

/** An invoice of today that did not exist before; not stored. */
export function newInvoice(desk: Desk): InvoiceRecord {
  const { books, random, now } = desk;
  const customers = [...books.all('customers')].filter(({ id }) => !books.isUnfit('customers', id));
  const items = [...books.all('items')].filter(({ id }) => !books.isUnfit('items', id));
  const start = { id: books.freshId('invoices'), number: nextNumber(desk), date: dayOf(now) };
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

/** The number that follows the highest one. */
export function nextNumber({ books }: Desk): string {
  let highest = 0;
  for (const { number } of books.all('invoices')) {
    highest = Math.max(highest, Number(/^INV-(\d+)$/.exec(number ?? '')?.[1] ?? 0));
  }
  return invoiceNumber(highest + 1);
}

function newTax({ books, random, now }: Desk): CrmRecords['taxes'] {
  const id = books.freshId('taxes');
  const createdAt = now.toISOString();
  return { id, name: `Levy ${id}`, rate: `${random.int(1, 25)}.00`, createdAt, updatedAt: createdAt };
}

function addPayment(desk: Desk, fields: Partial<PaymentRecord>): string {
  const payable = (invoice: InvoiceRecord): boolean =>
    invoice.status === 'open' && Number(leftOf(invoice)) > 0;
  const invoice = findRecord(desk, 'invoices', fields.invoiceId, payable);
  const id = add(desk, 'payments', { ...newPayment(desk, invoice), ...fields });
  rebook(desk, invoice.id);
  return id;
}

function add<E extends CrmEntity>(desk: Desk, entity: E, record: CrmRecords[E]): string {
  save(desk, entity, record);
  return record.id;
}
