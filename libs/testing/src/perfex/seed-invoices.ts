import type { SeededLine } from './seed-lines.js';

/** An invoice that stands for one case; its totals are worked out by hand. */
export interface SeededInvoice {
  id: number;
  /** 1 unpaid, 2 paid, 3 partially paid, 4 overdue, 5 cancelled, 6 draft. */
  status: 1 | 2 | 3 | 4 | 5 | 6;
  customer?: number;
  date?: string;
  dueDate?: string | null;
  currency?: number;
  lines: readonly SeededLine[];
  subtotal: string;
  tax: string;
  total: string;
  adjustment?: string;
  discountPercent?: string;
  discount?: string;
  discountType?: 'before_tax' | 'after_tax';
  payments?: readonly { id: number; amount: string; mode: string; reference?: string }[];
  credits?: readonly string[];
}

const VAT = ['VAT', '20.00'] as const;
const CITY = ['City', '5.00'] as const;

/** One invoice for each case that a reader must get right. */
export const SEEDED_INVOICES: readonly SeededInvoice[] = [
  {
    id: 1,
    status: 1,
    lines: [
      { description: 'Travel', quantity: '1.00', rate: '50.00', order: 2 },
      { description: 'Consulting', quantity: '2.00', rate: '100.00', taxes: [VAT], order: 1 },
    ],
    subtotal: '250.00',
    tax: '40.00',
    total: '290.00',
  },
  {
    id: 2,
    status: 2,
    lines: [{ description: 'Two taxes', quantity: '1.00', rate: '80.00', taxes: [VAT, CITY] }],
    subtotal: '80.00',
    tax: '20.00',
    total: '100.00',
    payments: [
      { id: 1, amount: '60.00', mode: '1', reference: 'WIRE-77' },
      { id: 2, amount: '40.00', mode: 'stripe', reference: 'ch_3Nx' },
    ],
  },
  {
    id: 3,
    status: 3,
    lines: [{ description: 'Ten percent off', quantity: '3.00', rate: '33.33', taxes: [VAT] }],
    subtotal: '99.99',
    tax: '18.00',
    total: '107.99',
    discountPercent: '10.00',
    discount: '10.00',
    discountType: 'before_tax',
    payments: [{ id: 3, amount: '50.00', mode: '1' }],
  },
  {
    id: 4,
    status: 4,
    lines: [{ description: 'Five off the taxed total', quantity: '1.00', rate: '100.00', taxes: [VAT] }],
    subtotal: '100.00',
    tax: '20.00',
    total: '115.00',
    discount: '5.00',
    discountType: 'after_tax',
  },
  {
    id: 5,
    status: 5,
    lines: [{ description: 'Cancelled', quantity: '1.00', rate: '10.00' }],
    subtotal: '10.00',
    tax: '0.00',
    total: '10.00',
    payments: [{ id: 4, amount: '10.00', mode: '1' }],
  },
  {
    id: 6,
    status: 6,
    lines: [{ description: 'Draft', quantity: '1.00', rate: '10.00' }],
    subtotal: '10.00',
    tax: '0.00',
    total: '10.00',
  },
  {
    id: 7,
    status: 1,
    lines: [{ description: 'Adjusted', quantity: '1.00', rate: '20.00', taxes: [CITY] }],
    subtotal: '20.00',
    tax: '1.00',
    total: '20.50',
    adjustment: '-0.50',
  },
  {
    id: 8,
    status: 1,
    lines: [
      { description: 'Chosen', quantity: '1.00', rate: '30.00' },
      { description: 'Offered only', quantity: '1.00', rate: '99.00', taxes: [VAT], optional: true },
    ],
    subtotal: '30.00',
    tax: '0.00',
    total: '30.00',
  },
  {
    id: 9,
    status: 1,
    customer: 2,
    currency: 2,
    lines: [{ description: 'In euros', quantity: '1.00', rate: '40.00', taxes: [VAT] }],
    subtotal: '40.00',
    tax: '8.00',
    total: '48.00',
  },
  {
    id: 10,
    status: 1,
    customer: 3,
    dueDate: null,
    lines: [{ description: 'No due date', quantity: '1.00', rate: '15.00' }],
    subtotal: '15.00',
    tax: '0.00',
    total: '15.00',
  },
  {
    id: 11,
    status: 2,
    lines: [{ description: 'For free', quantity: '1.00', rate: '0.00' }],
    subtotal: '0.00',
    tax: '0.00',
    total: '0.00',
  },
  {
    id: 12,
    status: 3,
    lines: [{ description: 'Partly credited', quantity: '1.00', rate: '100.00', taxes: [VAT] }],
    subtotal: '100.00',
    tax: '20.00',
    total: '120.00',
    credits: ['30.00'],
  },
  {
    id: 13,
    status: 1,
    lines: [
      {
        description: 'Crêpes & more',
        longDescription: 'First line<br />\n<b>Second</b> line',
        quantity: '1.50',
        rate: '10.00',
        taxes: [['VAT|20.00', '20.00']],
      },
    ],
    subtotal: '15.00',
    tax: '3.00',
    total: '18.00',
  },
];
