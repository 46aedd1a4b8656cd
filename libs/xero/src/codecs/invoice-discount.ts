import { decimal, type Invoice, NO_TAX_KEY, roundToCents, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { amountLine, asOnePiece, discountedLine, type PricedLine } from './invoice-lines.js';
import { spread } from './spread.js';

/** What a line without tax carries. */
export const NO_TAX = { taxKey: NO_TAX_KEY, rate: decimal('0') };

/** Takes a discount before tax off the lines; one after tax becomes a line of its own. */
export function withDiscount(invoice: Invoice, lines: PricedLine[]): PricedLine[] {
  const discount = roundToCents(invoice.discountTotal);
  if (discount.isZero()) return lines;
  if (invoice.discountTiming === 'after-tax') return [...lines, discountLine(discount, NO_TAX)];
  return fitsOnLines(lines, discount) ? onLines(lines, discount) : besideLines(lines, discount);
}

/** Xero's DiscountAmount must leave every line at zero or above. */
function fitsOnLines(lines: readonly PricedLine[], discount: Decimal): boolean {
  const gross = sum(lines.map(({ amount }) => amount));
  const positive = lines.every(({ amount, unitAmount }) => amount.gte(0) && unitAmount.gte(0));
  return positive && discount.gt(0) && discount.lte(gross);
}

function onLines(lines: readonly PricedLine[], discount: Decimal): PricedLine[] {
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
function besideLines(lines: PricedLine[], discount: Decimal): PricedLine[] {
  const sets = [...new Set(lines.map(({ taxKey }) => taxKey))].map((key) =>
    lines.filter(({ taxKey }) => taxKey === key),
  );
  const weights = sets.map((set) => sum(set.map(({ amount }) => amount)));
  if (sum(weights).isZero()) return [...lines, discountLine(discount, NO_TAX)];
  const shares = spread(discount, weights);
  const added = sets.map((set, index) => discountLine(shares[index] ?? decimal('0'), set[0] ?? NO_TAX));
  return [...lines, ...added.filter(({ amount }) => !amount.isZero())];
}

function discountLine(discount: Decimal, { taxKey, rate }: { taxKey: string; rate: Decimal }): PricedLine {
  return amountLine('Discount', discount.negated(), { taxKey, rate });
}
