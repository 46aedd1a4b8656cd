import { z } from 'zod';
import { day, decimal, flag, given, list, text } from './input-fields.js';
import { accountRef, contactInput } from './inputs.js';

const tracking = z.object({ Name: text, Option: text, TrackingCategoryID: text, TrackingOptionID: text });

export const lineInput = z.object({
  LineItemID: text,
  Description: text,
  Quantity: decimal,
  UnitAmount: decimal,
  LineAmount: decimal,
  DiscountRate: decimal,
  DiscountAmount: decimal,
  TaxType: text,
  TaxAmount: decimal,
  AccountCode: text,
  AccountID: text,
  ItemCode: text,
  Tracking: list(tracking),
});
export type LineInput = z.output<typeof lineInput>;

/** What every document with lines takes. */
const lined = {
  Contact: given(contactInput),
  Date: day,
  LineAmountTypes: text,
  LineItems: list(lineInput),
  CurrencyCode: text,
  CurrencyRate: decimal,
  Reference: text,
  Status: text,
};
const linedInput = z.object(lined);
export type LinedInput = z.output<typeof linedInput>;

export const invoiceInput = z.object({
  ...lined,
  InvoiceID: text,
  Type: text,
  InvoiceNumber: text,
  DueDate: day,
  ExpectedPaymentDate: day,
  PlannedPaymentDate: day,
  Url: text,
  SentToContact: flag,
  BrandingThemeID: text,
});
export type InvoiceInput = z.output<typeof invoiceInput>;

export const creditNoteInput = z.object({
  ...lined,
  CreditNoteID: text,
  Type: text,
  CreditNoteNumber: text,
  DueDate: day,
  SentToContact: flag,
  BrandingThemeID: text,
});
export type CreditNoteInput = z.output<typeof creditNoteInput>;

export const bankTransactionInput = z.object({
  ...lined,
  BankTransactionID: text,
  Type: text,
  BankAccount: given(accountRef),
  Url: text,
  IsReconciled: flag,
});
export type BankTransactionInput = z.output<typeof bankTransactionInput>;

export const purchaseOrderInput = z.object({
  ...lined,
  PurchaseOrderID: text,
  PurchaseOrderNumber: text,
  DeliveryDate: day,
  ExpectedArrivalDate: day,
  DeliveryAddress: text,
  AttentionTo: text,
  Telephone: text,
  DeliveryInstructions: text,
  SentToContact: flag,
  BrandingThemeID: text,
});
export type PurchaseOrderInput = z.output<typeof purchaseOrderInput>;
