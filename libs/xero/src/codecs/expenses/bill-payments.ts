import {
  type CanonicalResult,
  type EncodeRequest,
  type EncodeResult,
  NO_PAYMENT_MODE,
  type XeroRecord,
} from '@sync/engine';
import { inexpressible, ownedText } from '../canonical.js';
import { type CanonicalRequest, type Codec, missingParent } from '../codec.js';
import { modeOf, settledOf } from '../payments/payment-canonical.js';
import { newPayment } from '../payments/payment-element.js';
import { paymentRecord, readPayment } from '../payments/payment-wire.js';

/** What an expense says of its payment ⇄ Payments of bills. */
export const billPaymentsCodec: Codec<'bill-payments'> = { encode, decode, canonical, refersTo: () => [] };

function encode(request: EncodeRequest<'bill-payments'>): EncodeResult {
  const { record, references } = request;
  const { id, modeId, total: amount, date, reference } = record;
  const billId = references.parents.get('bills')?.get(id);
  if (billId === undefined) return missingParent('bill', id);
  const paid = { modeId: modeId ?? NO_PAYMENT_MODE, amount, date, reference };
  return newPayment(request, paid, { Invoice: { InvoiceID: billId } });
}

/** Reads a payment of a bill; null: it is of something else. */
function decode(element: unknown): XeroRecord | null {
  const payment = readPayment(element, 'ACCPAYPAYMENT');
  if (payment === null) return null;
  const { Invoice } = payment;
  return paymentRecord(payment, {
    name: 'billXeroId',
    xeroId: Invoice?.InvoiceID,
    currency: Invoice?.CurrencyCode,
  });
}

/** What the payment says of the expense; all else of it the bill says. */
function canonical({
  record,
  base,
  references,
}: CanonicalRequest<'bill-payments'>): CanonicalResult<'bill-payments'> {
  if (base === null) return inexpressible('the CRM has no payments of bills');
  const paid = settledOf(record, { ...base, amount: base.total }, references);
  if (!paid.ok) return paid;
  const known = base.modeId ?? NO_PAYMENT_MODE;
  const mode = modeOf(ownedText(record, 'accountId') ?? null, known, references);
  if (typeof mode !== 'string') return mode;
  const modeId = mode === NO_PAYMENT_MODE ? null : mode;
  return { ok: true, record: { ...base, date: paid.date, total: paid.amount, modeId } };
}
