import type { Ledgers } from '../booking.js';
import { orderTotalsOf } from '../purchase-totals.js';
import { recomputedExpense, recomputedOrder } from '../recompute.js';
import type { ExpenseRecord, PurchaseOrderRecord } from '../records.js';
import {
  checkCurrency,
  checkMode,
  checkPositive,
  differs,
  type Draft,
  known,
  numbered,
} from './common-rules.js';
import { WriteRefusal } from './refusal.js';

/** An expense is of a category, and of a vendor and payment mode that there are, if of any. */
export function settleExpense(at: Ledgers, { record }: Draft<ExpenseRecord>): ExpenseRecord {
  const category = at.books.reference.expenseCategories.find(({ id }) => id === record.categoryId);
  if (category === undefined)
    throw new WriteRefusal('unknown-category', `There is no expense category ${record.categoryId}.`);
  if (record.vendorId !== null) known(at, 'vendors', record.vendorId);
  checkCurrency(record.currency);
  checkMode(at, record.mode);
  checkPositive(record.amount);
  return recomputedExpense({ ...record, categoryName: category.name });
}

/** The totals of an order follow from its parts. */
export function settlePurchaseOrder(at: Ledgers, draft: Draft<PurchaseOrderRecord>): PurchaseOrderRecord {
  const { record } = draft;
  known(at, 'vendors', record.vendorId);
  checkCurrency(record.currency);
  const order = differs(draft, ['lines', 'discount', 'shippingFee'])
    ? recomputedOrder(withFixedDiscount(record))
    : record;
  if (Number(order.total) < 0)
    throw new WriteRefusal('negative-total', `Its total of ${order.total} is below zero.`);
  return numbered(at, 'purchase-orders', order);
}

/** The amount of a discount counts: a percent that comes to something else is dropped. */
function withFixedDiscount(order: PurchaseOrderRecord): PurchaseOrderRecord {
  const { discount } = order;
  if (discount === null || orderTotalsOf(order).discountTotal === discount.total) return order;
  return { ...order, discount: { ...discount, percent: null } };
}
