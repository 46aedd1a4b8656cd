import { decimal, money, type PurchaseOrderLine, sum } from '@sync/domain';

/** The amounts of an order as stored. */
export interface OrderAmounts {
  totalTax: string;
  total: string;
  discountTotal: string | null;
  /** `before_tax`, `after_tax`, or nothing in older versions. */
  discountType: string | null;
  shippingFee: string | null;
}

/** What is taken off an order, each part net or gross as `afterTax` says. */
interface PurchaseDiscounts {
  /** The discounts leave the taxes as they are. */
  afterTax: boolean;
  /** Off the whole order, on top of what its lines have. */
  ofOrder: string;
}

type Amount = ReturnType<typeof decimal>;

/** Finds out what an order's discounts are: the module does not always say so, and its versions differ. */
export function purchaseDiscounts(row: OrderAmounts, lines: readonly PurchaseOrderLine[]): PurchaseDiscounts {
  const ofLines = sum(lines.map(({ discount }) => discount));
  const ofOrder = orderDiscount(row, lines, ofLines);
  return { afterTax: isAfterTax(row, lines, ofOrder), ofOrder: money(ofOrder) };
}

/** Some versions store the order's own discount, some that of its lines as well: whichever the total was made with. */
function orderDiscount(row: OrderAmounts, lines: readonly PurchaseOrderLine[], ofLines: Amount): Amount {
  const stored = decimal(row.discountTotal ?? '0');
  const undiscounted = sum([...lines.map(amountOf), row.totalTax, row.shippingFee ?? '0']);
  const taken = undiscounted.minus(row.total);
  const own = stored.minus(ofLines);
  return own.gte(0) && money(taken) === money(stored) && money(taken) !== money(stored.plus(ofLines))
    ? own
    : stored;
}

/** Where the module does not say it, the stored tax does: it was computed before or after the discounts. */
function isAfterTax(row: OrderAmounts, lines: readonly PurchaseOrderLine[], ofOrder: Amount): boolean {
  if (row.discountType === 'before_tax' || row.discountType === 'after_tax')
    return row.discountType === 'after_tax';
  const subtotal = sum(lines.map(amountOf));
  const left = subtotal.isZero() ? decimal('1') : decimal('1').minus(ofOrder.div(subtotal));
  const after = sum(lines.map((line) => taxOn(line, amountOf(line))));
  const before = sum(lines.map((line) => taxOn(line, amountOf(line).minus(line.discount)))).times(left);
  return after.minus(row.totalTax).abs().lt(before.minus(row.totalTax).abs());
}

/** What a line comes to before its discount. */
export function amountOf({ quantity, unitPrice }: PurchaseOrderLine): Amount {
  return decimal(money(decimal(quantity).times(unitPrice)));
}

function taxOn({ taxes }: PurchaseOrderLine, amount: Amount): Amount {
  return sum(taxes.map(({ rate }) => amount.times(rate).div(100)));
}
