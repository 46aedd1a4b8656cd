import { z } from 'zod';
import { addUp } from '../amounts.js';
import { bookParents, leftOf } from '../booking.js';
import { recomputed } from '../recompute.js';
import type { CrmEntity, InvoiceRecord, LineRecord } from '../records.js';
import { type Desk, findRecord } from './desk.js';
import { newInvoice, newItem, newPayment, newPerson } from './new-sales.js';
import { ActError } from './request.js';

/** How an invoice can be spoilt: what changes, and whether the result must stay out of Xero. */
const SPOILT_INVOICES: Record<string, { unfit: boolean; change: (invoice: InvoiceRecord) => InvoiceRecord }> =
  {
    'sum-mismatch': {
      unfit: true,
      change: (invoice) => ({ ...invoice, total: addUp([invoice.total, '7.00']) }),
    },
    'tax-mismatch': {
      unfit: true,
      change: (invoice) => ({
        ...invoice,
        totalTax: addUp([invoice.totalTax, '3.00']),
        total: addUp([invoice.total, '3.00']),
      }),
    },
    /** Lists a line that its totals do not charge. */
    'uncharged-line': {
      unfit: true,
      change: (invoice) => ({ ...invoice, lines: [...invoice.lines, OFFERED_LINE] }),
    },
    'no-lines': { unfit: true, change: (invoice) => recomputed({ ...invoice, lines: [], discount: null }) },
    'negative-total': {
      unfit: true,
      change: (invoice) => recomputed({ ...invoice, adjustment: `-${addUp([invoice.total, '10.00'])}` }),
    },
    'foreign-currency': { unfit: true, change: (invoice) => ({ ...invoice, currency: 'ISK' }) },
    'invalid-shape': {
      unfit: true,
      change: (invoice) => ({ ...invoice, date: 'yesterday', lines: invoice.lines.map(withWordAsPrice) }),
    },
    /** Goes through, and its record says that credits are missing. */
    credited: { unfit: false, change: (invoice) => ({ ...invoice, credited: '1.00' }) },
    /** Goes through once the tax is mapped, or where tax rates may be created. */
    'new-tax': {
      unfit: false,
      change: (invoice) => recomputed({ ...invoice, lines: invoice.lines.map(withNewTax) }),
    },
  };

/** An option that nobody took. */
const OFFERED_LINE: LineRecord = {
  itemId: null,
  description: 'Offered only',
  quantity: '1',
  price: '99.00',
  taxes: [],
};

const OTHER_KINDS = ['customer-without-name', 'item-code-too-long', 'payment-above-due'] as const;

/** What `corrupt` can do, by the name in `fields.kind`. */
const CORRUPTIONS: readonly string[] = [...Object.keys(SPOILT_INVOICES), ...OTHER_KINDS];

const fieldsSchema = z.strictObject({ kind: z.enum(CORRUPTIONS) });

/** What was spoilt. */
export interface Spoilt {
  entity: CrmEntity;
  id: string;
}

/** Spoils the record with this id, or a new one. */
export function corruptRecord(desk: Desk, id: string | undefined, fields: unknown): Spoilt {
  const parsed = fieldsSchema.safeParse(fields);
  if (!parsed.success) throw new ActError(400, `fields.kind must be one of ${CORRUPTIONS.join(', ')}.`);
  const { kind } = parsed.data;
  const spoilt = SPOILT_INVOICES[kind];
  if (spoilt !== undefined) {
    const invoice = id === undefined ? newInvoice(desk) : findRecord(desk, 'invoices', id);
    return spoil(desk, 'invoices', spoilt.change(invoice), spoilt.unfit);
  }
  if (kind === 'customer-without-name') {
    const customer = id === undefined ? newPerson(desk, 'customers') : findRecord(desk, 'customers', id);
    return spoil(desk, 'customers', { ...customer, company: null, contact: null, otherContacts: [] });
  }
  if (kind === 'item-code-too-long') {
    const item = id === undefined ? newItem(desk) : findRecord(desk, 'items', id);
    return spoil(desk, 'items', { ...item, code: `WAREHOUSE-NORTH-SHELF-0042-ROW-${item.id}` });
  }
  return overpay(desk, id);
}

/** `id` is the invoice's. */
function overpay(desk: Desk, id: string | undefined): Spoilt {
  const invoice = findRecord(desk, 'invoices', id, ({ status }) => status === 'open');
  const payment = { ...newPayment(desk, invoice), amount: addUp([leftOf(invoice), '100.00']) };
  const spoilt = spoil(desk, 'payments', payment);
  bookParents(desk, 'payments', payment);
  return spoilt;
}

function spoil<E extends CrmEntity>(
  { books, now }: Desk,
  entity: E,
  record: Parameters<typeof books.put<E>>[1],
  unfit = true,
): Spoilt {
  books.put(entity, { ...record, updatedAt: now.toISOString() }, { unfit });
  return { entity, id: record.id };
}

function withWordAsPrice(line: LineRecord): LineRecord {
  return { ...line, price: 'twelve' };
}

function withNewTax(line: LineRecord): LineRecord {
  return { ...line, taxes: [{ name: 'Luxury Tax', rate: '12.50' }] };
}
