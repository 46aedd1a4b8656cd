import { decimal, plain, type PurchaseOrder, type PurchaseOrderLine, roundToCents, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { refuse } from '../codec.js';
import { besideLines, discountLine, NO_TAX } from './discount.js';
import { addUp, type DocumentMoney } from './price-document.js';
import { amountLine, discountedLine, lineTax, pricedLine, type PricedLine } from './priced-line.js';

/** The text of a line that stands for the order's shipping fee. */
export const SHIPPING = 'Shipping fee';
/** Xero keeps two decimals of a discount in percent, and four of a price. */
const RATE_DECIMALS = 2;
const PRICE_DECIMALS = 4;

/**
 * Rounds a purchase order once, here. CRMs do not agree whether a discount lowers the tax, and the order does not say:
 * the first way that comes to its own tax is taken.
 */
export function pricePurchaseOrder(order: PurchaseOrder, allowedCents: number): DocumentMoney {
  if (order.lines.length === 0) return refuse('INVOICE_WITHOUT_LINES');
  const gross = order.lines.map((line) => pricedLine(line, 'expenses'));
  const net = order.lines.map((line, index) => withoutDiscount(line, gross[index]));
  const discount = roundToCents(order.discountTotal);
  const whole = sum(order.lines.map((line) => roundToCents(line.discount))).plus(discount);
  const ways = [
    discount.isZero() ? net : besideLines(net, discount),
    untaxed(net, discount),
    untaxed(gross, whole),
  ];
  return addUp(
    ways.map((lines) => [...lines, ...shippingLines(order)]),
    order,
    allowedCents,
  );
}

function untaxed(lines: PricedLine[], discount: Decimal): PricedLine[] {
  return discount.isZero() ? lines : [...lines, discountLine(lines, discount, NO_TAX)];
}

function shippingLines({ shippingFee }: PurchaseOrder): PricedLine[] {
  const amount = roundToCents(shippingFee);
  return amount.isZero() ? [] : [amountLine(SHIPPING, amount, NO_TAX, 'expenses')];
}

/** The line net of its discount: in percent where that is exact, else by its price. */
export function withoutDiscount(line: PurchaseOrderLine, priced = pricedLine(line, 'expenses')): PricedLine {
  const discount = roundToCents(line.discount);
  if (discount.isZero()) return priced;
  const rate = exactRate(priced, discount);
  if (rate === null) return atNetPrice(priced, discount);
  const amount = priced.amount.minus(discount);
  return { ...priced, discount, discountRate: rate, amount, tax: lineTax(amount, priced.rate) };
}

function exactRate({ quantity, unitAmount, amount }: PricedLine, discount: Decimal): Decimal | null {
  const gross = quantity.times(unitAmount);
  if (gross.isZero()) return null;
  const rate = discount.times(100).dividedBy(gross).toDecimalPlaces(RATE_DECIMALS);
  const net = roundToCents(gross.times(decimal('100').minus(rate)).dividedBy(100));
  return rate.gte(0) && rate.lte(100) && net.equals(amount.minus(discount)) ? rate : null;
}

function atNetPrice(line: PricedLine, discount: Decimal): PricedLine {
  const net = line.amount.minus(discount);
  const price = line.quantity.isZero() ? net : net.dividedBy(line.quantity);
  const fits = price.decimalPlaces() <= PRICE_DECIMALS && line.quantity.times(price).equals(net);
  const zero = decimal('0');
  if (fits) return discountedLine({ ...line, unitAmount: price }, zero);
  const calculation = ` (${plain(line.quantity)} × ${plain(line.unitAmount)} − ${plain(discount)})`;
  const description = line.description + calculation;
  return discountedLine({ ...line, description, quantity: decimal('1'), unitAmount: net }, zero);
}
