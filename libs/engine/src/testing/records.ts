import type {
  CreditApplication,
  CreditNote,
  Customer,
  Expense,
  Invoice,
  Item,
  Payment,
  PurchaseOrder,
  Refund,
  TaxComponent,
} from '@sync/domain';

/** A customer whom nothing but the id tells from the others. */
export function customer(id: string, change: Partial<Customer> = {}): Customer {
  return {
    id,
    name: `Customer ${id}`,
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    taxNumber: null,
    currency: null,
    billingAddress: null,
    streetAddress: null,
    people: [],
    active: true,
    ...change,
  };
}

/** An open invoice of one line of 100.00. */
export function invoice(id: string, change: Partial<Invoice> = {}, taxes: TaxComponent[] = []): Invoice {
  return {
    id,
    number: `INV-${id}`,
    reference: null,
    customerId: '1',
    date: '2026-05-04',
    dueDate: null,
    currency: 'USD',
    status: 'open',
    lines: [{ description: 'Work', quantity: '1', unitPrice: '100.00', taxes, itemId: null }],
    discountTiming: 'before-tax',
    discountTotal: '0',
    adjustment: '0',
    subtotal: '100.00',
    totalTax: '0',
    total: '100.00',
    paid: '0',
    sent: false,
    credited: '0',
    ...change,
  };
}

/** An item without tax. */
export function item(id: string, change: Partial<Item> = {}): Item {
  return {
    id,
    code: `CODE-${id}`,
    name: `Item ${id}`,
    description: null,
    unitPrice: '5.00',
    taxes: [],
    ...change,
  };
}

/** A payment of 50.00. */
export function payment(id: string, change: Partial<Payment> = {}): Payment {
  return {
    id,
    invoiceId: '1',
    date: '2026-05-10',
    amount: '50.00',
    currency: 'USD',
    modeId: '1',
    reference: null,
    ...change,
  };
}

/** An open credit note of one line of 100.00. */
export function creditNote(id: string, change: Partial<CreditNote> = {}): CreditNote {
  const { dueDate: _dueDate, paid: _paid, credited: _credited, ...document } = invoice(id);
  return { ...document, number: `CN-${id}`, status: 'open', applied: '0', refunded: '0', ...change };
}

/** 50.00 of a credit note, applied to an invoice. */
export function creditApplication(id: string, change: Partial<CreditApplication> = {}): CreditApplication {
  return {
    id,
    creditNoteId: '1',
    invoiceId: '1',
    date: '2026-05-10',
    amount: '50.00',
    currency: 'USD',
    ...change,
  };
}

/** 50.00 of a credit note, paid back. */
export function refund(id: string, change: Partial<Refund> = {}): Refund {
  const { invoiceId: _invoiceId, ...money } = payment(id);
  return { ...money, creditNoteId: '1', ...change };
}

/** An expense of 50.00 without tax, of which neither vendor nor payment mode is known. */
export function expense(id: string, change: Partial<Expense> = {}): Expense {
  return {
    id,
    name: `Expense ${id}`,
    note: null,
    reference: null,
    categoryId: '1',
    categoryName: 'Travel',
    vendorId: null,
    date: '2026-05-04',
    currency: 'USD',
    amount: '50.00',
    taxes: [],
    total: '50.00',
    modeId: null,
    ...change,
  };
}

/** An approved order of one line of 100.00. */
export function purchaseOrder(id: string, change: Partial<PurchaseOrder> = {}): PurchaseOrder {
  return {
    id,
    number: `PO-${id}`,
    reference: null,
    vendorId: '1',
    date: '2026-05-04',
    deliveryDate: null,
    currency: 'USD',
    status: 'approved',
    lines: [
      { description: 'Steel', quantity: '1', unitPrice: '100.00', discount: '0', taxes: [], itemId: null },
    ],
    discountTotal: '0',
    shippingFee: '0',
    subtotal: '100.00',
    totalTax: '0',
    total: '100.00',
    ...change,
  };
}

/** The ids `from` … `from + count - 1`. */
export function ids(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}
