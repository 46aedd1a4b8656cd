import type { Entity } from '@sync/domain';
import type { CanonicalResult, EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { type CanonicalRequest, type Reference, type Codec } from './codec.js';
import { contactsCodec } from './contacts/contacts.js';
import { creditNotesCodec } from './documents/credit-notes.js';
import { invoicesCodec } from './documents/invoices.js';
import { purchaseOrdersCodec } from './documents/purchase-orders.js';
import { billPaymentsCodec } from './expenses/bill-payments.js';
import { billsCodec } from './expenses/bills.js';
import { expensesCodec } from './expenses/expenses.js';
import { itemsCodec } from './items.js';
import { creditApplicationsCodec } from './payments/credit-applications.js';
import { paymentsCodec } from './payments/payments.js';
import { refundsCodec } from './payments/refunds.js';
import { taxesCodec } from './taxes.js';

/** The codec of each entity. */
export const CODECS: { readonly [E in Entity]: Codec<E> } = {
  taxes: taxesCodec,
  customers: contactsCodec,
  vendors: contactsCodec,
  items: itemsCodec,
  invoices: invoicesCodec,
  'credit-notes': creditNotesCodec,
  'credit-applications': creditApplicationsCodec,
  payments: paymentsCodec,
  refunds: refundsCodec,
  expenses: expensesCodec,
  bills: billsCodec,
  'bill-payments': billPaymentsCodec,
  'purchase-orders': purchaseOrdersCodec,
};

/** The wire form of a record, by the codec of its entity. */
export function encode<E extends Entity>(request: EncodeRequest<E>): EncodeResult {
  const codec: Codec<E> = CODECS[request.entity];
  return codec.encode(request);
}

/** A record of Xero in the CRM's terms, by the codec of its entity. */
export function canonical<E extends Entity>(
  request: { entity: E } & CanonicalRequest<E>,
): CanonicalResult<E> {
  const codec: Codec<E> = CODECS[request.entity];
  return codec.canonical(request);
}

/** The records of Xero that are needed for that. */
export function refersTo(entity: Entity, record: XeroRecord): Reference[] {
  return CODECS[entity].refersTo(record);
}
