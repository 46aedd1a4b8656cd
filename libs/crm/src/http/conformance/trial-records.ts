import type { Customer, Expense, Invoice, Payment } from '@sync/domain';
import type { ExpenseCategory } from '@sync/engine';
import type { Trial } from './trial.js';

/** A customer that nobody takes for a real one. */
export function trialCustomer({ mark }: Trial): Customer {
  return {
    id: '',
    name: `Conformance trial ${mark}`,
    firstName: 'Conformance',
    lastName: 'Trial',
    email: `trial-${mark}@conformance.example`,
    phone: null,
    taxNumber: null,
    currency: null,
    billingAddress: null,
    streetAddress: null,
    people: [],
    active: true,
  };
}

/** An invoice over 10.00 without tax. */
export function trialInvoice({ mark, reference }: Trial, customerId: string): Invoice {
  return {
    id: '',
    number: null,
    reference: `trial ${mark}`,
    customerId,
    date: today(),
    dueDate: today(),
    currency: reference.baseCurrency,
    status: 'open',
    lines: [{ description: 'Conformance trial', quantity: '2', unitPrice: '5', taxes: [], itemId: null }],
    discountTiming: 'before-tax',
    discountTotal: '0.00',
    adjustment: '0.00',
    subtotal: '10.00',
    totalTax: '0.00',
    total: '10.00',
    paid: '0.00',
    sent: false,
    credited: '0.00',
  };
}

/** A payment of 1.00. */
export function trialPayment({ mark, reference }: Trial, invoiceId: string): Payment {
  return {
    id: '',
    invoiceId,
    date: today(),
    amount: '1.00',
    currency: reference.baseCurrency,
    modeId: reference.paymentModes[0]?.id ?? '',
    reference: `trial ${mark}`,
  };
}

/** An expense of 1.00 without tax. */
export function trialExpense({ mark, reference }: Trial, category: ExpenseCategory): Expense {
  return {
    id: '',
    name: 'Conformance trial',
    note: null,
    reference: `trial ${mark}`,
    categoryId: category.id,
    categoryName: category.name,
    vendorId: null,
    date: today(),
    currency: reference.baseCurrency,
    amount: '1.00',
    taxes: [],
    total: '1.00',
    modeId: reference.paymentModes[0]?.id ?? null,
  };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
