import { decimal, sum, taxSetKey } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { DISCOUNT } from '../money/discount.js';
import { ADJUSTMENT } from '../money/price-document.js';
import { type HeldLine, isRounding, isUntaxed, stands, withoutDiscount } from './held-line.js';

/** The lines of a document in Xero, by what they are in the CRM. */
export interface LineParts {
  charged: HeldLine[];
  discountTiming: 'before-tax' | 'after-tax';
  /** Positive. */
  discount: Decimal;
  adjustment: Decimal;
}

/** By how much a share of a discount may differ from its proportion, since each was rounded. */
const CENT = decimal('0.01');

/**
 * Tells what stands for the whole document, as it does where we wrote it, from what is charged. What was taken off single
 * lines is a discount of the document only if it comes to the same tax; else it goes into their prices.
 */
export function partsOf(lines: readonly HeldLine[], timing: LineParts['discountTiming']): LineParts {
  const adjustments = lines.filter((line) => stands(line, ADJUSTMENT) && isUntaxed(line));
  const taken = lines.filter((line) => stands(line, DISCOUNT) && line.amount.isNegative());
  const charged = lines.filter(
    (line) => !isRounding(line) && !adjustments.includes(line) && !taken.includes(line),
  );
  const adjustment = sum(adjustments.map(({ amount }) => amount));
  if (charged.length === 0) return whole(lines, timing);
  return { ...discountOf(charged, taken, timing), adjustment };
}

function whole(lines: readonly HeldLine[], discountTiming: LineParts['discountTiming']): LineParts {
  const zero = decimal('0');
  return { charged: lines.map(withoutDiscount), discountTiming, discount: zero, adjustment: zero };
}

function discountOf(
  charged: HeldLine[],
  taken: HeldLine[],
  timing: LineParts['discountTiming'],
): Omit<LineParts, 'adjustment'> {
  const onLines = sum(charged.map(({ discount }) => discount));
  const beside = sum(taken.map(({ amount }) => amount)).negated();
  if (taken.length === 0 && isProportional(charged, charged.map(discountShare))) {
    return { charged, discountTiming: onLines.isZero() ? timing : 'before-tax', discount: onLines };
  }
  const net = charged.map(withoutDiscount);
  if (taken.length === 0) return { charged: net, discountTiming: timing, discount: decimal('0') };
  const taxed = charged.some((line) => !isUntaxed(line));
  if (taken.length === 1 && taken.every(isUntaxed)) {
    return { charged: net, discountTiming: taxed ? 'after-tax' : timing, discount: beside };
  }
  if (isProportional(net, taken.map(takenShare))) {
    return { charged: net, discountTiming: 'before-tax', discount: beside };
  }
  return { charged: [...net, ...taken], discountTiming: timing, discount: decimal('0') };
}

interface Share {
  key: string;
  amount: Decimal;
}

const discountShare = (line: HeldLine): Share => ({ key: keyOf(line), amount: line.discount });
const takenShare = (line: HeldLine): Share => ({ key: keyOf(line), amount: line.amount.negated() });

function keyOf({ taxSets }: HeldLine): string {
  return taxSetKey(taxSets[0] ?? []);
}

/** Whether each tax set bears its share of the discount: then it does not matter on which line it stands. */
function isProportional(charged: readonly HeldLine[], shares: readonly Share[]): boolean {
  const gross = sum(charged.map(grossOf));
  const discount = sum(shares.map(({ amount }) => amount));
  if (discount.isZero()) return shares.every(({ amount }) => amount.isZero());
  if (gross.isZero()) return false;
  const keys = new Set([...charged.map(keyOf), ...shares.map(({ key }) => key)]);
  return [...keys].every((key) => {
    const ofKey = charged.filter((line) => keyOf(line) === key);
    const due = discount.times(sum(ofKey.map(grossOf))).dividedBy(gross);
    const borne = sum(shares.filter((share) => share.key === key).map(({ amount }) => amount));
    return borne
      .minus(due)
      .abs()
      .lte(CENT.times(Math.max(ofKey.length, 1)));
  });
}

function grossOf({ amount, discount }: HeldLine): Decimal {
  return amount.plus(discount);
}
