import { type IssueEntry, entity, record, warning } from './entry.js';

/** Documents: invoices, and what is checked of credit notes, expenses and orders alike. */
export const DOCUMENT_ISSUES = {
  INVOICE_DOES_NOT_ADD_UP: record(
    'The lines, discount, tax and adjustment of this document come to {computed}, but its total is {total}.',
    'Open it in the CRM, save it again so that it is recomputed, and check its total.',
  ),
  INVOICE_TAX_DOES_NOT_ADD_UP: record(
    'The taxes of the lines come to {computed}, but the tax of this document is {tax}.',
    'Open it in the CRM, save it again so that it is recomputed, and check its tax.',
  ),
  INVOICE_WITHOUT_LINES: record(
    'This document has no line that is charged.',
    'Add a line in the CRM, or delete the document.',
  ),
  INVOICE_TOTAL_NEGATIVE: record(
    'The total of this document is {total}; Xero takes none below zero, and no expense of nothing.',
    'Make an invoice below zero a credit note in the CRM; correct or delete anything else.',
  ),
  INVOICE_NUMBER_TAKEN: record(
    'Xero already has another document of this kind with the number {number}: {difference}.',
    'Change the number of one of the two.',
  ),
  INVOICE_HAS_CREDITS: warning(
    'Credits of {credited} are applied to this invoice in the CRM; they are not in Xero yet.',
    'Let credit notes and their applications flow into Xero, or enter the credit note there by hand; the invoice itself is in Xero.',
  ),
  INVOICE_CANCELLED_IN_CRM: warning(
    'This document is cancelled in the CRM but still stands in Xero.',
    'Void it in Xero if it should not count, then retry.',
  ),
  GONE_FROM_CRM: warning(
    'This record {reason} but still stands in Xero.',
    'Void, delete or archive it in Xero if it should not count, then retry. If it was entered in the CRM anew as it was, the new one takes its place by itself.',
  ),
  INVOICE_LOCKED_BY_PAYMENT: record(
    'This invoice or bill was changed in the CRM after a payment or credit was applied to it in Xero, which forbids that.',
    'Undo the change in the CRM; or remove the payment or credit from the invoice in Xero, retry, and apply it again in Xero.',
  ),
  DATE_LOCKED: record(
    'The date {date} lies in a period that is locked in Xero until {lockDate}.',
    'Ask the accountant to move the lock date in Xero, or change the date in the CRM; then retry.',
  ),
  CURRENCY_NOT_ENABLED: record(
    'The currency {currency} is not enabled in Xero.',
    'Add the currency in Xero (Settings, Currencies), then retry.',
  ),
  XERO_TOTAL_DIFFERS: record(
    'Xero computed {xero} where the CRM has {crm}.',
    'Compare the two documents and correct the one that is wrong; do not leave it.',
  ),
  APPROVAL_RIGHT_MISSING: entity(
    'Xero saves documents as drafts although they are sent as approved: the connected user may not approve them.',
    'Let a user with the right to approve sales invoices connect Xero, approve the drafts in Xero, then retry.',
  ),
} as const satisfies Record<string, IssueEntry>;
