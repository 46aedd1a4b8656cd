import { fromCents, toCents } from '../amounts.js';
import { orderTotalsOf } from '../purchase-totals.js';
import type {
  CustomerRecord,
  ItemRecord,
  OrderDiscountRecord,
  PurchaseLineRecord,
  PurchaseOrderRecord,
} from '../records.js';
import { BASE_CURRENCY } from '../reference.js';
import { dayAfter, dayOf, momentOn } from './dates.js';
import { makeLines } from './lines.js';
import type { Random } from './random.js';

/** What orders are made from. */
export interface OrderMaking {
  random: Random;
  now: Date;
  vendors: readonly CustomerRecord[];
  items: readonly ItemRecord[];
}

/** Orders of the last twelve months in the order of their dates; every status occurs from four orders on. */
export function makePurchaseOrders(count: number, making: OrderMaking): PurchaseOrderRecord[] {
  const { random, now } = making;
  const statuses = Array.from({ length: count }, (_, at) => ({ status: statusOf(at), order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ status }) => status);
  const ages = statuses.map(() => random.int(1, 360)).toSorted((a, b) => b - a);
  return statuses.map((status, at) => {
    const date = dayAfter(dayOf(now), -(ages[at] ?? 1));
    const start = { id: String(at + 1), number: orderNumber(at + 1), date };
    return { ...makePurchaseOrder(start, making), status };
  });
}

/** What is given of an order before it is made. */
export interface OrderStart {
  id: string;
  number: string;
  date: string;
}

/** One order that is not approved yet, and whose amounts add up. */
export function makePurchaseOrder(start: OrderStart, making: OrderMaking): PurchaseOrderRecord {
  const { random, now } = making;
  const vendor = random.pick(making.vendors);
  const lines = makeLines(random, making.items).map((line) => ({
    ...line,
    discount: lineDiscount(random, line),
  }));
  const discount = orderDiscount(random, lines);
  const shippingFee = random.chance(0.3) ? fromCents(random.int(400, 6_000)) : '0.00';
  const { discountTotal, ...amounts } = orderTotalsOf({ lines, discount, shippingFee });
  const createdAt = momentOn(start.date, random.next(), now);
  return {
    ...start,
    reference: random.chance(0.3) ? random.fill('Q-####') : null,
    vendorId: vendor.id,
    deliveryDate: random.chance(0.7) ? dayAfter(start.date, random.pick([3, 7, 14, 30])) : null,
    currency: vendor.currency ?? BASE_CURRENCY,
    status: 'open',
    lines,
    discount: discount === null ? null : { ...discount, total: discountTotal },
    shippingFee,
    ...amounts,
    createdAt,
    updatedAt: createdAt,
  };
}

/** The number that is printed on the n-th order. */
export function orderNumber(ordinal: number): string {
  return `PO-${String(ordinal).padStart(5, '0')}`;
}

/** Of twelve orders seven are approved, three wait, one is rejected, one cancelled. */
function statusOf(at: number): PurchaseOrderRecord['status'] {
  const place = at % 12;
  if (place === 2) return 'rejected';
  if (place === 3) return 'cancelled';
  return [0, 6, 9].includes(place) ? 'open' : 'approved';
}

function lineDiscount(
  random: Random,
  { quantity, price }: Pick<PurchaseLineRecord, 'quantity' | 'price'>,
): string {
  if (!random.chance(0.25)) return '0.00';
  const gross = (toCents(quantity) * toCents(price)) / 100;
  return fromCents(Math.floor((gross * random.pick([5, 10, 15, 20])) / 100));
}

function orderDiscount(random: Random, lines: PurchaseLineRecord[]): OrderDiscountRecord | null {
  const kind = random.next();
  if (kind >= 0.25) return null;
  if (kind < 0.12) return { percent: `${random.pick([2, 3, 5])}.00`, total: '0.00' };
  const { subtotal } = orderTotalsOf({ lines, discount: null, shippingFee: '0.00' });
  return { percent: null, total: fromCents(Math.min(2_500, Math.floor(toCents(subtotal) / 10))) };
}
