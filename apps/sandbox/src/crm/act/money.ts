import { fromCents, toCents } from '../amounts.js';
import { leftOf } from '../booking.js';
import { createRecord } from './create.js';
import { type Desk, findRecord } from './desk.js';
import type { ActRequest } from './request.js';

type Asked = Pick<ActRequest, 'id' | 'fields'>;

/** Pays what is left of the invoice with this id, or of one that has something left. Returns the payment's id. */
export function pay(desk: Desk, { id, fields }: Asked): string {
  return createRecord(desk, 'payments', { ...of('invoiceId', id), ...fields });
}

/** Pays between a fifth and four fifths of what is left. Returns the payment's id. */
export function payPart(desk: Desk, { id, fields }: Asked): string {
  const invoice = findRecord(
    desk,
    'invoices',
    id,
    (one) => one.status === 'open' && toCents(leftOf(one)) > 1,
  );
  const cents = Math.ceil((toCents(leftOf(invoice)) * desk.random.int(20, 80)) / 100);
  return createRecord(desk, 'payments', { amount: fromCents(cents), ...fields, invoiceId: invoice.id });
}

/** Pays back what is left of the credit note with this id, or of one that has something left. Returns the refund's id. */
export function refund(desk: Desk, { id, fields }: Asked): string {
  return createRecord(desk, 'refunds', { ...of('creditNoteId', id), ...fields });
}

/** Applies the credit note with this id, or one that has something left, to an invoice. Returns the application's id. */
export function applyCredit(desk: Desk, { id, fields }: Asked): string {
  return createRecord(desk, 'credit-applications', { ...of('creditNoteId', id), ...fields });
}

function of(parent: string, id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { [parent]: id };
}
