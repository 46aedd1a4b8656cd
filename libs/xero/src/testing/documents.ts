import type { CreditNote, Expense, Invoice, PurchaseOrder } from '@sync/domain';

const amounts = { subtotal: '0', totalTax: '0', total: '0' };
const sold = { discountTiming: 'before-tax' as const, discountTotal: '0', adjustment: '0', ...amounts };

/** An invoice of the CRM's customer 7. */
export function someInvoice(change: Partial<Invoice> = {}): Invoice {
  return {
    id: '1',
    number: 'INV-000001',
    reference: null,
    customerId: '7',
    date: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'USD',
    status: 'open',
    lines: [],
    ...sold,
    paid: '0',
    sent: false,
    credited: '0',
    ...change,
  };
}

/** A credit note of the CRM's customer 7. */
export function someCreditNote(change: Partial<CreditNote> = {}): CreditNote {
  return {
    id: '1',
    number: 'CN-000001',
    reference: null,
    customerId: '7',
    date: '2026-11-20',
    currency: 'USD',
    status: 'open',
    lines: [],
    ...sold,
    applied: '0',
    refunded: '0',
    ...change,
  };
}

/** A purchase order to the CRM's vendor 8. */
export function someOrder(change: Partial<PurchaseOrder> = {}): PurchaseOrder {
  return {
    id: '1',
    number: 'PO-1',
    reference: null,
    vendorId: '8',
    date: '2026-11-20',
    deliveryDate: '2026-12-01',
    currency: 'USD',
    status: 'approved',
    lines: [],
    discountTotal: '0',
    shippingFee: '0',
    ...amounts,
    ...change,
  };
}

/** An expense paid to the CRM's vendor 8. */
export function someExpense(change: Partial<Expense> = {}): Expense {
  return {
    id: '1',
    name: 'Train',
    note: null,
    reference: null,
    categoryId: 'travel',
    categoryName: 'Travel',
    vendorId: '8',
    date: '2026-11-20',
    currency: 'USD',
    amount: '10',
    taxes: [],
    total: '10',
    modeId: 'bank',
    ...change,
  };
}
