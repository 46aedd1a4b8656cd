import { type CreditNote, decimal, type DocumentLine, type Invoice, type Json } from '@sync/domain';
import { wireTaxes, wireText, type WireRecord } from './parts.js';

/** What invoices and credit notes have in common; what the CRM derives (paid, credited, applied, refunded) is not sent. */
export function encodeDocument(record: Invoice | CreditNote): WireRecord {
  return {
    number: wireText(record.number),
    reference: wireText(record.reference),
    customerId: record.customerId,
    date: record.date,
    currency: record.currency,
    status: record.status,
    lines: record.lines.map(encodeLine),
    discount: encodeDiscount(record),
    adjustment: record.adjustment,
    subtotal: record.subtotal,
    totalTax: record.totalTax,
    total: record.total,
  };
}

/** A charged line. */
export function encodeLine(line: DocumentLine): { [field: string]: Json } {
  return {
    itemId: line.itemId,
    description: wireText(line.description),
    quantity: line.quantity,
    price: line.unitPrice,
    taxes: wireTaxes(line.taxes),
  };
}

/** Whether an amount is nothing. */
export function isNothing(amount: string): boolean {
  return decimal(amount).isZero();
}

function encodeDiscount({ discountTotal, discountTiming }: Invoice | CreditNote): Json {
  if (isNothing(discountTotal)) return null;
  return { timing: discountTiming === 'after-tax' ? 'after_tax' : 'before_tax', total: discountTotal };
}
