import type { CanonicalResult, EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { crmIdOf, ownedText, referencesTo } from '../canonical.js';
import { type CanonicalRequest, type Codec, missingParent } from '../codec.js';
import { paidOf } from './payment-canonical.js';
import { newPayment } from './payment-element.js';
import { paymentRecord, readPayment } from './payment-wire.js';

/** Payments ⇄ Payments of sales invoices. Nothing of them is unique in Xero, so the Reference begins with the marker. */
export const paymentsCodec: Codec<'payments'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => referencesTo('invoices', [ownedText(record, 'invoiceXeroId')]),
};

function encode(request: EncodeRequest<'payments'>): EncodeResult {
  const { record, references } = request;
  const invoiceId = references.parents.get('invoices')?.get(record.invoiceId);
  if (invoiceId === undefined) return missingParent('invoice', record.invoiceId);
  return newPayment(request, record, { Invoice: { InvoiceID: invoiceId } });
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

function canonical({ record, base, references }: CanonicalRequest<'payments'>): CanonicalResult<'payments'> {
  const xeroId = ownedText(record, 'invoiceXeroId') ?? null;
  const invoice = crmIdOf(references, 'invoices', { xeroId, parent: 'invoice', known: base?.invoiceId });
  if (!('id' in invoice)) return invoice;
  const result = paidOf(record, base, references);
  if (!result.ok) return result;
  return { ok: true, record: { id: base?.id ?? '', invoiceId: invoice.id, ...result.paid } };
}
