import type { DiscountRecord, LineRecord, Stamped } from './record-parts.js';

/** What a customer is credited; every amount is positive and has two decimals. */
export interface CreditNoteRecord extends Stamped {
  number: string;
  reference: string | null;
  customerId: string;
  date: string;
  currency: string;
  status: 'open' | 'void';
  lines: LineRecord[];
  discount: DiscountRecord | null;
  adjustment: string;
  subtotal: string;
  totalTax: string;
  total: string;
  /** What its applications come to. */
  applied: string;
  /** What its refunds come to. */
  refunded: string;
}

/** A part of a credit note that pays for an invoice. */
export interface CreditApplicationRecord extends Stamped {
  creditNoteId: string;
  invoiceId: string;
  date: string;
  amount: string;
  currency: string;
}

/** Money paid back for a credit note. */
export interface RefundRecord extends Stamped {
  creditNoteId: string;
  date: string;
  amount: string;
  currency: string;
  /** The id of a payment mode. */
  mode: string;
  transactionId: string | null;
}
