import type { LinedDocument } from './line.js';

/** Spend or receive money; an advance makes an overpayment or a prepayment. */
export type BankTransactionType = `${'SPEND' | 'RECEIVE'}${'' | '-OVERPAYMENT' | '-PREPAYMENT'}`;

/** Money that went out of, or came into, a bank account without an invoice; its currency is the account's. */
export interface BankTransaction extends LinedDocument {
  readonly type: BankTransactionType;
  readonly bankAccountId: string;
  readonly status: 'AUTHORISED' | 'DELETED';
  readonly url: string | null;
  readonly isReconciled: boolean;
  /** The overpayment or prepayment that it made. */
  readonly advanceId: string | null;
}
