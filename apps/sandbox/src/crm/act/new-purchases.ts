import { nextNumber } from '../numbers.js';
import type { ExpenseRecord, PurchaseOrderRecord } from '../records.js';
import { dayOf } from '../seed/dates.js';
import { makeExpense } from '../seed/expenses.js';
import { makePurchaseOrder } from '../seed/purchase-orders.js';
import { type Desk, fitRecords } from './desk.js';

/** An expense of today that did not exist before; not stored. */
export function newExpense({ books, random, now }: Desk): ExpenseRecord {
  const vendors = fitRecords(books, 'vendors');
  const vendor = random.chance(0.67) ? random.pick(vendors) : null;
  const start = { id: books.freshId('expenses'), date: dayOf(now), vendor };
  return { ...makeExpense(start, { random, now, vendors }), createdAt: now.toISOString() };
}

/** An order of today that did not exist before and is not approved yet; not stored. */
export function newPurchaseOrder({ books, random, now }: Desk): PurchaseOrderRecord {
  const making = { random, now, vendors: fitRecords(books, 'vendors'), items: fitRecords(books, 'items') };
  const start = {
    id: books.freshId('purchase-orders'),
    number: nextNumber(books, 'purchase-orders'),
    date: dayOf(now),
  };
  return { ...makePurchaseOrder(start, making), createdAt: now.toISOString() };
}
