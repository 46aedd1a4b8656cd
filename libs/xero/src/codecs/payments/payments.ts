import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { type Codec, missingParent } from '../codec.js';
import { newPayment } from './payment-element.js';
import { paymentRecord, readPayment } from './payment-wire.js';

/** Payments ⇄ Payments of sales invoices. Nothing of them is unique in Xero, so the Reference begins with the marker. */
export const paymentsCodec: Codec<'payments'> = { encode, decode };

function encode(request: EncodeRequest<'payments'>): EncodeResult {
  const { record, references } = request;
  const invoiceId = references.parents.get('invoices')?.get(record.invoiceId);
  if (invoiceId === undefined) return missingParent('invoice', record.invoiceId);
  return newPayment(request, { Invoice: { InvoiceID: invoiceId } });
}

function decode(element: unknown): XeroRecord | null {
  const payment = readPayment(element, 'ACCRECPAYMENT');
  if (payment === null) return null;
  const { Invoice } = payment;
  return paymentRecord(payment, {
    name: 'invoiceXeroId',
    xeroId: Invoice?.InvoiceID,
    currency: Invoice?.CurrencyCode,
  });
}
