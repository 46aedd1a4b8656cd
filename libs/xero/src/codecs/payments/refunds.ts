import type { CanonicalResult, EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { crmIdOf, ownedText, referencesTo } from '../canonical.js';
import { type CanonicalRequest, type Codec, missingParent } from '../codec.js';
import { paidOf } from './payment-canonical.js';
import { newPayment } from './payment-element.js';
import { paymentRecord, readPayment } from './payment-wire.js';

/** Refunds ⇄ Payments of credit notes. */
export const refundsCodec: Codec<'refunds'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => referencesTo('credit-notes', [ownedText(record, 'creditNoteXeroId')]),
};

function encode(request: EncodeRequest<'refunds'>): EncodeResult {
  const { record, references } = request;
  const noteId = references.parents.get('credit-notes')?.get(record.creditNoteId);
  if (noteId === undefined) return missingParent('credit note', record.creditNoteId);
  return newPayment(request, record, { CreditNote: { CreditNoteID: noteId } });
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

function canonical({ record, base, references }: CanonicalRequest<'refunds'>): CanonicalResult<'refunds'> {
  const xeroId = ownedText(record, 'creditNoteXeroId') ?? null;
  const known = base?.creditNoteId;
  const note = crmIdOf(references, 'credit-notes', { xeroId, parent: 'credit note', known });
  if (!('id' in note)) return note;
  const result = paidOf(record, base, references);
  if (!result.ok) return result;
  return { ok: true, record: { id: base?.id ?? '', creditNoteId: note.id, ...result.paid } };
}
