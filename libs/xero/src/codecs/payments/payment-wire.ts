import { money } from '@sync/domain';
import { NO_KEYS, type XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { splitReference } from '../marker.js';
import { textOf, wireDay, wireMoment, wireNumber, wireText } from '../wire-values.js';

const paymentWire = z.object({
  PaymentID: z.string(),
  PaymentType: wireText,
  Status: wireText,
  Date: wireDay,
  Amount: wireNumber.nullish(),
  Reference: wireText,
  IsReconciled: z.boolean().nullish(),
  Account: z.object({ AccountID: wireText }).nullish(),
  Invoice: z.object({ InvoiceID: wireText, CurrencyCode: wireText }).nullish(),
  CreditNote: z.object({ CreditNoteID: wireText, CurrencyCode: wireText }).nullish(),
  UpdatedDateUTC: wireMoment,
});

/** A payment, as Xero sends it. */
export type PaymentWire = z.infer<typeof paymentWire>;

/**
 * Reads a payment of this type; null: it is of another. Receipts, refunds and payments of bills are listed together; an
 * element that was refused names no type, but what it was meant to pay.
 */
export function readPayment(
  element: unknown,
  type: 'ACCRECPAYMENT' | 'ARCREDITPAYMENT' | 'ACCPAYPAYMENT',
): PaymentWire | null {
  const payment = paymentWire.parse(element);
  const meant = payment.CreditNote?.CreditNoteID ? 'ARCREDITPAYMENT' : 'ACCRECPAYMENT';
  return (payment.PaymentType ?? meant) === type ? payment : null;
}

/** The record of a payment; `parent` is what it pays, under the name that it has among the owned fields. */
export function paymentRecord(
  payment: PaymentWire,
  parent: { name: string; xeroId: string | null | undefined; currency: string | null | undefined },
): XeroRecord {
  const { marker, text } = splitReference(payment.Reference);
  const total = typeof payment.Amount === 'string' ? money(payment.Amount) : null;
  const currency = textOf(parent.currency) ?? null;
  return {
    xeroId: payment.PaymentID,
    keys: {
      ...NO_KEYS,
      marker,
      parentXeroId: parent.xeroId ?? null,
      currency,
      date: payment.Date ?? null,
      total,
    },
    owned: {
      [parent.name]: parent.xeroId ?? undefined,
      accountId: payment.Account?.AccountID,
      date: payment.Date,
      amount: total ?? undefined,
      reference: text,
    },
    derived: {
      status: payment.Status === 'DELETED' ? 'deleted' : 'approved',
      ...(total !== null && { total }),
      ...(typeof payment.IsReconciled === 'boolean' && { reconciled: payment.IsReconciled }),
    },
    updatedAt: payment.UpdatedDateUTC,
  };
}
