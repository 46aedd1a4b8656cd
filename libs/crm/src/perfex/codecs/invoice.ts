import { addDays, type Invoice, isoDate } from '@sync/domain';
import type { PerfexSettings } from '../settings.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';
import { DRAFT_NUMBER, invoiceNumber } from './invoice-number.js';
import { decodeLine, type LineRow, type LineTaxRow } from './invoice-line.js';

/** An invoice's row, with what was paid and credited summed up. */
export interface InvoiceRow {
  id: number;
  /** 0 once the customer was deleted for good. */
  customerId: number;
  number: number;
  prefix: string | null;
  numberFormat: number;
  /** Only since Perfex 3.2.0. */
  formattedNumber: string | null;
  createdAt: string;
  /** `YYYY-MM-DD`, the CRM's local day. */
  date: string;
  dueDate: string | null;
  currencyName: string | null;
  subtotal: string;
  totalTax: string;
  total: string;
  adjustment: string | null;
  discountTotal: string | null;
  discountType: string;
  status: number | null;
  paid: string;
  credited: string;
}

/** All rows that make up one invoice. */
export interface InvoiceRows {
  header: InvoiceRow;
  lines: readonly LineRow[];
  lineTaxes: readonly LineTaxRow[];
}

const CANCELLED = 5;
const DRAFT = 6;

/** Drafts are excluded; paid, partly paid and overdue are derived, so those are open. */
export function decodeInvoice(rows: InvoiceRows, settings: PerfexSettings): Decoded<'invoices'> {
  const { header } = rows;
  if (header.status === DRAFT || header.number === DRAFT_NUMBER)
    return { state: 'excluded', reason: 'draft' };
  if (header.customerId === 0) return invalid('its customer was deleted in the CRM');
  const currency = currencyOf(header.currencyName);
  if (currency === null) return invalid('its currency is no ISO code such as USD');
  const record: Invoice = {
    id: String(header.id),
    number: invoiceNumber(header, settings),
    reference: null,
    customerId: String(header.customerId),
    date: header.date,
    dueDate: dueDateOf(header, settings),
    currency,
    status: header.status === CANCELLED ? 'cancelled' : 'open',
    lines: rows.lines.map((line) => decodeLine(line, rows.lineTaxes)),
    ...amountsOf(header),
  };
  return found('invoices', record, birthMark(header.createdAt));
}

function amountsOf(header: InvoiceRow) {
  return {
    discountTiming: header.discountType === 'after_tax' ? 'after-tax' : 'before-tax',
    discountTotal: header.discountTotal ?? '0.00',
    adjustment: header.adjustment ?? '0.00',
    subtotal: header.subtotal,
    totalTax: header.totalTax,
    total: header.total,
    paid: header.paid,
    credited: header.credited,
  } satisfies Partial<Invoice>;
}

/** Without a due date Perfex never calls an invoice overdue, but Xero needs one: the usual time of payment then. */
function dueDateOf({ date, dueDate }: InvoiceRow, { dueAfterDays }: PerfexSettings): string | null {
  if (dueDate !== null && !dueDate.startsWith('0000')) return dueDate;
  return isoDate.safeParse(date).success ? addDays(date, dueAfterDays) : null;
}
