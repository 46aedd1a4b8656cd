import { type Json, money, type Payment } from '@sync/domain';
import type { EncodeRequest, EncodeResult } from '@sync/engine';
import { encoded, refuse } from '../codec.js';
import { bookedReference, bookingOf } from '../moved-date.js';
import { toWire } from '../wire-values.js';

/** A new payment of this document. Xero takes nothing but `Status: DELETED` for one that exists. */
export function newPayment(
  request: Pick<EncodeRequest, 'action' | 'changed' | 'held' | 'marker' | 'references'>,
  paid: Pick<Payment, 'modeId' | 'amount' | 'date' | 'reference'>,
  document: { readonly [name: string]: Json },
): EncodeResult {
  const { action, marker, references } = request;
  if (action === 'update') return refuse('PAYMENT_CHANGED');
  const { modeId, amount, reference } = paid;
  const accountId = references.bankAccounts.get(modeId);
  if (accountId === undefined) return refuse('PAYMENT_MODE_NOT_MAPPED', { mode: modeId });
  const booking = bookingOf({ ...request, record: paid });
  const element = {
    ...document,
    Account: { AccountID: accountId },
    Date: booking.date,
    Amount: toWire(money(amount)),
    Reference: bookedReference(marker, reference, booking),
  };
  return encoded(element, { status: 'approved', total: money(amount) });
}
