import { Decimal } from 'decimal.js';
import type {
  Allocation,
  BankTransaction,
  Contact,
  CreditNote,
  Invoice,
  Item,
  LinedDocument,
  Payment,
  PurchaseOrder,
  TaxRate,
} from '../books/records.js';
import type { Tenant } from '../books/books.js';
import { money } from '../rules/amounts.js';
import { paymentsOn } from '../rules/balance.js';

/** One document as the ledger shows it; amounts are decimal strings with two digits. */
export interface LedgerDocument {
  readonly id: string;
  readonly number: string | null;
  readonly name: string | null;
  readonly reference: string | null;
  readonly url: string | null;
  readonly contact: string | null;
  /** The invoice or bill that a payment or an allocation is for. */
  readonly invoiceId: string | null;
  /** The credit note that a refund or an allocation is of. */
  readonly creditNoteId: string | null;
  readonly date: string | null;
  readonly currency: string | null;
  readonly status: string;
  /** Of an invoice: whether it is marked as sent to its contact. */
  readonly sent?: boolean;
  readonly total: string;
  readonly tax: string;
  readonly paid: string;
  readonly due: string;
}

const blank = {
  number: null,
  name: null,
  reference: null,
  url: null,
  contact: null,
  invoiceId: null,
  creditNoteId: null,
  date: null,
  currency: null,
  total: '0.00',
  tax: '0.00',
  paid: '0.00',
  due: '0.00',
};

export const contactDocument = ({ id, number, name, status }: Contact): LedgerDocument => ({
  ...blank,
  id,
  number,
  name,
  status,
});

export const taxDocument = ({ id, name, status }: TaxRate): LedgerDocument => ({
  ...blank,
  id,
  number: id,
  name,
  status,
});

export const itemDocument = ({ id, code, name }: Item): LedgerDocument => ({
  ...blank,
  id,
  number: code,
  name,
  status: 'ACTIVE',
});

const lined = (tenant: Tenant, document: LinedDocument & { readonly status: string }): LedgerDocument => ({
  ...blank,
  id: document.id,
  reference: document.reference,
  contact: tenant.contacts.get(document.contactId)?.name ?? null,
  date: document.date,
  currency: document.currencyCode,
  status: document.status,
  total: document.total,
  tax: document.totalTax,
});

export const invoiceDocument = (tenant: Tenant, invoice: Invoice): LedgerDocument => ({
  ...lined(tenant, invoice),
  number: invoice.number,
  url: invoice.url,
  sent: invoice.sentToContact,
  paid: invoice.amountPaid,
  due: invoice.amountDue,
});

/** Paid is what was paid back, due what is neither paid back nor allocated. */
export const creditNoteDocument = (tenant: Tenant, note: CreditNote): LedgerDocument => ({
  ...lined(tenant, note),
  number: note.number,
  paid: money(Decimal.sum(0, ...paymentsOn({ tenant }, note.id).map(({ amount }) => amount))),
  due: note.remainingCredit,
});

export const transactionDocument = (tenant: Tenant, row: BankTransaction): LedgerDocument => ({
  ...lined(tenant, row),
  url: row.url,
});

export const orderDocument = (tenant: Tenant, order: PurchaseOrder): LedgerDocument => ({
  ...lined(tenant, order),
  number: order.number,
});

export function paymentDocument(tenant: Tenant, payment: Payment): LedgerDocument {
  const { contacts, invoices, creditNotes } = tenant;
  const invoice = payment.target === 'invoice' ? invoices.get(payment.targetId) : undefined;
  const document = invoice ?? creditNotes.get(payment.targetId);
  return {
    ...blank,
    id: payment.id,
    number: document?.number ?? null,
    reference: payment.reference,
    contact: contacts.get(document?.contactId ?? '')?.name ?? null,
    invoiceId: invoice?.id ?? null,
    creditNoteId: invoice ? null : payment.targetId,
    date: payment.date,
    currency: document?.currencyCode ?? null,
    status: payment.status,
    total: payment.amount,
  };
}

/** The number is the invoice's, the reference the credit note's number. */
export function allocationDocument(tenant: Tenant, row: Allocation): LedgerDocument {
  const invoice = tenant.invoices.get(row.invoiceId);
  return {
    ...blank,
    id: row.id,
    number: invoice?.number ?? null,
    reference: tenant.creditNotes.get(row.creditId)?.number ?? null,
    contact: tenant.contacts.get(invoice?.contactId ?? '')?.name ?? null,
    invoiceId: row.invoiceId,
    creditNoteId: row.creditId,
    date: row.date,
    currency: invoice?.currencyCode ?? null,
    status: 'AUTHORISED',
    total: row.amount,
  };
}
