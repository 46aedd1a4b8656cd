import { Decimal } from 'decimal.js';

/** Adds decimal strings; two decimals. */
export function addUp(amounts: Iterable<string>): string {
  let total = new Decimal(0);
  for (const amount of amounts) total = total.plus(amount);
  return total.toFixed(2);
}

/** What is left of a total, with two decimals. */
export function dueOf(total: string, ...settled: readonly string[]): string {
  return settled.reduce((left, amount) => left.minus(amount), new Decimal(total)).toFixed(2);
}

/** Whole cents as a decimal string with two decimals. */
export function fromCents(cents: number): string {
  return new Decimal(cents).div(100).toFixed(2);
}

/** A decimal string as whole cents. */
export function toCents(amount: string): number {
  return new Decimal(amount).times(100).toDecimalPlaces(0).toNumber();
}
