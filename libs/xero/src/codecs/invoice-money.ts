import { cents, decimal, type Invoice, money, roundToCents, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { type Refusal, refuse } from './codec.js';
import { NO_TAX, withDiscount } from './invoice-discount.js';
import { amountLine, chargedLines, type PricedLine } from './invoice-lines.js';
import { settleTax, taxOf } from './invoice-tax.js';

/** Lines that Xero adds up to the CRM's own total and tax, or why there are none. */
export type InvoiceMoney =
  | {
      ok: true;
      lines: PricedLine[];
      /** Decimal strings with two decimals. */
      total: string;
      tax: string;
      adjusted: { taxCents: number; roundingCents: number };
    }
  | Refusal;

/** Rounds a document once, here: `docs/money.md` tells how. `allowedCents` bounds the rounding line. */
export function priceInvoice(invoice: Invoice, allowedCents: number): InvoiceMoney {
  if (invoice.lines.length === 0) return refuse('INVOICE_WITHOUT_LINES');
  const total = roundToCents(invoice.total);
  if (total.lt(0)) return refuse('INVOICE_TOTAL_NEGATIVE', { total: money(total) });
  const lines = [...withDiscount(invoice, chargedLines(invoice)), ...adjustmentLines(invoice)];
  const settled = settleTax(lines, invoice.totalTax);
  if (settled === null) return taxRefusal(invoice, lines);
  return withRounding(invoice, settled, allowedCents);
}

function adjustmentLines({ adjustment }: Invoice): PricedLine[] {
  const amount = roundToCents(adjustment);
  return amount.isZero() ? [] : [amountLine('Adjustment', amount, NO_TAX)];
}

function taxRefusal(invoice: Invoice, lines: readonly PricedLine[]): Refusal {
  return refuse('INVOICE_TAX_DOES_NOT_ADD_UP', {
    computed: money(taxOf(lines)),
    tax: money(invoice.totalTax),
    taxedLines: lines.filter(({ rate }) => !rate.isZero()).length,
  });
}

function withRounding(
  invoice: Invoice,
  { lines, taxCents }: { lines: PricedLine[]; taxCents: number },
  allowedCents: number,
): InvoiceMoney {
  const computed = totalOf(lines);
  const difference = roundToCents(invoice.total).minus(computed);
  const roundingCents = Math.abs(cents(difference));
  if (roundingCents > allowedCents) {
    return refuse('INVOICE_DOES_NOT_ADD_UP', { computed: money(computed), total: money(invoice.total) });
  }
  const rounding = difference.isZero() ? [] : [amountLine('Rounding', difference, NO_TAX, 'rounding')];
  return {
    ok: true,
    lines: [...lines, ...rounding],
    total: money(invoice.total),
    tax: money(invoice.totalTax),
    adjusted: { taxCents, roundingCents },
  };
}

/** Σ of amounts and taxes. */
export function totalOf(lines: readonly PricedLine[]): Decimal {
  return decimal(sum(lines.map(({ amount }) => amount))).plus(taxOf(lines));
}
