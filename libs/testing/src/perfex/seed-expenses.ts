import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';

const EXPENSE: NewRow = {
  id: 0,
  category: 1,
  currency: 1,
  amount: '0.00',
  tax: null,
  tax2: 0,
  reference_no: null,
  note: '',
  expense_name: '',
  clientid: 0,
  billable: 0,
  invoiceid: null,
  paymentmode: null,
  date: '2026-10-05',
  send_invoice_to_customer: 0,
  dateadded: '2026-10-05 11:12:13',
  addedfrom: 1,
};

/** Two taxes whose cents round up; to be billed, with no mode; billed; in another currency; a tax that was deleted. */
const EXPENSES: readonly NewRow[] = [
  {
    ...EXPENSE,
    id: 1,
    amount: '33.33',
    tax: 1,
    tax2: 2,
    reference_no: 'R-1',
    note: 'By rail<br />\nand <b>back</b>',
    expense_name: 'Train tickets',
    paymentmode: '1',
    vendor: 1,
  },
  { ...EXPENSE, id: 2, amount: '50.00', clientid: 1, billable: 1 },
  {
    ...EXPENSE,
    id: 3,
    category: 2,
    amount: '20.00',
    tax: 1,
    clientid: 1,
    billable: 1,
    invoiceid: 1,
    paymentmode: '1',
  },
  { ...EXPENSE, id: 4, category: 2, currency: 2, amount: '12.00', tax: 2, paymentmode: 'stripe', vendor: 2 },
  { ...EXPENSE, id: 5, amount: '10.00', tax: 99, paymentmode: '1', vendor: 99 },
];

/** Stores two categories and five expenses; vendors where the Purchase module knows them. */
export async function seedExpenses({ connection, table, purchase }: PerfexDatabase): Promise<void> {
  await insertRows(connection, table('expenses_categories'), [
    { id: 1, name: 'Travel' },
    { id: 2, name: 'Office &amp; stationery' },
  ]);
  for (const { vendor = null, ...expense } of EXPENSES) {
    const row = purchase === null ? expense : { ...expense, vendor };
    await insertRows(connection, table('expenses'), [row]);
  }
}
