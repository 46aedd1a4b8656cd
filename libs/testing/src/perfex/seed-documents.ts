import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';
import { SEEDED_INVOICES, type SeededInvoice, type SeededLine } from './seed-invoices.js';

const DRAFT_NUMBER = 1000000000;

/** Stores the seeded invoices with lines, line taxes, payments and applied credits. */
export async function seedDocuments(perfex: PerfexDatabase): Promise<void> {
  const { connection, table, shape } = perfex;
  for (const invoice of SEEDED_INVOICES) {
    await insertRows(connection, table('invoices'), [headerRow(invoice, shape === '3.4.0')]);
    const lines = invoice.lines.filter((line) => line.optional !== true || shape === '3.4.0');
    for (const [index, line] of lines.entries()) await insertLine(perfex, { invoice, line, index });
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

interface PlacedLine {
  invoice: SeededInvoice;
  line: SeededLine;
  index: number;
}

async function insertLine({ connection, table, shape }: PerfexDatabase, placed: PlacedLine): Promise<void> {
  const { invoice, line, index } = placed;
  const optional = line.optional === true ? 1 : 0;
  const id = await insertRows(connection, table('itemable'), [
    {
      rel_id: invoice.id,
      rel_type: 'invoice',
      description: line.description,
      long_description: line.longDescription ?? null,
      qty: line.quantity,
      rate: line.rate,
      ...(shape === '3.4.0' ? { is_optional: optional, is_selected: 1 - optional } : {}),
      item_order: line.order ?? index + 1,
    },
  ]);
  const taxes = (line.taxes ?? []).map(([taxname, taxrate]) => ({
    itemid: id,
    rel_id: invoice.id,
    rel_type: 'invoice',
    taxname,
    taxrate,
  }));
  await insertRows(connection, table('item_tax'), taxes);
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
