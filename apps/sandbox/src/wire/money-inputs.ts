import { z } from 'zod';
import { day, decimal, flag, given, list, text } from './input-fields.js';
import { accountRef } from './inputs.js';

const invoiceRef = given(z.object({ InvoiceID: text, InvoiceNumber: text }));

export const paymentInput = z.object({
  PaymentID: text,
  Invoice: invoiceRef,
  CreditNote: given(z.object({ CreditNoteID: text, CreditNoteNumber: text })),
  Overpayment: given(z.object({ OverpaymentID: text })),
  Prepayment: given(z.object({ PrepaymentID: text })),
  Account: given(accountRef),
  Date: day,
  Amount: decimal,
  BankAmount: decimal,
  CurrencyRate: decimal,
  Reference: text,
  IsReconciled: flag,
  Status: text,
});
export type PaymentInput = z.output<typeof paymentInput>;

export const allocationInput = z.object({
  AllocationID: text,
  Invoice: invoiceRef,
  Amount: decimal,
  Date: day,
});
export type AllocationInput = z.output<typeof allocationInput>;

export const batchPaymentInput = z.object({
  BatchPaymentID: text,
  Account: given(accountRef),
  Date: day,
  Reference: text,
  Status: text,
  Payments: list(z.object({ Invoice: invoiceRef, Amount: decimal, Reference: text })),
});
export type BatchPaymentInput = z.output<typeof batchPaymentInput>;
