import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { type Codec, missingParent } from '../codec.js';
import { newPayment } from './payment-element.js';
import { paymentRecord, readPayment } from './payment-wire.js';

/** Refunds ⇄ Payments of credit notes. */
export const refundsCodec: Codec<'refunds'> = { encode, decode };

function encode(request: EncodeRequest<'refunds'>): EncodeResult {
  const { record, references } = request;
  const noteId = references.parents.get('credit-notes')?.get(record.creditNoteId);
  if (noteId === undefined) return missingParent('credit note', record.creditNoteId);
  return newPayment(request, { CreditNote: { CreditNoteID: noteId } });
}

/** A listing names the credit note where it names the invoice of a receipt. */
function decode(element: unknown): XeroRecord | null {
  const payment = readPayment(element, 'ARCREDITPAYMENT');
  if (payment === null) return null;
  const { CreditNote, Invoice } = payment;
  return paymentRecord(payment, {
    name: 'creditNoteXeroId',
    xeroId: CreditNote?.CreditNoteID ?? Invoice?.InvoiceID,
    currency: CreditNote?.CurrencyCode ?? Invoice?.CurrencyCode,
  });
}
