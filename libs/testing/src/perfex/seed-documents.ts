import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';
import { SEEDED_INVOICES, type SeededInvoice } from './seed-invoices.js';
import { seedLines } from './seed-lines.js';

const DRAFT_NUMBER = 1000000000;

/** Stores the seeded invoices with lines, line taxes, payments and applied credits. */
export async function seedDocuments(perfex: PerfexDatabase): Promise<void> {
  const { connection, table, shape } = perfex;
  for (const invoice of SEEDED_INVOICES) {
    await insertRows(connection, table('invoices'), [headerRow(invoice, shape === '3.4.0')]);
    await seedLines(perfex, { id: invoice.id, relType: 'invoice', lines: invoice.lines });
    await insertRows(connection, table('invoicepaymentrecords'), paymentRows(invoice));
    await insertRows(connection, table('credits'), creditRows(invoice));
  }
}

function headerRow(invoice: SeededInvoice, formatted: boolean): NewRow {
  const number = invoice.status === 6 ? DRAFT_NUMBER : invoice.id;
  const label = invoice.status === 6 ? 'INV-DRAFT' : `INV-${String(number).padStart(6, '0')}`;
  return {
    id: invoice.id,
    clientid: invoice.customer ?? 1,
    number,
    prefix: 'INV-',
    number_format: 1,
    ...(formatted ? { formatted_number: label } : {}),
    datecreated: `2026-0${1 + (invoice.id % 9)}-11 12:13:14`,
    date: invoice.date ?? '2026-10-01',
    // What was paid, let go overdue or cancelled was sent before.
    sent: [2, 3, 4, 5].includes(invoice.status) ? 1 : 0,
    duedate: invoice.dueDate === undefined ? '2026-10-15' : invoice.dueDate,
    currency: invoice.currency ?? 1,
    subtotal: invoice.subtotal,
    total_tax: invoice.tax,
    total: invoice.total,
    adjustment: invoice.adjustment ?? null,
    discount_percent: invoice.discountPercent ?? '0.00',
    discount_total: invoice.discount ?? '0.00',
    discount_type: invoice.discountType ?? '',
    status: invoice.status,
    hash: `hash-of-${invoice.id}`,
    include_shipping: 0,
    addedfrom: 1,
  };
}

function paymentRows(invoice: SeededInvoice): NewRow[] {
  return (invoice.payments ?? []).map(({ id, amount, mode, reference }) => ({
    id,
    invoiceid: invoice.id,
    amount,
    paymentmode: mode,
    date: '2026-10-09',
    daterecorded: '2026-10-09 23:30:00',
    note: '',
    transactionid: reference ?? null,
  }));
}

function creditRows(invoice: SeededInvoice): NewRow[] {
  return (invoice.credits ?? []).map((amount) => ({
    invoice_id: invoice.id,
    credit_id: 1,
    staff_id: 1,
    date: '2026-10-10',
    date_applied: '2026-10-10 10:00:00',
    amount,
  }));
}
