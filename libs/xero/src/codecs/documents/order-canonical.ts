import { decimal, money, type PurchaseOrder, type PurchaseOrderLine, roundToCents, sum } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import { inexpressible, keptNumber } from '../canonical.js';
import type { Refusal } from '../codec.js';
import { DISCOUNT } from '../money/discount.js';
import { pricePurchaseOrder, SHIPPING, withoutDiscount } from '../money/purchase-order-money.js';
import { type HeldLine, heldLines, isRounding, isUntaxed, stands } from './held-line.js';
import { areAsSent, matchLines } from './match-lines.js';
import { documentLine } from './sales-canonical.js';

type OrderMoney = Pick<
  PurchaseOrder,
  'lines' | 'discountTotal' | 'shippingFee' | 'subtotal' | 'totalTax' | 'total'
>;

/** What a purchase order in Xero is worth in the CRM's terms, as `salesMoney` has it of what is sold. */
export function orderMoney(
  record: XeroRecord,
  base: PurchaseOrder | null,
  references: BackReferences,
): { ok: true; money: OrderMoney } | Refusal {
  const held = heldLines(record, references);
  if (!Array.isArray(held)) return held;
  const { total, tax } = record.derived;
  if (total === undefined || tax === undefined) return inexpressible('its total is not known');
  if (base !== null) {
    const sent = pricePurchaseOrder(base, Number.POSITIVE_INFINITY);
    const same = sent.ok && sent.total === total && sent.tax === tax;
    if (same && areAsSent(held, sent.lines, references)) return { ok: true, money: moneyOf(base) };
  }
  return { ok: true, money: readAnew(held, { total, tax }, base, references) };
}

function moneyOf(base: PurchaseOrder): OrderMoney {
  const { lines, discountTotal, shippingFee, subtotal, totalTax, total } = base;
  return { lines, discountTotal, shippingFee, subtotal, totalTax, total };
}

function readAnew(
  held: readonly HeldLine[],
  { total, tax }: { total: string; tax: string },
  base: PurchaseOrder | null,
  references: BackReferences,
): OrderMoney {
  const taken = held.filter((line) => stands(line, DISCOUNT) && line.amount.isNegative());
  const shipping = held.filter((line) => stands(line, SHIPPING) && isUntaxed(line));
  const charged = held.filter(
    (line) => !isRounding(line) && !taken.includes(line) && !shipping.includes(line),
  );
  const known = (base?.lines ?? []).map((line) => ({ line, sent: withoutDiscount(line) }));
  const lines = matchLines(charged, known, { references, make: orderLine });
  const discount = sum(taken.map(({ amount }) => amount)).negated();
  const fee = sum(shipping.map(({ amount }) => amount));
  return {
    lines,
    discountTotal: keptNumber(base?.discountTotal, money(discount)),
    shippingFee: keptNumber(base?.shippingFee, money(fee)),
    subtotal: keptNumber(base?.subtotal, subtotalOf(lines)),
    totalTax: keptNumber(base?.totalTax, tax),
    total: keptNumber(base?.total, total),
  };
}

function orderLine(line: HeldLine, names: Parameters<typeof documentLine>[1]): PurchaseOrderLine {
  return { ...documentLine(line, names), discount: money(line.discount) };
}

function subtotalOf(lines: readonly PurchaseOrderLine[]): string {
  return money(
    sum(
      lines.map(({ quantity, unitPrice, discount }) =>
        roundToCents(decimal(quantity).times(unitPrice)).minus(discount),
      ),
    ),
  );
}
