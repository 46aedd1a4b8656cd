import { money } from '@sync/domain';
import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { type Codec, NO_KEYS, refuse } from './codec.js';
import { markedReference, splitReference } from './marker.js';
import { fit, textOf, toWire, wireDay, wireMoment, wireNumber, wireText } from './wire-values.js';

const paymentWire = z.object({
  PaymentID: z.string(),
  PaymentType: wireText,
  Status: wireText,
  Date: wireDay,
  Amount: wireNumber.nullish(),
  Reference: wireText,
  Account: z.object({ AccountID: wireText }).nullish(),
  Invoice: z.object({ InvoiceID: wireText, CurrencyCode: wireText }).nullish(),
  UpdatedDateUTC: wireMoment,
});

/** Payments ⇄ Payments of sales invoices. Nothing of them is unique in Xero, so the Reference begins with the marker. */
export const paymentsCodec: Codec<'payments'> = { encode, decode };

function encode({ action, record, marker, references }: EncodeRequest<'payments'>): EncodeResult {
  // Xero takes nothing but `Status: DELETED` for a payment that exists.
  if (action === 'update') return refuse('PAYMENT_CHANGED');
  const accountId = references.bankAccounts.get(record.modeId);
  if (accountId === undefined) return refuse('PAYMENT_MODE_NOT_MAPPED', { mode: record.modeId });
  const invoiceId = references.parents.get('invoices')?.get(record.invoiceId);
  if (invoiceId === undefined) return withoutInvoice(record.invoiceId);
  return {
    ok: true,
    element: {
      Invoice: { InvoiceID: invoiceId },
      Account: { AccountID: accountId },
      Date: record.date,
      Amount: toWire(money(record.amount)),
      Reference: fit(markedReference(marker, record.reference), 255),
    },
    expected: { status: 'approved', total: money(record.amount) },
    adjusted: { taxCents: 0, roundingCents: 0 },
  };
}

function withoutInvoice(invoiceId: string): EncodeResult {
  return refuse('PARENT_NOT_SYNCED', {
    parent: 'invoice',
    parentId: invoiceId,
    reason: 'it has no id there',
  });
}

function decode(element: unknown): XeroRecord | null {
  const payment = paymentWire.parse(element);
  // Refunds and payments of bills are listed among the receipts. A refused element names no type.
  if (typeof payment.PaymentType === 'string' && payment.PaymentType !== 'ACCRECPAYMENT') return null;
  const { marker, text } = splitReference(payment.Reference);
  const total = typeof payment.Amount === 'string' ? money(payment.Amount) : null;
  const parentXeroId = payment.Invoice?.InvoiceID ?? null;
  return {
    xeroId: payment.PaymentID,
    keys: {
      ...NO_KEYS,
      marker,
      parentXeroId,
      currency: textOf(payment.Invoice?.CurrencyCode) ?? null,
      date: payment.Date ?? null,
      total,
    },
    owned: {
      invoiceXeroId: payment.Invoice?.InvoiceID,
      accountId: payment.Account?.AccountID,
      date: payment.Date,
      amount: total ?? undefined,
      reference: text,
    },
    derived: {
      status: payment.Status === 'DELETED' ? 'deleted' : 'approved',
      ...(total !== null && { total }),
    },
    updatedAt: payment.UpdatedDateUTC,
  };
}
