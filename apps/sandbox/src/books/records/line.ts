import type { Stamped } from './stamped.js';

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

/** The option of one tracking category that a line bears. */
export interface LineTracking {
  readonly categoryId: string;
  readonly optionId: string;
}

/** One line; amounts are decimal strings. A line that only describes has neither quantity nor price. */
export interface DocumentLine {
  readonly id: string;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unitAmount: string | null;
  readonly discountRate: string | null;
  readonly discountAmount: string | null;
  readonly lineAmount: string;
  readonly taxAmount: string;
  readonly taxType: string | null;
  readonly accountId: string | null;
  readonly accountCode: string | null;
  readonly itemCode: string | null;
  readonly tracking: readonly LineTracking[];
}

/** What every document with lines has; totals are decimal strings with two digits, dates `YYYY-MM-DD`. */
export interface LinedDocument extends Stamped {
  readonly contactId: string;
  readonly reference: string;
  readonly date: string;
  readonly lineAmountTypes: LineAmountTypes;
  readonly lines: readonly DocumentLine[];
  readonly currencyCode: string;
  readonly currencyRate: string;
  readonly subTotal: string;
  readonly totalTax: string;
  readonly total: string;
  readonly totalDiscount: string;
}
