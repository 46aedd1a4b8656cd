import { addUp, dueOf } from './amounts.js';
import type { CrmEntity, CustomerRecord, RecordLists, TaxCopy } from './records.js';

/** One record that should be in Xero; amounts have two decimals. */
export interface LedgerDocument {
  id: string;
  number: string | null;
  name: string | null;
  /** The invoice that a payment or application is for. */
  invoiceId: string | null;
  /** The credit note that an application or refund is of. */
  creditNoteId: string | null;
  date: string | null;
  currency: string | null;
  total: string;
  tax: string;
  paid: string;
  due: string;
}

const ZERO = '0.00';
const BLANK = {
  number: null,
  name: null,
  invoiceId: null,
  creditNoteId: null,
  date: null,
  currency: null,
  total: ZERO,
  tax: ZERO,
  paid: ZERO,
  due: ZERO,
};

/** Every record as the ledger shows it; taxes are the list and the combinations that lines of sales carry. */
export function documentsOf(records: RecordLists): Record<CrmEntity, LedgerDocument[]> {
  return {
    taxes: taxDocuments(records),
    customers: records.customers.map(personDocument),
    vendors: records.vendors.map(personDocument),
    items: records.items.map(({ id, code, name }) => ({ ...BLANK, id, number: code, name })),
    invoices: invoiceDocuments(records),
    'credit-notes': creditNoteDocuments(records),
    'credit-applications': records['credit-applications'].map(settlement),
    payments: records.payments.map(settlement),
    refunds: records.refunds.map(settlement),
    expenses: records.expenses.map(({ id, name, reference, date, currency, total, amount }) => ({
      ...BLANK,
      id,
      name,
      number: reference,
      date,
      currency,
      total,
      tax: dueOf(total, amount),
    })),
    'purchase-orders': records['purchase-orders'].map(({ id, number, date, currency, total, totalTax }) => ({
      ...BLANK,
      id,
      number,
      date,
      currency,
      total,
      tax: totalTax,
    })),
  };
}

function personDocument({ id, company, contact }: CustomerRecord): LedgerDocument {
  const person = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
  return { ...BLANK, id, name: company ?? person };
}

function invoiceDocuments(records: RecordLists): LedgerDocument[] {
  const paid = sumBy(records.payments, ({ invoiceId }) => invoiceId);
  const credited = sumBy(records['credit-applications'], ({ invoiceId }) => invoiceId);
  return records.invoices.map(({ id, number, date, currency, total, totalTax: tax }) => {
    const own = { paid: paid.get(id) ?? ZERO, credited: credited.get(id) ?? ZERO };
    const due = dueOf(total, own.paid, own.credited);
    return { ...BLANK, id, number, date, currency, total, tax, paid: own.paid, due };
  });
}

function creditNoteDocuments(records: RecordLists): LedgerDocument[] {
  const refunded = sumBy(records.refunds, ({ creditNoteId }) => creditNoteId);
  const applied = sumBy(records['credit-applications'], ({ creditNoteId }) => creditNoteId);
  return records['credit-notes'].map(({ id, number, date, currency, total, totalTax: tax }) => {
    const paid = refunded.get(id) ?? ZERO;
    const due = dueOf(total, paid, applied.get(id) ?? ZERO);
    return { ...BLANK, id, number, date, currency, total, tax, paid, due };
  });
}

function sumBy<T extends { amount: string }>(
  records: readonly T[],
  keyOf: (record: T) => string,
): Map<string, string> {
  const sums = new Map<string, string>();
  for (const record of records) {
    const key = keyOf(record);
    sums.set(key, addUp([sums.get(key) ?? ZERO, record.amount]));
  }
  return sums;
}

interface Settlement {
  id: string;
  invoiceId?: string;
  creditNoteId?: string;
  date: string;
  currency: string;
  amount: string;
}

function settlement({ id, invoiceId, creditNoteId, date, currency, amount }: Settlement): LedgerDocument {
  return {
    ...BLANK,
    id,
    invoiceId: invoiceId ?? null,
    creditNoteId: creditNoteId ?? null,
    date,
    currency,
    total: amount,
  };
}

function taxDocuments(records: RecordLists): LedgerDocument[] {
  const sets = new Map<string, LedgerDocument>();
  const add = (taxes: readonly TaxCopy[]): void => {
    const name = taxes
      .map(({ name, rate }) => `${name} ${rate}%`)
      .toSorted()
      .join(' + ');
    if (name !== '') sets.set(name, { ...BLANK, id: name, name });
  };
  for (const tax of records.taxes) add([tax]);
  for (const { lines } of [...records.invoices, ...records['credit-notes']])
    for (const { taxes } of lines) add(taxes);
  return [...sets.values()];
}
