import type { InvoiceStatus } from '../books/records.js';
import { refuse } from '../wire/refusal.js';

/** Xero's answer to a step that its status machine does not know. */
export const NOT_OF_VALID_STATUS = 'Invoice not of valid status for modification';

/** Xero's answer to an edit of amounts after a payment. */
export const HAS_PAYMENT =
  'This document cannot be edited as it has a payment or credit note allocated to it.';

// PAID is set by Xero alone; VOIDED and DELETED are final.
const next: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED', 'VOIDED'],
  VOIDED: [],
  DELETED: [],
};

const names: readonly string[] = Object.keys(next);

/** The status that a request asks for; `undefined` when it asks for none. */
export function readStatus(sent: string | undefined): InvoiceStatus | undefined {
  const status = sent?.toUpperCase();
  if (status === undefined || status === '') return undefined;
  if (!names.includes(status)) refuse(`Invoice status '${sent}' is not valid`);
  return status as InvoiceStatus;
}

/** The status of a new invoice. */
export function firstStatus(sent: string | undefined): InvoiceStatus {
  const status = readStatus(sent) ?? 'DRAFT';
  if (status === 'DRAFT' || status === 'SUBMITTED' || status === 'AUTHORISED') return status;
  return refuse(`Invoice status '${status}' is not valid for a new invoice`);
}

/**
 * The status after an update: `paid` says whether anything is paid on the invoice. A paid invoice stays what it is when
 * it is sent as AUTHORISED, so that allowed edits can be posted with the status they were written with.
 */
export function nextStatus(current: InvoiceStatus, sent: string | undefined, paid: boolean): InvoiceStatus {
  const wanted = readStatus(sent) ?? current;
  if (!next[current].includes(wanted)) refuse(NOT_OF_VALID_STATUS);
  if (wanted === 'VOIDED' && paid) {
    refuse(
      'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
    );
  }
  return current === 'PAID' && wanted === 'AUTHORISED' ? 'PAID' : wanted;
}

/** Whether an invoice stands in the ledger. */
export const isApproved = (status: InvoiceStatus): boolean => status === 'AUTHORISED' || status === 'PAID';

/** Whether an invoice is gone for good. */
export const isFinal = (status: InvoiceStatus): boolean => status === 'VOIDED' || status === 'DELETED';
