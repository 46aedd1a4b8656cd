import { addUp, dueOf } from './amounts.js';
import type { CrmBooks } from './books.js';
import { CRM_ENTITIES, type CrmEntity, type InvoiceRecord, type TaxCopy } from './records.js';

/** One record that should be in Xero; amounts have two decimals. */
export interface LedgerDocument {
  id: string;
  number: string | null;
  name: string | null;
  /** The invoice that a payment is for. */
  invoiceId: string | null;
  date: string | null;
  currency: string | null;
  total: string;
  tax: string;
  paid: string;
  due: string;
}

/** What should be in Xero of one entity. */
export interface LedgerRow {
  count: number;
  total: string;
  tax: string;
  paid: string;
  due: string;
  documents?: LedgerDocument[];
}

/** What should be in Xero. */
export interface CrmLedger {
  entities: Record<CrmEntity, LedgerRow>;
}

/**
 * Adds up what the CRM holds and should be in Xero: no drafts, no cancelled invoices and no payments of such, nothing
 * that was spoilt on purpose; taxes are the list and the combinations that lines of these invoices carry. Paid is what
 * these payments come to, and credits do not lower what is due, since they are not carried over.
 */
export function ledgerOf(books: CrmBooks, withDocuments: boolean): CrmLedger {
  const invoices = [...books.all('invoices')].filter(
    ({ id, status }) => status === 'open' && !books.isUnfit('invoices', id),
  );
  const payments = paymentDocuments(books, new Set(invoices.map(({ id }) => id)));
  const paid = paidByInvoice(payments);
  const documents: Record<CrmEntity, LedgerDocument[]> = {
    taxes: taxDocuments(books, invoices),
    customers: customerDocuments(books),
    items: fit(books, 'items').map(({ id, code, name }) => ({ ...BLANK, id, number: code, name })),
    invoices: invoices.map((invoice) => invoiceDocument(invoice, paid.get(invoice.id) ?? ZERO)),
    payments,
  };
  const rows = CRM_ENTITIES.map((entity) => [entity, rowOf(documents[entity], withDocuments)] as const);
  return { entities: Object.fromEntries(rows) as Record<CrmEntity, LedgerRow> };
}

const ZERO = '0.00';
const BLANK = {
  number: null,
  name: null,
  invoiceId: null,
  date: null,
  currency: null,
  total: ZERO,
  tax: ZERO,
  paid: ZERO,
  due: ZERO,
};

function rowOf(documents: LedgerDocument[], withDocuments: boolean): LedgerRow {
  return {
    count: documents.length,
    total: addUp(documents.map(({ total }) => total)),
    tax: addUp(documents.map(({ tax }) => tax)),
    paid: addUp(documents.map(({ paid }) => paid)),
    due: addUp(documents.map(({ due }) => due)),
    ...(withDocuments ? { documents } : {}),
  };
}

function fit<E extends CrmEntity>(books: CrmBooks, entity: E) {
  return [...books.all(entity)].filter(({ id }) => !books.isUnfit(entity, id));
}

function customerDocuments(books: CrmBooks): LedgerDocument[] {
  return fit(books, 'customers').map(({ id, company, contact }) => {
    const person = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
    return { ...BLANK, id, name: company ?? person };
  });
}

function invoiceDocument(invoice: InvoiceRecord, paid: string): LedgerDocument {
  const { id, number, date, currency, total, totalTax } = invoice;
  return { ...BLANK, id, number, date, currency, total, tax: totalTax, paid, due: dueOf(total, paid) };
}

function paidByInvoice(payments: readonly LedgerDocument[]): Map<string, string> {
  const paid = new Map<string, string>();
  for (const { invoiceId, total } of payments) {
    if (invoiceId !== null) paid.set(invoiceId, addUp([paid.get(invoiceId) ?? ZERO, total]));
  }
  return paid;
}

function paymentDocuments(books: CrmBooks, invoiceIds: ReadonlySet<string>): LedgerDocument[] {
  return fit(books, 'payments')
    .filter(({ invoiceId }) => invoiceIds.has(invoiceId))
    .map(({ id, invoiceId, date, currency, amount }) => ({
      ...BLANK,
      id,
      invoiceId,
      date,
      currency,
      total: amount,
    }));
}

function taxDocuments(books: CrmBooks, invoices: readonly InvoiceRecord[]): LedgerDocument[] {
  const sets = new Map<string, LedgerDocument>();
  const add = (taxes: readonly TaxCopy[]): void => {
    const name = taxes
      .map(({ name, rate }) => `${name} ${rate}%`)
      .toSorted()
      .join(' + ');
    if (name !== '') sets.set(name, { ...BLANK, id: name, name });
  };
  for (const tax of fit(books, 'taxes')) add([tax]);
  for (const { lines } of invoices) for (const { taxes } of lines) add(taxes);
  return [...sets.values()];
}
