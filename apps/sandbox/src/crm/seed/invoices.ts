import { fromCents, toCents } from '../amounts.js';
import type { CustomerRecord, InvoiceRecord, ItemRecord } from '../records.js';
import { BASE_CURRENCY } from '../reference.js';
import { totalsOf } from '../totals.js';
import { dayAfter, dayOf, momentOn } from './dates.js';
import { makeAdjustment, makeDiscount } from './discounts.js';
import { makeLines } from './lines.js';
import type { Random } from './random.js';
import { TAX_PAIRS } from './taxes.js';

/** What invoices are made from. */
export interface InvoiceMaking {
  random: Random;
  now: Date;
  customers: readonly CustomerRecord[];
  items: readonly ItemRecord[];
}

/** How many invoices of each status. */
export interface InvoiceCounts {
  open: number;
  draft: number;
  cancelled: number;
}

/** An invoice in a hundred misses the sum of its parts by a cent, as healthy ones of Perfex do. */
const CENT_MISS_EVERY = 100;

/** Invoices of the last twelve months in the order of their dates; drafts and cancelled ones lie in between. */
export function makeInvoices(counts: InvoiceCounts, making: InvoiceMaking): InvoiceRecord[] {
  const { random, now } = making;
  const statuses = shuffledStatuses(counts, random);
  const ages = statuses.map(() => random.int(1, 360)).toSorted((a, b) => b - a);
  let number = 0;
  let open = 0;
  return statuses.map((status, at) => {
    if (status !== 'draft') number += 1;
    if (status === 'open') open += 1;
    const invoice = makeInvoice(
      {
        id: String(at + 1),
        number: status === 'draft' ? null : invoiceNumber(number),
        date: dayAfter(dayOf(now), -(ages[at] ?? 1)),
        ...(status === 'open' ? { pair: TAX_PAIRS[open - 1] } : {}),
      },
      making,
    );
    const missed = status === 'open' && open % CENT_MISS_EVERY === 0;
    return { ...invoice, status, ...(missed ? { total: missByACent(invoice.total, open) } : {}) };
  });
}

/** What is given of an invoice before it is made. */
export interface InvoiceStart {
  id: string;
  number: string | null;
  date: string;
  /** Taxes that its first line is to carry. */
  pair?: InvoiceRecord['lines'][number]['taxes'] | undefined;
}

/** One open, unpaid invoice whose amounts add up. */
export function makeInvoice({ id, number, date, pair }: InvoiceStart, making: InvoiceMaking): InvoiceRecord {
  const { random, now } = making;
  const customer = random.pick(making.customers);
  const lines = makeLines(random, making.items, pair);
  const discount = makeDiscount(random, lines);
  const adjustment = makeAdjustment(random, totalsOf({ lines, discount, adjustment: '0.00' }).total);
  const { discountTotal, ...amounts } = totalsOf({ lines, discount, adjustment });
  const createdAt = momentOn(date, random.next(), now);
  return {
    id,
    number,
    reference: random.chance(0.3) ? random.fill('PO-#####') : null,
    customerId: customer.id,
    date,
    dueDate: random.chance(0.03) ? null : dayAfter(date, random.pick([14, 30, 30, 60])),
    currency: customer.currency ?? BASE_CURRENCY,
    status: 'open',
    lines,
    discount: discount === null ? null : { ...discount, total: discountTotal },
    adjustment,
    ...amounts,
    paid: '0.00',
    credited: '0.00',
    createdAt,
    updatedAt: createdAt,
  };
}

/** The number that is printed on the n-th invoice. */
export function invoiceNumber(ordinal: number): string {
  return `INV-${String(ordinal).padStart(6, '0')}`;
}

function missByACent(total: string, ordinal: number): string {
  return fromCents(toCents(total) + (ordinal % (2 * CENT_MISS_EVERY) === 0 ? -1 : 1));
}

function shuffledStatuses(counts: InvoiceCounts, random: Random): InvoiceRecord['status'][] {
  const statuses: InvoiceRecord['status'][] = [
    ...Array<'open'>(counts.open).fill('open'),
    ...Array<'draft'>(counts.draft).fill('draft'),
    ...Array<'cancelled'>(counts.cancelled).fill('cancelled'),
  ];
  return statuses
    .map((status) => ({ status, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ status }) => status);
}
