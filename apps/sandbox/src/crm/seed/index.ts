import type { RecordLists } from '../records.js';
import { makeCustomers } from './customers.js';
import { makeInvoices } from './invoices.js';
import { makeItems } from './items.js';
import { makePayments } from './payments.js';
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

/** Makes the records of a business year that ends `now`. */
export function makeRecords({ size, seed, currencies }: SeedRequest, now: Date): RecordLists {
  const stream = (name: string) => randomStream(seed, name);
  const customers = makeCustomers(atLeast(4, size / 5), {
    random: stream('customers'),
    now,
    currencies: currencies === true,
    names: new Set(),
  });
  const items = makeItems(atLeast(6, size / 25), stream('items'), now);
  const counts = { open: size, draft: Math.round(size * 0.03), cancelled: Math.round(size * 0.02) };
  const invoices = makeInvoices(counts, { random: stream('invoices'), now, customers, items });
  const payments = makePayments(Math.round(size * 0.7), invoices, stream('payments'), now);
  return { taxes: makeTaxes(now), customers, items, invoices, payments };
}

function atLeast(least: number, share: number): number {
  return Math.max(least, Math.round(share));
}
