import { Decimal } from 'decimal.js';
import type { DiscountRecord, LineRecord } from './records.js';

/** What totals are computed from. */
export interface TotalsInput {
  lines: readonly LineRecord[];
  discount: DiscountRecord | null;
  /** Signed, without tax. */
  adjustment: string;
}

/** The amounts of a document, each with two decimals. */
export interface Totals {
  subtotal: string;
  discountTotal: string;
  totalTax: string;
  total: string;
}

/**
 * Adds up a document as Perfex CRM does: the subtotal from lines rounded to cents, the tax from unrounded lines and
 * rounded once for the document, a discount before tax taking its share of the tax with it, the adjustment untaxed.
 */
export function totalsOf({ lines, discount, adjustment }: TotalsInput): Totals {
  const subtotal = Decimal.sum(0, ...lines.map((line) => cents(lineAmount(line))));
  const share = discount?.timing === 'before_tax' ? discountShare(discount, subtotal) : new Decimal(0);
  const tax = cents(Decimal.sum(0, ...lines.map(lineTax)).times(new Decimal(1).minus(share)));
  const discountTotal = discount === null ? new Decimal(0) : discountAmount(discount, subtotal, tax);
  return {
    subtotal: subtotal.toFixed(2),
    discountTotal: discountTotal.toFixed(2),
    totalTax: tax.toFixed(2),
    total: subtotal.minus(discountTotal).plus(tax).plus(adjustment).toFixed(2),
  };
}

function lineAmount(line: LineRecord): Decimal {
  return new Decimal(line.quantity).times(line.price);
}

function lineTax(line: LineRecord): Decimal {
  const percent = Decimal.sum(0, ...line.taxes.map((tax) => tax.rate));
  return lineAmount(line).times(percent).div(100);
}

function discountShare(discount: DiscountRecord, subtotal: Decimal): Decimal {
  if (discount.percent !== null) return new Decimal(discount.percent).div(100);
  return subtotal.isZero() ? new Decimal(0) : new Decimal(discount.total).div(subtotal);
}

function discountAmount(discount: DiscountRecord, subtotal: Decimal, tax: Decimal): Decimal {
  if (discount.percent === null) return new Decimal(discount.total);
  const base = discount.timing === 'before_tax' ? subtotal : subtotal.plus(tax);
  return cents(base.times(discount.percent).div(100));
}

function cents(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}
