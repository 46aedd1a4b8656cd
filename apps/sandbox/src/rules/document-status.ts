import type { DocumentStatus } from '../books/records.js';
import { refuse } from '../wire/refusal.js';

/** What the status machine is about, in Xero's words. */
export type StatusNoun = 'Invoice' | 'Credit note';

/** Xero's answer to a step that its status machine does not know. */
export const notOfValidStatus = (noun: StatusNoun): string => `${noun} not of valid status for modification`;

/** Xero's answer to an edit of amounts after a payment. */
export const HAS_PAYMENT =
  'This document cannot be edited as it has a payment or credit note allocated to it.';

// PAID is set by Xero alone; VOIDED and DELETED are final.
const next: Readonly<Record<DocumentStatus, readonly DocumentStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED', 'VOIDED'],
  VOIDED: [],
  DELETED: [],
};

const names: readonly string[] = Object.keys(next);

/** The status that a request asks for; `undefined` when it asks for none. */
function readStatus(sent: string | undefined, noun: StatusNoun): DocumentStatus | undefined {
  const status = sent?.toUpperCase();
  if (status === undefined || status === '') return undefined;
  if (!names.includes(status)) refuse(`${noun} status '${sent}' is not valid`);
  return status as DocumentStatus;
}

/** The status of a new document. */
export function firstStatus(sent: string | undefined, noun: StatusNoun = 'Invoice'): DocumentStatus {
  const status = readStatus(sent, noun) ?? 'DRAFT';
  if (status === 'DRAFT' || status === 'SUBMITTED' || status === 'AUTHORISED') return status;
  return refuse(`${noun} status '${status}' is not valid for a new ${noun.toLowerCase()}`);
}

/** What is asked of a document that is there. */
export interface StatusStep {
  readonly current: DocumentStatus;
  readonly sent: string | undefined;
  /** Whether something is paid on it, allocated to it, or allocated from it. */
  readonly setOff: boolean;
  readonly noun: StatusNoun;
}

/**
 * The status after an update. What is paid stays so when it is sent as AUTHORISED, so that allowed edits can be posted with
 * the status that they were written with.
 */
export function nextStatus({ current, sent, setOff, noun }: StatusStep): DocumentStatus {
  const wanted = readStatus(sent, noun) ?? current;
  if (!next[current].includes(wanted)) refuse(notOfValidStatus(noun));
  if (wanted === 'VOIDED' && setOff) {
    refuse(
      `The status VOIDED cannot be applied to the ${noun.toLowerCase()} because it has payments or credit notes allocated to it.`,
    );
  }
  return current === 'PAID' && wanted === 'AUTHORISED' ? 'PAID' : wanted;
}

/** Whether a document stands in the ledger. */
export const isApproved = (status: string): boolean => status === 'AUTHORISED' || status === 'PAID';

/** Whether a document is gone for good. */
export const isFinal = (status: DocumentStatus): boolean => status === 'VOIDED' || status === 'DELETED';
