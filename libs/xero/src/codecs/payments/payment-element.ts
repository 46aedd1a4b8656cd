import { type Json, money, type Payment } from '@sync/domain';
import type { EncodeRequest, EncodeResult } from '@sync/engine';
import { encoded, refuse } from '../codec.js';
import { markedReference } from '../marker.js';
import { fit, toWire } from '../wire-values.js';

/** A new payment of this document. Xero takes nothing but `Status: DELETED` for one that exists. */
export function newPayment(
  { action, marker, references }: Pick<EncodeRequest, 'action' | 'marker' | 'references'>,
  { modeId, amount, date, reference }: Pick<Payment, 'modeId' | 'amount' | 'date' | 'reference'>,
  document: { readonly [name: string]: Json },
): EncodeResult {
  if (action === 'update') return refuse('PAYMENT_CHANGED');
  const accountId = references.bankAccounts.get(modeId);
  if (accountId === undefined) return refuse('PAYMENT_MODE_NOT_MAPPED', { mode: modeId });
  const element = {
    ...document,
    Account: { AccountID: accountId },
    Date: date,
    Amount: toWire(money(amount)),
    Reference: fit(markedReference(marker, reference), 255),
  };
  return encoded(element, { status: 'approved', total: money(amount) });
}
