import { leftOf, save } from '../booking.js';
import type { CrmEntity, CrmRecords, InvoiceRecord } from '../records.js';
import { type Desk, findRecord } from './desk.js';
import { withFields } from './merge.js';
import { newApplication, newCreditNote, newRefund } from './new-credits.js';
import { newExpense, newPurchaseOrder } from './new-purchases.js';
import { newInvoice, newItem, newPayment, newPerson, newTax } from './new-sales.js';
import { readFields } from './read-fields.js';

/** Makes one new record with these fields; what they leave open is made up. Returns its id. */
export function createRecord<E extends CrmEntity>(desk: Desk, entity: E, given: unknown): string {
  const fields = readFields(entity, given);
  const record = withFields(entity, MAKE[entity](desk, fields), fields);
  save(desk, entity, record);
  return record.id;
}

const MAKE: { [E in CrmEntity]: (desk: Desk, fields: Partial<CrmRecords[E]>) => CrmRecords[E] } = {
  taxes: newTax,
  customers: (desk) => newPerson(desk, 'customers'),
  vendors: (desk) => newPerson(desk, 'vendors'),
  items: newItem,
  invoices: newInvoice,
  'credit-notes': newCreditNote,
  'credit-applications': newApplication,
  payments: (desk, { invoiceId }) => newPayment(desk, findRecord(desk, 'invoices', invoiceId, isPayable)),
  refunds: (desk, { creditNoteId }) => newRefund(desk, creditNoteId),
  expenses: newExpense,
  'purchase-orders': newPurchaseOrder,
};

function isPayable(invoice: InvoiceRecord): boolean {
  return invoice.status === 'open' && Number(leftOf(invoice)) > 0;
}
