import type { Stamped } from './records.js';

// Books of version 0.1 held sales invoices and receipts only; what has come since starts from these values.
const since: Readonly<Record<string, object>> = {
  organisations: { nextCreditNoteNumber: 1, nextOrderNumber: 1 },
  contacts: { isSupplier: false },
  invoices: { type: 'ACCREC', plannedPaymentDate: null, brandingThemeId: null, amountCredited: '0.00' },
  payments: { target: 'invoice', batchId: null },
};

/** A kept record in today's form, whichever version kept it. */
export function raised(kind: string, row: Stamped): Stamped {
  const defaults = since[kind];
  if (!defaults) return row;
  const moved = 'invoiceId' in row && kind === 'payments' ? { targetId: row.invoiceId } : {};
  return { ...defaults, ...moved, ...withoutLooseTracking(row) };
}

// Lines named any category and option then; now they point at ones that exist.
function withoutLooseTracking<T extends Stamped>(row: T): T {
  if (!('lines' in row) || !Array.isArray(row.lines)) return row;
  const lines = row.lines.map((line: { tracking: readonly object[] }) => ({
    ...line,
    tracking: line.tracking.filter((one) => 'categoryId' in one),
  }));
  return { ...row, lines };
}
