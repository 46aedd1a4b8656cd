import { Decimal } from 'decimal.js';
import type { LineAmountTypes } from '../books/records.js';

/** What the amounts of a line are computed from; everything is a decimal string, rates are percentages. */
export interface LineParts {
  readonly quantity: string;
  readonly unitAmount: string;
  readonly discountRate?: string | null;
  readonly discountAmount?: string | null;
  readonly taxRate: string;
  /** A tax that the sender computed; it replaces Xero's own. */
  readonly taxAmount?: string | null;
}

/** The amounts of a line, two digits. */
export interface LineAmounts {
  readonly lineAmount: string;
  readonly taxAmount: string;
  /** What the discount takes off, two digits. */
  readonly discount: string;
}

/** The amounts of a document, two digits. */
export interface Totals {
  readonly subTotal: string;
  readonly totalTax: string;
  readonly total: string;
}

/** Rounds half away from zero to so many digits. Xero's mode is not documented; its recorded documents agree. */
export function round(value: Decimal.Value, digits = 2): Decimal {
  return new Decimal(value).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
}

/** An amount of money as it is kept: two digits. */
export const money = (value: Decimal.Value): string => round(value).toFixed(2);

/** Computes one line as Xero does: round the line, then take tax from the rounded line and round that. */
export function computeLine(parts: LineParts, mode: LineAmountTypes): LineAmounts {
  const gross = new Decimal(parts.quantity).times(parts.unitAmount);
  const net = parts.discountAmount
    ? round(gross).minus(parts.discountAmount)
    : round(gross.times(new Decimal(100).minus(parts.discountRate ?? 0)).div(100));
  const tax =
    parts.taxAmount == null || mode === 'NoTax' ? taxOf(net, parts.taxRate, mode) : round(parts.taxAmount);
  return { lineAmount: money(net), taxAmount: money(tax), discount: money(round(gross).minus(net)) };
}

/** The tax on a rounded line amount at a percentage. */
export function taxOf(lineAmount: Decimal.Value, rate: string, mode: LineAmountTypes): Decimal {
  if (mode === 'NoTax') return new Decimal(0);
  const amount = new Decimal(lineAmount).times(rate);
  return round(amount.div(mode === 'Inclusive' ? new Decimal(100).plus(rate) : 100));
}

/** Sums rounded lines. In an Inclusive document the lines contain their tax. */
export function totalsOf(
  lines: readonly { readonly lineAmount: string; readonly taxAmount: string }[],
  mode: LineAmountTypes,
): Totals {
  const amount = Decimal.sum(0, ...lines.map((line) => line.lineAmount));
  const totalTax = Decimal.sum(0, ...lines.map((line) => line.taxAmount));
  const subTotal = mode === 'Inclusive' ? amount.minus(totalTax) : amount;
  return { subTotal: money(subTotal), totalTax: money(totalTax), total: money(subTotal.plus(totalTax)) };
}

/**
 * The effective percentage of a rate's components: the plain ones are added, a compound one is charged on the amount
 * plus those.
 */
export function effectiveRate(
  components: readonly { readonly rate: string; readonly isCompound: boolean }[],
): string {
  const factor = (compound: boolean): Decimal =>
    Decimal.sum(0, ...components.filter((one) => one.isCompound === compound).map((one) => one.rate));
  const plain = factor(false);
  const onTop = new Decimal(100).plus(plain).times(factor(true)).div(100);
  return round(plain.plus(onTop), 4).toString();
}
