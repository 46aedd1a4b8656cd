import { Decimal } from 'decimal.js';
import type { Books, Tenant } from '../books/books.js';
import type { PurchaseOrder, TaxRate } from '../books/records.js';
import { money } from '../rules/amounts.js';
import { isApproved, isFinal } from '../rules/document-status.js';
import { paymentType } from '../rules/payment-target.js';
import {
  allocationDocument,
  contactDocument,
  creditNoteDocument,
  invoiceDocument,
  itemDocument,
  type LedgerDocument,
  orderDocument,
  paymentDocument,
  taxDocument,
  transactionDocument,
} from './ledger-documents.js';

/** The live documents of one entity, added up. */
export interface LedgerRow {
  readonly count: number;
  readonly total: string;
  readonly tax: string;
  readonly paid: string;
  readonly due: string;
  /** Documents that wait for approval (DRAFT, SUBMITTED); they are not part of the count and the sums. */
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
export function ledgerOf(books: Books, { documents, only }: LedgerRequest): TenantLedger[] {
  return books.organisationsByAge().map(({ id, name }) => ({
    tenantId: id,
    name,
    entities: rowsOf(entitiesOf(books.tenant(id), documents), only),
  }));
}

/** What is asked of a ledger. */
export interface LedgerRequest {
  /** With each document. */
  readonly documents: boolean;
  /** Of this entity only. */
  readonly only?: string | undefined;
}

function rowsOf(
  entities: Readonly<Record<string, () => LedgerRow>>,
  only?: string,
): Record<string, LedgerRow> {
  const wanted = Object.entries(entities).filter(([entity]) => only === undefined || entity === only);
  return Object.fromEntries(wanted.map(([entity, row]) => [entity, row()]));
}

function entitiesOf(tenant: Tenant, withDocuments: boolean): Record<string, () => LedgerRow> {
  const row = (documents: readonly LedgerDocument[]): LedgerRow => rowOf(documents, documents, withDocuments);
  const approved = (documents: readonly LedgerDocument[]): LedgerRow => {
    const counted = documents.filter(({ status }) => isApproved(status));
    return { ...rowOf(counted, documents, withDocuments), drafts: documents.length - counted.length };
  };
  const payments = paymentsByType(tenant);
  return {
    ...people(tenant, row),
    taxes: () => row(madeRates(tenant).map(taxDocument)),
    items: () => row(tenant.items.inOrder().map(itemDocument)),
    invoices: () => approved(invoicesOf(tenant, 'ACCREC')),
    bills: () => approved(invoicesOf(tenant, 'ACCPAY')),
    'credit-notes': () => approved(notesOf(tenant, 'ACCRECCREDIT')),
    'supplier-credits': () => approved(notesOf(tenant, 'ACCPAYCREDIT')),
    'credit-applications': () => row(applications(tenant)),
    payments: () => row(payments('ACCRECPAYMENT')),
    'bill-payments': () => row(payments('ACCPAYPAYMENT')),
    refunds: () => row(payments('ARCREDITPAYMENT')),
    expenses: () => row(spent(tenant)),
    'purchase-orders': () => row(liveOrders(tenant).map((order) => orderDocument(tenant, order))),
  };
}

const madeRates = ({ taxRates }: Tenant): TaxRate[] =>
  taxRates.inOrder().filter(({ system, status }) => !system && status === 'ACTIVE');

const liveOrders = ({ purchaseOrders }: Tenant): PurchaseOrder[] =>
  purchaseOrders.inOrder().filter(({ status }) => status !== 'DELETED');

type Rows = (documents: readonly LedgerDocument[]) => LedgerRow;

// Who is only bought from is a vendor and no customer; who is neither yet counts as a customer, as ever.
function people(tenant: Tenant, row: Rows): Record<'customers' | 'vendors', () => LedgerRow> {
  const { contacts, bankTransactions, purchaseOrders } = tenant;
  const spentOn = (id: string): boolean =>
    bankTransactions.by('contact', id).some(({ type }) => type.startsWith('SPEND'));
  const sells = (id: string): boolean =>
    spentOn(id) ||
    purchaseOrders.by('contact', id).length > 0 ||
    tenant.invoices.by('contact', id).some(({ type }) => type === 'ACCPAY') ||
    tenant.creditNotes.by('contact', id).some(({ type }) => type === 'ACCPAYCREDIT');
  const buys = (id: string): boolean =>
    bankTransactions.by('contact', id).some(({ type }) => type.startsWith('RECEIVE')) ||
    tenant.invoices.by('contact', id).some(({ type }) => type === 'ACCREC') ||
    tenant.creditNotes.by('contact', id).some(({ type }) => type === 'ACCRECCREDIT');
  const live = (wanted: (id: string) => boolean): LedgerRow =>
    row(
      contacts
        .inOrder()
        .filter(({ id, status }) => status === 'ACTIVE' && wanted(id))
        .map(contactDocument),
    );
  return { customers: () => live((id) => !sells(id) || buys(id)), vendors: () => live(sells) };
}

const invoicesOf = (tenant: Tenant, kind: 'ACCREC' | 'ACCPAY'): LedgerDocument[] =>
  tenant.invoices
    .inOrder()
    .filter(({ type, status }) => type === kind && !isFinal(status))
    .map((invoice) => invoiceDocument(tenant, invoice));

const notesOf = (tenant: Tenant, kind: 'ACCRECCREDIT' | 'ACCPAYCREDIT'): LedgerDocument[] =>
  tenant.creditNotes
    .inOrder()
    .filter(({ type, status }) => type === kind && !isFinal(status))
    .map((note) => creditNoteDocument(tenant, note));

const applications = (tenant: Tenant): LedgerDocument[] =>
  tenant.allocations
    .inOrder()
    .filter(({ creditId }) => tenant.creditNotes.get(creditId)?.type === 'ACCRECCREDIT')
    .map((allocation) => allocationDocument(tenant, allocation));

const spent = (tenant: Tenant): LedgerDocument[] =>
  tenant.bankTransactions
    .inOrder()
    .filter(({ type, status }) => type === 'SPEND' && status === 'AUTHORISED')
    .map((transaction) => transactionDocument(tenant, transaction));

const paymentsByType =
  (tenant: Tenant) =>
  (kind: string): LedgerDocument[] =>
    tenant.payments
      .inOrder()
      .filter((one) => one.status === 'AUTHORISED' && paymentType({ tenant }, one) === kind)
      .map((one) => paymentDocument(tenant, one));

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
