import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** Half-up at two decimals is what both Perfex and Xero do with amounts. */
const EXACT = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** Anything that stands for a decimal number without loss: never a float. */
export type DecimalInput = string | Decimal;

/** A decimal string such as `-12.50`; no exponent, no thousands separator. */
export const decimalString = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a decimal number written as text, such as "12.50"');

/** An ISO 4217 code. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a three-letter currency code, such as "USD"');

/** Reads a decimal string exactly. */
export function decimal(value: DecimalInput): Decimal {
  return new EXACT(value);
}

/** Rounds half-up to cents, once; the result is still exact. */
export function roundToCents(value: DecimalInput): Decimal {
  return decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** The amount as text with two decimals, such as `12.50`; never `-0.00`. */
export function money(value: DecimalInput): string {
  const rounded = roundToCents(value);
  return (rounded.isZero() ? rounded.abs() : rounded).toFixed(2);
}

/** The shortest plain text of a number, so that `5.00` and `5` compare equal. */
export function plain(value: DecimalInput): string {
  const exact = decimal(value);
  return (exact.isZero() ? exact.abs() : exact).toFixed();
}

/** Adds exactly. */
export function sum(values: Iterable<DecimalInput>): Decimal {
  let total = decimal('0');
  for (const value of values) total = total.plus(value);
  return total;
}

/** The whole cents of an amount that has at most two decimals. */
export function cents(value: DecimalInput): number {
  return roundToCents(value).times(100).toNumber();
}
