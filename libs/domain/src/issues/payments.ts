import { type IssueEntry, record } from './entry.js';

/** Payments, refunds and applications of credit notes. */
export const PAYMENT_ISSUES = {
  PAYMENT_EXCEEDS_DUE: record(
    'This payment of {amount} is above what is still due on its invoice in Xero.',
    'Compare the payments of the invoice on both sides; record the excess as an overpayment in Xero, or correct the amount.',
  ),
  PAYMENT_INVOICE_NOT_APPROVED: record(
    'The invoice or credit note of this payment or credit is not approved in Xero: it is a draft there, or was voided.',
    'Approve it in Xero, then retry.',
  ),
  PAYMENT_CHANGED: record(
    'This payment was changed in the CRM after it was posted; Xero lets nobody edit a payment.',
    'Undo the change in the CRM; or delete the payment in Xero and in the CRM, and enter the right one in the CRM.',
  ),
  CREDIT_APPLICATION_CHANGED: record(
    'This application of a credit note was changed in the CRM after it was posted; Xero lets nobody edit one.',
    'Undo the change in the CRM, or take the credit off the invoice in Xero and apply the changed one there by hand.',
  ),
  RECONCILED_IN_XERO: record(
    'Xero lets nobody change or delete this record: it is reconciled with a bank statement, or paid with others in one batch.',
    'Undo the reconciliation or the batch in Xero and retry, or leave it as it is there.',
  ),
} as const satisfies Record<string, IssueEntry>;
