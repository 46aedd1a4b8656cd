import type { DocumentStatus } from './invoice.js';
import type { LinedDocument } from './line.js';
import type { Stamped } from './stamped.js';

/** What can be set off against invoices or paid back. */
export type CreditKind = 'creditNote' | 'overpayment' | 'prepayment';

/** What all credits have; amounts are decimal strings with two digits. */
export interface Credit extends LinedDocument {
  readonly status: DocumentStatus;
  /** What is neither allocated nor paid back. */
  readonly remainingCredit: string;
  readonly fullyPaidOn: string | null;
}

/** `ACCRECCREDIT`: a credit note to a customer; `ACCPAYCREDIT`: one of a supplier. */
export type CreditNoteType = 'ACCRECCREDIT' | 'ACCPAYCREDIT';

/** A credit note. */
export interface CreditNote extends Credit {
  readonly type: CreditNoteType;
  /** Unique for those to customers. */
  readonly number: string;
  readonly dueDate: string | null;
  readonly sentToContact: boolean;
  readonly brandingThemeId: string | null;
}

/** Money that came in or went out before, or above, what was billed; made by a bank transaction that bears its id. */
export interface Advance extends Credit {
  readonly kind: 'overpayment' | 'prepayment';
  readonly type: 'RECEIVE' | 'SPEND';
}

/** A part of a credit that pays for an invoice or a bill; `amount` is a decimal string in their currency. */
export interface Allocation extends Stamped {
  readonly creditKind: CreditKind;
  readonly creditId: string;
  readonly invoiceId: string;
  readonly amount: string;
  readonly date: string;
}
