import { cents, decimal, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import type { PricedLine } from './priced-line.js';

/** The lines with the document's own tax, and how many cents had to be moved; null: it is too far off. */
export type SettledTax = { lines: PricedLine[]; taxCents: number } | null;

/**
 * The CRM rounds the tax of a document, Xero that of each line. What lies between them goes into the largest taxed
 * lines, a cent each; a difference of more cents than there are such lines is none of rounding.
 */
export function settleTax(lines: PricedLine[], totalTax: string): SettledTax {
  const residue = cents(totalTax) - cents(taxOf(lines));
  const step = decimal(String(Math.sign(residue))).dividedBy(100);
  const takers = lines
    .filter((line) => takesCent(line, step))
    .toSorted((a, b) => b.amount.comparedTo(a.amount))
    .slice(0, Math.abs(residue));
  if (takers.length < Math.abs(residue)) return null;
  const chosen = new Set(takers);
  const settled = lines.map((line) =>
    chosen.has(line) ? { ...line, tax: line.tax.plus(step), taxIsOverridden: true } : line,
  );
  return { lines: settled, taxCents: Math.abs(residue) };
}

/** Σ of the lines' taxes. */
export function taxOf(lines: readonly PricedLine[]): Decimal {
  return sum(lines.map(({ tax }) => tax));
}

/** Xero refuses a tax that points the other way than its line or exceeds it. */
function takesCent({ rate, amount, tax }: PricedLine, step: Decimal): boolean {
  if (rate.isZero() || amount.isZero()) return false;
  const changed = tax.plus(step);
  return (
    changed.abs().lte(amount.abs()) && (changed.isZero() || changed.isNegative() === amount.isNegative())
  );
}
