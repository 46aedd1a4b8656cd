import type { PurchaseOrderStatus } from '../books/records.js';
import { refuse } from '../wire/refusal.js';

// Xero publishes no table; this is the narrowest one that fits what was seen. Deleted is final.
const next: Readonly<Record<PurchaseOrderStatus, readonly PurchaseOrderStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
  BILLED: ['BILLED', 'AUTHORISED', 'DELETED'],
  DELETED: [],
};

const names: readonly string[] = Object.keys(next);

const isStatus = (text: string): text is PurchaseOrderStatus => names.includes(text);

function readStatus(sent: string): PurchaseOrderStatus {
  const status = sent.toUpperCase();
  return isStatus(status) ? status : refuse(`PurchaseOrder status '${sent}' is not valid`);
}

/** The status of a new order. */
export function firstOrderStatus(sent: string | undefined): PurchaseOrderStatus {
  const status = readStatus(sent || 'DRAFT');
  return status === 'DELETED' ? refuse('PurchaseOrder status change is invalid') : status;
}

/** The status after an update. */
export function nextOrderStatus(current: PurchaseOrderStatus, sent: string | undefined): PurchaseOrderStatus {
  if (current === 'DELETED') refuse('Deleted PurchaseOrders cannot be updated');
  const wanted = sent ? readStatus(sent) : current;
  return next[current].includes(wanted) ? wanted : refuse('PurchaseOrder status change is invalid');
}
