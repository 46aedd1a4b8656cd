import type { Customer, Invoice, Item, Payment, TaxComponent } from '@sync/domain';

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

/** The ids `from` … `from + count - 1`. */
export function ids(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}
