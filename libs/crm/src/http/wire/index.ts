import type { Entity } from '@sync/domain';
import { decodeCustomer } from './customer.js';
import type { Decoder } from './decoder.js';
import { decodeInvoice } from './invoice.js';
import { decodeItem } from './item.js';
import { decodePayment } from './payment.js';
import { decodeTax } from './tax.js';

/** How the records of each entity are read. */
export const decoders: { [E in Entity]: Decoder<E> } = {
  taxes: decodeTax,
  customers: decodeCustomer,
  items: decodeItem,
  invoices: decodeInvoice,
  payments: decodePayment,
};
