import { expenseTotal, orderTotalsOf } from './purchase-totals.js';
import type { CreditNoteRecord, ExpenseRecord, InvoiceRecord, PurchaseOrderRecord } from './records.js';
import { totalsOf } from './totals.js';

/** The document with the amounts that follow from its parts. */
export function recomputed<T extends InvoiceRecord | CreditNoteRecord>(document: T): T {
  const { discountTotal, ...amounts } = totalsOf(document);
  const discount = document.discount === null ? null : { ...document.discount, total: discountTotal };
  return { ...document, ...amounts, discount };
}

/** The order with the amounts that follow from its parts. */
export function recomputedOrder(order: PurchaseOrderRecord): PurchaseOrderRecord {
  const { discountTotal, ...amounts } = orderTotalsOf(order);
  const discount = order.discount === null ? null : { ...order.discount, total: discountTotal };
  return { ...order, ...amounts, discount };
}

/** The expense with the total that follows from its parts. */
export function recomputedExpense(expense: ExpenseRecord): ExpenseRecord {
  return { ...expense, total: expenseTotal(expense) };
}
