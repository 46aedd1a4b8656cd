import { Decimal } from 'decimal.js';
import type { ExpenseRecord, OrderDiscountRecord, PurchaseLineRecord } from './records.js';

/** What the totals of an order are computed from. */
export interface OrderTotalsInput {
  lines: readonly PurchaseLineRecord[];
  discount: OrderDiscountRecord | null;
  /** Untaxed. */
  shippingFee: string;
}

/** The amounts of an order, each with two decimals. */
export interface OrderTotals {
  subtotal: string;
  discountTotal: string;
  totalTax: string;
  total: string;
}

/**
 * Adds up an order: its lines rounded to cents, less their own discounts; the order's discount takes its share of the
 * tax with it; the tax is rounded once for the order; the shipping fee is untaxed.
 */
export function orderTotalsOf({ lines, discount, shippingFee }: OrderTotalsInput): OrderTotals {
  const subtotal = Decimal.sum(0, ...lines.map((line) => cents(grossOf(line)).minus(line.discount)));
  const discountTotal = discountOf(discount, subtotal);
  const share = subtotal.isZero() ? new Decimal(0) : discountTotal.div(subtotal);
  const tax = cents(Decimal.sum(0, ...lines.map(taxOf)).times(new Decimal(1).minus(share)));
  return {
    subtotal: subtotal.toFixed(2),
    discountTotal: discountTotal.toFixed(2),
    totalTax: tax.toFixed(2),
    total: subtotal.minus(discountTotal).plus(tax).plus(shippingFee).toFixed(2),
  };
}

/** What an expense came to: each tax on the net amount by itself, rounded once. */
export function expenseTotal({ amount, taxes }: Pick<ExpenseRecord, 'amount' | 'taxes'>): string {
  const own = taxes.map(({ rate }) => cents(new Decimal(amount).times(rate).div(100)));
  return Decimal.sum(amount, ...own).toFixed(2);
}

function grossOf({ quantity, price }: PurchaseLineRecord): Decimal {
  return new Decimal(quantity).times(price);
}

function taxOf(line: PurchaseLineRecord): Decimal {
  const percent = Decimal.sum(0, ...line.taxes.map(({ rate }) => rate));
  return grossOf(line).minus(line.discount).times(percent).div(100);
}

function discountOf(discount: OrderDiscountRecord | null, subtotal: Decimal): Decimal {
  if (discount === null) return new Decimal(0);
  if (discount.percent === null) return new Decimal(discount.total);
  return cents(subtotal.times(discount.percent).div(100));
}

function cents(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}
