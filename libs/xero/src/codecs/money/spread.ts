import { decimal } from '@sync/domain';
import type { Decimal } from 'decimal.js';

/**
 * Splits whole cents in proportion to the weights, to the exact cent: the cents that rounding leaves over go to the
 * largest remainders, the earlier one first. No share of a positive amount exceeds a positive weight that the amount
 * does not exceed in all. The weights must not add up to zero.
 */
export function spread(amount: Decimal, weights: readonly Decimal[]): Decimal[] {
  const whole = weights.reduce((total, weight) => total.plus(weight), decimal('0'));
  const exact = weights.map((weight) => amount.times(100).times(weight).dividedBy(whole));
  const floors = exact.map((share) => share.floor());
  const left = floors.reduce((rest, floor) => rest.minus(floor), amount.times(100)).toNumber();
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share.minus(share.floor()) }))
    .toSorted((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  const rounded = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return floors.map((floor, index) => floor.plus(rounded.has(index) ? 1 : 0).dividedBy(100));
}
