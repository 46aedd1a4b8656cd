import type { LinedDocument } from './line.js';

/** `ACCREC`: a sales invoice; `ACCPAY`: a bill. */
export type InvoiceType = 'ACCREC' | 'ACCPAY';
export type DocumentStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** A sales invoice or a bill; amounts are decimal strings with two digits, dates `YYYY-MM-DD`. */
export interface Invoice extends LinedDocument {
  readonly type: InvoiceType;
  /** Unique for sales invoices; whatever the supplier wrote, or nothing, on bills. */
  readonly number: string;
  readonly status: DocumentStatus;
  readonly dueDate: string | null;
  /** Of sales invoices. */
  readonly expectedPaymentDate: string | null;
  /** Of bills. */
  readonly plannedPaymentDate: string | null;
  readonly url: string | null;
  readonly sentToContact: boolean;
  /** Null on bills. */
  readonly brandingThemeId: string | null;
  readonly amountPaid: string;
  /** What credit notes, overpayments and prepayments took off. */
  readonly amountCredited: string;
  readonly amountDue: string;
  readonly fullyPaidOn: string | null;
}
