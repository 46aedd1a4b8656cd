import { decimal, NO_TAX_KEY, roundToCents, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { amountLine, asOnePiece, discountedLine, type PricedLine } from './priced-line.js';
import { spread } from './spread.js';

/** What a line without tax carries. */
export const NO_TAX = { taxKey: NO_TAX_KEY, rate: decimal('0') };

/** The text of a line that takes off a discount. */
export const DISCOUNT = 'Discount';

/** A discount of a whole document. */
export interface Discount {
  discountTiming: 'before-tax' | 'after-tax';
  discountTotal: string;
}

/**
 * Takes a discount before tax off the lines, or, where Xero has no discount of a line (`onLines` false), puts it beside
 * them; one after tax becomes a line of its own.
 */
export function withDiscount(
  { discountTiming, discountTotal }: Discount,
  lines: PricedLine[],
  onLines: boolean,
): PricedLine[] {
  const discount = roundToCents(discountTotal);
  if (discount.isZero()) return lines;
  if (discountTiming === 'after-tax') return [...lines, discountLine(lines, discount, NO_TAX)];
  return onLines && fitsOnLines(lines, discount)
    ? spreadOnLines(lines, discount)
    : besideLines(lines, discount);
}

/** Xero's DiscountAmount must leave every line at zero or above. */
function fitsOnLines(lines: readonly PricedLine[], discount: Decimal): boolean {
  const gross = sum(lines.map(({ amount }) => amount));
  const positive = lines.every(({ amount, unitAmount }) => amount.gte(0) && unitAmount.gte(0));
  return positive && discount.gt(0) && discount.lte(gross);
}

function spreadOnLines(lines: readonly PricedLine[], discount: Decimal): PricedLine[] {
  const shares = spread(
    discount,
    lines.map(({ amount }) => amount),
  );
  return lines.map((line, index) => {
    const share = shares[index] ?? decimal('0');
    // A line that was rounded up and is all given away would round to a cent below zero.
    const exceeds = line.quantity.times(line.unitAmount).lt(share);
    return discountedLine(exceeds ? asOnePiece(line) : line, share);
  });
}

/** One negative line for each tax set, in proportion to what it comes to, so that each tax falls by its own share. */
export function besideLines(lines: PricedLine[], discount: Decimal): PricedLine[] {
  const sets = [...new Set(lines.map(({ taxKey }) => taxKey))].map((key) =>
    lines.filter(({ taxKey }) => taxKey === key),
  );
  const weights = sets.map((set) => sum(set.map(({ amount }) => amount)));
  if (sum(weights).isZero()) return [...lines, discountLine(lines, discount, NO_TAX)];
  const shares = spread(discount, weights);
  const added = sets.map((set, index) =>
    discountLine(lines, shares[index] ?? decimal('0'), set[0] ?? NO_TAX),
  );
  return [...lines, ...added.filter(({ amount }) => !amount.isZero())];
}

/** It counts against the account of what it was taken off. */
export function discountLine(
  lines: readonly PricedLine[],
  discount: Decimal,
  { taxKey, rate }: { taxKey: string; rate: Decimal },
): PricedLine {
  const account = lines[0]?.account ?? 'sales';
  return amountLine(DISCOUNT, discount.negated(), { taxKey, rate }, account);
}
