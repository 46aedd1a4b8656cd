import { type Json, money } from '@sync/domain';
import type { EncodeRequest, EncodeResult } from '@sync/engine';
import { encoded, refuse } from '../codec.js';
import { bookedReference, bookingOf } from '../moved-date.js';
import { toWire } from '../wire-values.js';

/** A new payment of this document. Xero takes nothing but `Status: DELETED` for one that exists. */
export function newPayment(
  request: EncodeRequest<'payments'> | EncodeRequest<'refunds'>,
  document: { readonly [name: string]: Json },
): EncodeResult {
  const { action, record, marker, references } = request;
  if (action === 'update') return refuse('PAYMENT_CHANGED');
  const { modeId, amount, reference } = record;
  const accountId = references.bankAccounts.get(modeId);
  if (accountId === undefined) return refuse('PAYMENT_MODE_NOT_MAPPED', { mode: modeId });
  const booking = bookingOf(request);
  const element = {
    ...document,
    Account: { AccountID: accountId },
    Date: booking.date,
    Amount: toWire(money(amount)),
    Reference: bookedReference(marker, reference, booking),
  };
  return encoded(element, { status: 'approved', total: money(amount) });
}
