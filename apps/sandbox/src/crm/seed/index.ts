import type { CustomerRecord, RecordLists } from '../records.js';
import { makeCredits } from './credits.js';
import { type CustomerMaking, makeCustomer, makeCustomers } from './customers.js';
import { makeExpenses } from './expenses.js';
import { makeInvoices } from './invoices.js';
import { makeItems } from './items.js';
import { makePayments } from './payments.js';
import { makePurchaseOrders } from './purchase-orders.js';
import { randomStream } from './random.js';
import { makeTaxes } from './taxes.js';

/** What to fill the CRM with. */
export interface SeedRequest {
  /** Invoices that are neither drafts nor cancelled; everything else follows in proportion. */
  size: number;
  /** The same seed at the same moment makes the same records. */
  seed: number;
  /** Whether some customers are billed in other currencies. */
  currencies?: boolean | undefined;
}

/** Makes the records of a business year that ends `now`. Each entity has a stream of its own: one more changes no other. */
export function makeRecords({ size, seed, currencies }: SeedRequest, now: Date): RecordLists {
  const stream = (name: string) => randomStream(seed, name);
  const people = { now, currencies: currencies === true, names: new Set<string>() };
  const customers = makeCustomers(atLeast(4, size / 5), { ...people, random: stream('customers') });
  const items = makeItems(atLeast(6, size / 25), stream('items'), now);
  const counts = { open: size, draft: Math.round(size * 0.03), cancelled: Math.round(size * 0.02) };
  const invoices = makeInvoices(counts, { random: stream('invoices'), now, customers, items });
  const payments = makePayments(Math.round(size * 0.7), invoices, stream('payments'), now);
  const vendors = makeVendors(atLeast(3, size / 50), { ...people, random: stream('vendors') });
  const credits = makeCredits(
    {
      notes: atLeast(3, size * 0.015),
      applications: atLeast(2, size * 0.012),
      refunds: atLeast(1, size * 0.004),
    },
    { random: stream('credits'), now, customers, invoices, items },
  );
  return {
    taxes: makeTaxes(now),
    customers,
    vendors,
    items,
    invoices,
    'credit-notes': credits.notes,
    'credit-applications': credits.applications,
    payments,
    refunds: credits.refunds,
    expenses: makeExpenses(atLeast(4, size * 0.06), { random: stream('expenses'), now, vendors }),
    'purchase-orders': makePurchaseOrders(atLeast(4, size * 0.025), {
      random: stream('purchase-orders'),
      now,
      vendors,
      items,
    }),
  };
}

/** None has the name of a customer: in Xero both are contacts, whose names are unique. */
function makeVendors(count: number, making: CustomerMaking): CustomerRecord[] {
  return Array.from({ length: count }, (_, at) => makeCustomer(String(at + 1), making));
}

function atLeast(least: number, share: number): number {
  return Math.max(least, Math.round(share));
}
