import type { CreditNote, Invoice } from '@sync/domain';
import type { NumberedDocument } from './document-number.js';
import { decodeLine, type LineRow, type LineTaxRow } from './document-line.js';

/** What the rows of invoices and credit notes share. */
export interface DocumentRow extends NumberedDocument {
  id: number;
  /** 0 once the customer was deleted for good. */
  customerId: number;
  createdAt: string;
  currencyName: string | null;
  subtotal: string;
  totalTax: string;
  total: string;
  adjustment: string | null;
  discountTotal: string | null;
  discountType: string;
  status: number | null;
}

/** All rows that make up one document. */
export interface DocumentRows<Row extends DocumentRow = DocumentRow> {
  header: Row;
  lines: readonly LineRow[];
  lineTaxes: readonly LineTaxRow[];
}

type Shared =
  | 'id'
  | 'customerId'
  | 'date'
  | 'lines'
  | 'discountTiming'
  | 'discountTotal'
  | 'adjustment'
  | 'subtotal'
  | 'totalTax'
  | 'total';

/** The part that invoices and credit notes share: whose it is, its lines, and its amounts as they are stored. */
export function decodeDocument({
  header,
  lines,
  lineTaxes,
}: DocumentRows): Pick<Invoice & CreditNote, Shared> {
  return {
    id: String(header.id),
    customerId: String(header.customerId),
    date: header.date,
    lines: lines.map((line) => decodeLine(line, lineTaxes)),
    discountTiming: header.discountType === 'after_tax' ? 'after-tax' : 'before-tax',
    discountTotal: header.discountTotal ?? '0.00',
    adjustment: header.adjustment ?? '0.00',
    subtotal: header.subtotal,
    totalTax: header.totalTax,
    total: header.total,
  };
}
