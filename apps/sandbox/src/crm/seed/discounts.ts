import { fromCents, toCents } from '../amounts.js';
import type { DiscountRecord, LineRecord } from '../records.js';
import { totalsOf } from '../totals.js';
import type { Random } from './random.js';

/** A discount for one document in six, in percent or fixed, before or after tax; `total` is settled by the totals. */
export function makeDiscount(random: Random, lines: readonly LineRecord[]): DiscountRecord | null {
  const kind = random.next();
  if (kind >= 0.16) return null;
  const timing = kind < 0.1 ? 'before_tax' : 'after_tax';
  const fixed = kind < 0.04 || kind > 0.14;
  if (!fixed) return { timing, percent: `${random.pick([2, 5, 7, 10, 15])}.00`, total: '0.00' };
  return { timing, percent: null, total: fixedAmount(random, lines) };
}

/** A signed amount for one document in thirty: mostly it rounds the total, and it never takes more than a tenth. */
export function makeAdjustment(random: Random, total: string): string {
  if (!random.chance(1 / 30)) return '0.00';
  const cents = toCents(total);
  const toWhole = cents % 100 === 0 ? 0 : 100 - (cents % 100);
  if (random.chance(0.6)) return fromCents(toWhole);
  return fromCents(-Math.min(random.int(1, 500), Math.floor(cents / 10)));
}

/** Whole units where the document allows it, at most a tenth of its subtotal. */
function fixedAmount(random: Random, lines: readonly LineRecord[]): string {
  const tenth = Math.floor(toCents(totalsOf({ lines, discount: null, adjustment: '0.00' }).subtotal) / 10);
  return fromCents(Math.min(random.pick([500, 1_000, 1_500, 2_500, 5_000]), tenth));
}
