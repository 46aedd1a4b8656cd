import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';
import { type SeededLine, seedLines } from './seed-lines.js';

/** A credit note that stands for one case; its totals are worked out by hand. */
interface SeededCreditNote {
  id: number;
  /** 1 open, 2 closed, 3 void. */
  status: 1 | 2 | 3;
  customer?: number;
  currency?: number;
  reference?: string;
  lines: readonly SeededLine[];
  subtotal: string;
  tax: string;
  total: string;
  adjustment?: string;
  discountPercent?: string;
  discount?: string;
  refunds?: readonly { amount: string; mode: string }[];
}

const VAT = ['VAT', '20.00'] as const;
const CITY = ['City', '5.00'] as const;

/** Open, with 30.00 applied to invoice 12; closed by two refunds; void; with everything that makes a total hard. */
const CREDIT_NOTES: readonly SeededCreditNote[] = [
  {
    id: 1,
    status: 1,
    lines: [{ description: 'Consulting, not needed', quantity: '1.00', rate: '100.00', taxes: [VAT] }],
    subtotal: '100.00',
    tax: '20.00',
    total: '120.00',
  },
  {
    id: 2,
    status: 2,
    lines: [{ description: 'Travel, cancelled', quantity: '1.00', rate: '50.00' }],
    subtotal: '50.00',
    tax: '0.00',
    total: '50.00',
    refunds: [
      { amount: '20.00', mode: '1' },
      { amount: '30.00', mode: 'stripe' },
    ],
  },
  {
    id: 3,
    status: 3,
    customer: 2,
    currency: 2,
    lines: [{ description: 'By mistake', quantity: '1.00', rate: '10.00' }],
    subtotal: '10.00',
    tax: '0.00',
    total: '10.00',
  },
  {
    id: 4,
    status: 1,
    reference: 'RMA-7',
    lines: [
      { description: 'Two taxes', quantity: '1.00', rate: '80.00', taxes: [VAT, CITY] },
      { description: 'Offered only', quantity: '1.00', rate: '9.00', optional: true },
    ],
    subtotal: '80.00',
    tax: '18.00',
    total: '90.25',
    adjustment: '0.25',
    discountPercent: '10.00',
    discount: '8.00',
  },
];

/** Stores the seeded credit notes with lines, line taxes and refunds; what was applied comes with the invoices. */
export async function seedCreditNotes(perfex: PerfexDatabase): Promise<void> {
  const { connection, table, shape } = perfex;
  for (const note of CREDIT_NOTES) {
    await insertRows(connection, table('creditnotes'), [headerRow(note, shape === '3.4.0')]);
    await seedLines(perfex, { id: note.id, relType: 'credit_note', lines: note.lines });
    await insertRows(connection, table('creditnote_refunds'), refundRows(note));
  }
}

function headerRow(note: SeededCreditNote, formatted: boolean): NewRow {
  return {
    id: note.id,
    clientid: note.customer ?? 1,
    number: note.id,
    prefix: 'CN-',
    number_format: 1,
    ...(formatted ? { formatted_number: `CN-${String(note.id).padStart(6, '0')}` } : {}),
    reference_no: note.reference ?? null,
    datecreated: `2026-0${note.id}-12 12:13:14`,
    date: '2026-10-08',
    currency: note.currency ?? 1,
    subtotal: note.subtotal,
    total_tax: note.tax,
    total: note.total,
    adjustment: note.adjustment ?? null,
    discount_percent: note.discountPercent ?? '0.00',
    discount_total: note.discount ?? '0.00',
    discount_type: note.discount === undefined ? '' : 'before_tax',
    status: note.status,
    include_shipping: 0,
    addedfrom: 1,
  };
}

function refundRows(note: SeededCreditNote): NewRow[] {
  return (note.refunds ?? []).map(({ amount, mode }) => ({
    credit_note_id: note.id,
    staff_id: 1,
    refunded_on: '2026-10-11',
    payment_mode: mode,
    note: '',
    amount,
    created_at: '2026-10-11 09:00:00',
  }));
}
