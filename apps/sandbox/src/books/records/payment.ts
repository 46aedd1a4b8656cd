import type { CreditKind } from './credit.js';
import type { Stamped } from './stamped.js';

/**
 * Money for one invoice or bill, or money paid back for one credit; amounts are decimal strings, `amount` in the currency
 * of the document.
 */
export interface Payment extends Stamped {
  readonly target: 'invoice' | CreditKind;
  readonly targetId: string;
  readonly accountId: string;
  readonly batchId: string | null;
  readonly date: string;
  readonly amount: string;
  readonly bankAmount: string;
  readonly currencyRate: string;
  readonly reference: string | null;
  readonly isReconciled: boolean;
  readonly status: 'AUTHORISED' | 'DELETED';
}

/** Several payments that are one line on the bank statement. */
export interface BatchPayment extends Stamped {
  readonly type: 'RECBATCH' | 'PAYBATCH';
  readonly accountId: string;
  readonly date: string;
  readonly reference: string | null;
  readonly status: 'AUTHORISED' | 'DELETED';
  readonly total: string;
  readonly isReconciled: boolean;
}
