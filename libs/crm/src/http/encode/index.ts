import type { CanonicalRecord, CrmEntity, Item, Payment, Refund, Tax } from '@sync/domain';
import { encodeDocument } from './document.js';
import { wireTaxes, wireText, type WireRecord } from './parts.js';
import { encodePerson } from './person.js';
import { encodeExpense, encodePurchaseOrder } from './purchase.js';

export type { WireRecord } from './parts.js';

/** How the records of each entity are written: without their id, and without what the CRM derives. */
export const encoders: { [E in CrmEntity]: (record: CanonicalRecord<E>) => WireRecord } = {
  taxes: encodeTax,
  customers: encodePerson,
  vendors: encodePerson,
  items: encodeItem,
  invoices: (record) => ({ ...encodeDocument(record), dueDate: record.dueDate }),
  'credit-notes': encodeDocument,
  'credit-applications': ({ creditNoteId, invoiceId, date, amount, currency }) => ({
    creditNoteId,
    invoiceId,
    date,
    amount,
    currency,
  }),
  payments: (record) => ({ invoiceId: record.invoiceId, ...encodeMoney(record) }),
  refunds: (record) => ({ creditNoteId: record.creditNoteId, ...encodeMoney(record) }),
  expenses: encodeExpense,
  'purchase-orders': encodePurchaseOrder,
};

/** The one tax of a set; a set of several is no record of the CRM. */
function encodeTax({ components: [tax] }: Tax): WireRecord {
  return { name: wireText(tax?.name ?? ''), rate: tax?.rate ?? '0' };
}

function encodeItem(record: Item): WireRecord {
  return {
    code: wireText(record.code),
    name: wireText(record.name),
    description: wireText(record.description),
    price: record.unitPrice,
    taxes: wireTaxes(record.taxes),
  };
}

function encodeMoney({ date, amount, currency, modeId, reference }: Payment | Refund): WireRecord {
  return { date, amount, currency, mode: modeId, transactionId: wireText(reference) };
}
