import type { Expense, PurchaseOrder } from '@sync/domain';
import { encodeLine, isNothing } from './document.js';
import { wireTaxes, wireText, type WireRecord } from './parts.js';

/** A purchase that was paid at once. */
export function encodeExpense(record: Expense): WireRecord {
  return {
    name: wireText(record.name),
    note: wireText(record.note),
    reference: wireText(record.reference),
    categoryId: record.categoryId,
    categoryName: wireText(record.categoryName),
    vendorId: record.vendorId,
    date: record.date,
    currency: record.currency,
    amount: record.amount,
    taxes: wireTaxes(record.taxes),
    total: record.total,
    mode: record.modeId,
  };
}

/** An order to a vendor. */
export function encodePurchaseOrder(record: PurchaseOrder): WireRecord {
  return {
    number: wireText(record.number),
    reference: wireText(record.reference),
    vendorId: record.vendorId,
    date: record.date,
    deliveryDate: record.deliveryDate,
    currency: record.currency,
    status: record.status,
    lines: record.lines.map((line) => ({ ...encodeLine(line), discount: line.discount })),
    discount: isNothing(record.discountTotal) ? null : { total: record.discountTotal },
    shippingFee: record.shippingFee,
    subtotal: record.subtotal,
    totalTax: record.totalTax,
    total: record.total,
  };
}
