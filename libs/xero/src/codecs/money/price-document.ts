import { cents, decimal, type DocumentLine, money, roundToCents, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { type Refusal, refuse } from '../codec.js';
import { type Discount, NO_TAX, withDiscount } from './discount.js';
import { amountLine, pricedLine, type PricedLine } from './priced-line.js';
import { settleTax, taxOf } from './settle-tax.js';

/** Lines that Xero adds up to the CRM's own total and tax, or why there are none. */
export type DocumentMoney =
  | {
      ok: true;
      lines: PricedLine[];
      /** Decimal strings with two decimals. */
      total: string;
      tax: string;
      adjusted: { taxCents: number; roundingCents: number };
    }
  | Refusal;

/** What a sales document is worth, line by line and as a whole. */
export interface SalesDocument extends Discount, Totals {
  lines: readonly DocumentLine[];
  adjustment: string;
}

/** The amounts that a document has in the CRM, and must have in Xero. */
export interface Totals {
  totalTax: string;
  total: string;
}

/** The text of a line that stands for the document's adjustment. */
export const ADJUSTMENT = 'Adjustment';
/** The text of the line that makes up for a difference between a total and its parts. */
export const ROUNDING = 'Rounding';

/** Rounds a sales document once, here: `docs/money.md` tells how. `allowedCents` bounds the rounding line. */
export function priceDocument(
  document: SalesDocument,
  { discountOnLines, allowedCents }: { discountOnLines: boolean; allowedCents: number },
): DocumentMoney {
  if (document.lines.length === 0) return refuse('INVOICE_WITHOUT_LINES');
  const charged = document.lines.map((line) => pricedLine(line));
  const lines = [...withDiscount(document, charged, discountOnLines), ...adjustmentLines(document)];
  return addUp([lines], document, allowedCents);
}

function adjustmentLines({ adjustment }: SalesDocument): PricedLine[] {
  const amount = roundToCents(adjustment);
  return amount.isZero() ? [] : [amountLine(ADJUSTMENT, amount, NO_TAX, 'sales')];
}

/** The first of these ways to write a document whose taxes come to its tax, with the rounding line that it needs. */
export function addUp(ways: readonly PricedLine[][], totals: Totals, allowedCents: number): DocumentMoney {
  if (roundToCents(totals.total).lt(0)) {
    return refuse('INVOICE_TOTAL_NEGATIVE', { total: money(totals.total) });
  }
  const settled = ways.map((way) => settleTax(way, totals.totalTax)).find((found) => found !== null);
  if (settled === undefined || settled === null) return taxRefusal(totals, ways[0] ?? []);
  return withRounding(totals, settled, allowedCents);
}

function taxRefusal({ totalTax }: Totals, lines: readonly PricedLine[]): Refusal {
  return refuse('INVOICE_TAX_DOES_NOT_ADD_UP', {
    computed: money(taxOf(lines)),
    tax: money(totalTax),
    taxedLines: lines.filter(({ rate }) => !rate.isZero()).length,
  });
}

/** The lines with one more for what lies between the total and their sum; too much of that is no rounding. */
export function withRounding(
  { total, totalTax }: Totals,
  { lines, taxCents }: { lines: PricedLine[]; taxCents: number },
  allowedCents: number,
): DocumentMoney {
  const computed = totalOf(lines);
  const difference = roundToCents(total).minus(computed);
  const roundingCents = Math.abs(cents(difference));
  if (roundingCents > allowedCents) {
    return refuse('INVOICE_DOES_NOT_ADD_UP', { computed: money(computed), total: money(total) });
  }
  const rounding = difference.isZero() ? [] : [amountLine(ROUNDING, difference, NO_TAX, 'rounding')];
  return {
    ok: true,
    lines: [...lines, ...rounding],
    total: money(total),
    tax: money(totalTax),
    adjusted: { taxCents, roundingCents },
  };
}

/** Σ of amounts and taxes. */
export function totalOf(lines: readonly PricedLine[]): Decimal {
  return decimal(sum(lines.map(({ amount }) => amount))).plus(taxOf(lines));
}
