import { decimal, type Invoice, money, sum } from '@sync/domain';
import { refused } from './refusal.js';
import type { StorableLine } from './storable-line.js';

/** The amounts of a document as Perfex stores them. */
export interface StoredAmounts {
  subtotal: string;
  totalTax: string;
  total: string;
  adjustment: string;
  discountTotal: string;
  /** Empty for no discount. */
  discountType: '' | 'before_tax' | 'after_tax';
}

/** What the amounts of an invoice or credit note follow from. */
export type Amounts = Pick<Invoice, 'discountTiming' | 'discountTotal' | 'adjustment' | 'total'>;

/**
 * The amounts by Perfex's own rule: lines rounded and added, taxes added unrounded, lowered by a discount before tax, and
 * rounded once. What then separates them from the total goes into the adjustment, of which only some cents may be new:
 * Xero rounds each line's tax, and more than that is no rounding.
 */
export function amountsFor(lines: readonly StorableLine[], amounts: Amounts): StoredAmounts {
  const discount = decimal(amounts.discountTotal);
  const beforeTax = amounts.discountTiming === 'before-tax';
  const subtotal = subtotalOf(lines);
  const tax = taxOf(lines, beforeTax && !subtotal.isZero() ? discount.div(subtotal) : decimal('0'));
  const computed = subtotal.minus(discount).plus(money(tax));
  const adjustment = decimal(amounts.total).minus(computed);
  if (
    adjustment
      .minus(amounts.adjustment)
      .abs()
      .gt(decimal('0.01').times(lines.length + 1))
  ) {
    const parts = money(computed.plus(amounts.adjustment));
    throw refused(`by its rule the lines come to ${parts}, and the total in Xero is ${money(amounts.total)}`);
  }
  return {
    subtotal: money(subtotal),
    totalTax: money(tax),
    total: money(amounts.total),
    adjustment: money(adjustment),
    discountTotal: money(discount),
    discountType: discountType(discount.isZero(), beforeTax),
  };
}

function discountType(none: boolean, beforeTax: boolean): StoredAmounts['discountType'] {
  if (none) return '';
  return beforeTax ? 'before_tax' : 'after_tax';
}

function subtotalOf(lines: readonly StorableLine[]) {
  return sum(lines.map(({ quantity, rate }) => money(decimal(quantity).times(rate))));
}

/** `share` is the part of the subtotal that a discount before tax takes off. */
function taxOf(lines: readonly StorableLine[], share: ReturnType<typeof decimal>) {
  const taxes = lines.flatMap((line) =>
    line.taxes.map(({ rate }) => decimal(line.quantity).times(line.rate).times(rate).div(100)),
  );
  return sum(taxes).times(decimal('1').minus(share));
}
