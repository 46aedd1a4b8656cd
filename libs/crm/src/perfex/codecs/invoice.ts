import { addDays, type Invoice, isoDate } from '@sync/domain';
import type { PerfexSettings } from '../settings.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';
import { decodeDocument, type DocumentRow, type DocumentRows } from './document.js';
import { DRAFT_NUMBER, documentNumber } from './document-number.js';
import { INVOICE } from './statuses.js';

/** An invoice's row, with what was paid and credited summed up. */
export interface InvoiceRow extends DocumentRow {
  dueDate: string | null;
  /** 1: sent by e-mail, or marked as sent. */
  sent: number;
  paid: string;
  credited: string;
}

/** Drafts are excluded; paid, partly paid and overdue are derived, so those are open. */
export function decodeInvoice(rows: DocumentRows<InvoiceRow>, settings: PerfexSettings): Decoded<'invoices'> {
  const { header } = rows;
  if (header.status === INVOICE.draft || header.number === DRAFT_NUMBER)
    return { state: 'excluded', reason: 'draft' };
  if (header.customerId === 0) return invalid('its customer was deleted in the CRM');
  const currency = currencyOf(header.currencyName);
  if (currency === null) return invalid('its currency is no ISO code such as USD');
  const record: Invoice = {
    ...decodeDocument(rows),
    number: documentNumber(header, 'invoices', settings),
    reference: null,
    dueDate: dueDateOf(header, settings),
    currency,
    status: header.status === INVOICE.cancelled ? 'cancelled' : 'open',
    sent: header.sent === 1,
    paid: header.paid,
    credited: header.credited,
  };
  return found('invoices', record, birthMark(header.createdAt));
}

/** Without a due date Perfex never calls an invoice overdue, but Xero needs one: the usual time of payment then. */
function dueDateOf({ date, dueDate }: InvoiceRow, { dueAfterDays }: PerfexSettings): string | null {
  if (dueDate !== null && !dueDate.startsWith('0000')) return dueDate;
  return isoDate.safeParse(date).success ? addDays(date, dueAfterDays) : null;
}
