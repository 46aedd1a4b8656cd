import type { CrmEntity } from '../records.js';
import { invoiceWith, nextNumber } from './create.js';
import { type Desk, findRecord, paymentsOf, rebook, save } from './desk.js';
import { readFields } from './fields.js';
import { ActError } from './request.js';

/** Changes fields of a record, or something small of it where none are given. Returns its id. */
export function editRecord(desk: Desk, entity: CrmEntity, id: string | undefined, fields: unknown): string {
  switch (entity) {
    case 'taxes': {
      const tax = findRecord(desk, entity, id);
      save(desk, entity, { ...tax, ...readFields(entity, fields) });
      return tax.id;
    }
    case 'customers': {
      const customer = findRecord(desk, entity, id);
      const small = { phone: desk.random.fill('+1 503 555 01##') };
      save(desk, entity, { ...customer, ...readFields(entity, fields ?? small) });
      return customer.id;
    }
    case 'items': {
      const item = findRecord(desk, entity, id);
      const small = { price: desk.random.fill('##.##') };
      save(desk, entity, { ...item, ...readFields(entity, fields ?? small) });
      return item.id;
    }
    case 'invoices':
      return editInvoice(desk, id, fields);
    case 'payments':
      return editPayment(desk, id, fields);
  }
}

/** Deletes a record as the CRM lets a person do it: an invoice with its payments, a customer only without invoices. */
export function deleteRecord(desk: Desk, entity: CrmEntity, id: string | undefined): string {
  const record = findRecord(desk, entity, id);
  if (entity === 'customers') refuseWithInvoices(desk, record.id);
  if (entity === 'invoices') {
    for (const payment of paymentsOf(desk, record.id)) desk.books.remove('payments', payment.id);
  }
  const payment = entity === 'payments' ? desk.books.get('payments', record.id) : null;
  desk.books.remove(entity, record.id);
  if (payment !== null) rebook(desk, payment.invoiceId);
  return record.id;
}

/** Cancels an invoice. */
export function cancelInvoice(desk: Desk, id: string | undefined): string {
  const invoice = findRecord(
    desk,
    'invoices',
    id,
    ({ status, paid }) => status === 'open' && paid === '0.00',
  );
  save(desk, 'invoices', { ...invoice, status: 'cancelled' });
  return invoice.id;
}

/** A draft that is opened gets a number. */
function editInvoice(desk: Desk, id: string | undefined, fields: unknown): string {
  const invoice = findRecord(desk, 'invoices', id, ({ status }) => status === 'open');
  const small = { reference: desk.random.fill('PO-#####') };
  const changed = invoiceWith(invoice, readFields('invoices', fields ?? small));
  const number = changed.status === 'draft' ? changed.number : (changed.number ?? nextNumber(desk));
  save(desk, 'invoices', { ...changed, number });
  return invoice.id;
}

function editPayment(desk: Desk, id: string | undefined, fields: unknown): string {
  const payment = findRecord(desk, 'payments', id);
  const small = { transactionId: desk.random.fill('TRX ########') };
  save(desk, 'payments', { ...payment, ...readFields('payments', fields ?? small) });
  rebook(desk, payment.invoiceId);
  return payment.id;
}

function refuseWithInvoices({ books }: Desk, customerId: string): void {
  for (const invoice of books.all('invoices')) {
    if (invoice.customerId !== customerId) continue;
    throw new ActError(409, `Customer ${customerId} has invoices and cannot be deleted.`);
  }
}
