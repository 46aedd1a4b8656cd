import type { CrmEntity } from '@sync/domain';
import { decodeCreditApplication, decodeCreditNote } from './credit-note.js';
import { decodeCustomer, decodeVendor } from './customer.js';
import type { Decoder } from './decoder.js';
import { decodeExpense } from './expense.js';
import { decodeAnyInvoice, decodeInvoice } from './invoice.js';
import { decodeItem } from './item.js';
import { decodePayment } from './payment.js';
import { decodePurchaseOrder } from './purchase-order.js';
import { decodeRefund } from './refund.js';
import { decodeTax } from './tax.js';

/** How the records of each entity are read. */
export const decoders: { [E in CrmEntity]: Decoder<E> } = {
  taxes: decodeTax,
  customers: decodeCustomer,
  vendors: decodeVendor,
  items: decodeItem,
  invoices: decodeInvoice,
  'credit-notes': decodeCreditNote,
  'credit-applications': decodeCreditApplication,
  payments: decodePayment,
  refunds: decodeRefund,
  expenses: decodeExpense,
  'purchase-orders': decodePurchaseOrder,
};

/** How the records that we wrote are read back: drafts, too. */
export const writtenDecoders: typeof decoders = { ...decoders, invoices: decodeAnyInvoice };
