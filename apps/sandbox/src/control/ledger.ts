import { Decimal } from 'decimal.js';
import type { Books, Tenant } from '../books/books.js';
import type { Contact, Invoice, Item, Payment, TaxRate } from '../books/records.js';
import { money } from '../rules/amounts.js';
import { isApproved, isFinal } from '../rules/document-status.js';

/** One document as the ledger shows it; amounts are decimal strings with two digits. */
export interface LedgerDocument {
  readonly id: string;
  readonly number: string | null;
  readonly name: string | null;
  readonly reference: string | null;
  readonly url: string | null;
  readonly contact: string | null;
  readonly date: string | null;
  readonly currency: string | null;
  readonly status: string;
  readonly total: string;
  readonly tax: string;
  readonly paid: string;
  readonly due: string;
}

/** The live documents of one entity, added up. */
export interface LedgerRow {
  readonly count: number;
  readonly total: string;
  readonly tax: string;
  readonly paid: string;
  readonly due: string;
  /** Invoices that wait for approval (DRAFT, SUBMITTED); they are not part of the count and the sums. */
  readonly drafts?: number;
  readonly documents?: readonly LedgerDocument[];
}

/** What Xero holds of one organisation. */
export interface TenantLedger {
  readonly tenantId: string;
  readonly name: string;
  readonly entities: Readonly<Record<string, LedgerRow>>;
}

/** Adds up every organisation. Taxes are the rates that people or apps made; drafts are among the documents only. */
export function ledgerOf(books: Books, withDocuments: boolean): TenantLedger[] {
  return books.organisationsByAge().map(({ id, name }) => ({
    tenantId: id,
    name,
    entities: entitiesOf(books.tenant(id), withDocuments),
  }));
}

function entitiesOf(tenant: Tenant, withDocuments: boolean): Record<string, LedgerRow> {
  const { contacts, taxRates, items, invoices, payments } = tenant;
  const live = invoices.inOrder().filter(({ status }) => !isFinal(status));
  const row = (documents: readonly LedgerDocument[]): LedgerRow => rowOf(documents, documents, withDocuments);
  const bills = live.map((invoice) => invoiceDocument(tenant, invoice));
  const approved = bills.filter((_, at) => isApproved(live[at]?.status ?? 'DELETED'));
  return {
    customers: row(
      contacts
        .inOrder()
        .filter(({ status }) => status === 'ACTIVE')
        .map(contactDocument),
    ),
    taxes: row(
      taxRates
        .inOrder()
        .filter(({ system, status }) => !system && status === 'ACTIVE')
        .map(taxDocument),
    ),
    items: row(items.inOrder().map(itemDocument)),
    invoices: { ...rowOf(approved, bills, withDocuments), drafts: bills.length - approved.length },
    payments: row(
      payments
        .inOrder()
        .filter(({ status }) => status === 'AUTHORISED')
        .map((one) => paymentDocument(tenant, one)),
    ),
  };
}

function rowOf(
  counted: readonly LedgerDocument[],
  shown: readonly LedgerDocument[],
  withDocuments: boolean,
): LedgerRow {
  const sum = (amount: 'total' | 'tax' | 'paid' | 'due'): string =>
    money(Decimal.sum(0, ...counted.map((document) => document[amount])));
  const sums = { total: sum('total'), tax: sum('tax'), paid: sum('paid'), due: sum('due') };
  return { count: counted.length, ...sums, ...(withDocuments && { documents: shown }) };
}

const blank = {
  number: null,
  name: null,
  reference: null,
  url: null,
  contact: null,
  date: null,
  currency: null,
  total: '0.00',
  tax: '0.00',
  paid: '0.00',
  due: '0.00',
};

const contactDocument = ({ id, number, name, status }: Contact): LedgerDocument => ({
  ...blank,
  id,
  number,
  name,
  status,
});

const taxDocument = ({ id, name, status }: TaxRate): LedgerDocument => ({
  ...blank,
  id,
  number: id,
  name,
  status,
});

const itemDocument = ({ id, code, name }: Item): LedgerDocument => ({
  ...blank,
  id,
  number: code,
  name,
  status: 'ACTIVE',
});

const invoiceDocument = ({ contacts }: Tenant, invoice: Invoice): LedgerDocument => ({
  ...blank,
  id: invoice.id,
  number: invoice.number,
  reference: invoice.reference,
  url: invoice.url,
  contact: contacts.get(invoice.contactId)?.name ?? null,
  date: invoice.date,
  currency: invoice.currencyCode,
  status: invoice.status,
  total: invoice.total,
  tax: invoice.totalTax,
  paid: invoice.amountPaid,
  due: invoice.amountDue,
});

function paymentDocument({ contacts, invoices }: Tenant, payment: Payment): LedgerDocument {
  const invoice = invoices.get(payment.targetId);
  return {
    ...blank,
    id: payment.id,
    number: invoice?.number ?? null,
    reference: payment.reference,
    contact: contacts.get(invoice?.contactId ?? '')?.name ?? null,
    date: payment.date,
    currency: invoice?.currencyCode ?? null,
    status: payment.status,
    total: payment.amount,
  };
}
