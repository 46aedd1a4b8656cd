import { type Change, Collection } from './collection.js';
import type {
  Account,
  Advance,
  Allocation,
  BankTransaction,
  BatchPayment,
  BrandingTheme,
  Contact,
  CreditNote,
  Currency,
  Invoice,
  Item,
  Payment,
  PurchaseOrder,
  TaxRate,
  TrackingCategory,
} from './records.js';

/** The books of one organisation. */
export interface Tenant {
  readonly id: string;
  readonly accounts: Collection<Account>;
  readonly taxRates: Collection<TaxRate>;
  readonly currencies: Collection<Currency>;
  readonly brandingThemes: Collection<BrandingTheme>;
  readonly trackingCategories: Collection<TrackingCategory>;
  readonly contacts: Collection<Contact>;
  readonly items: Collection<Item>;
  readonly invoices: Collection<Invoice>;
  readonly creditNotes: Collection<CreditNote>;
  readonly advances: Collection<Advance>;
  readonly allocations: Collection<Allocation>;
  readonly payments: Collection<Payment>;
  readonly batchPayments: Collection<BatchPayment>;
  readonly bankTransactions: Collection<BankTransaction>;
  readonly purchaseOrders: Collection<PurchaseOrder>;
}

/** Opens the empty books of an organisation; changes of any collection are told to `note`. */
export function openTenant(scope: string, note: (change: Change) => void): Tenant {
  return {
    id: scope,
    ...settings({ scope, note }),
    ...documents({ scope, note }),
    ...money({ scope, note }),
  };
}

interface Base {
  readonly scope: string;
  readonly note: (change: Change) => void;
}

const settings = (base: Base) => ({
  currencies: new Collection<Currency>({ ...base, kind: 'currencies' }),
  brandingThemes: new Collection<BrandingTheme>({ ...base, kind: 'brandingThemes' }),
  trackingCategories: new Collection<TrackingCategory>({ ...base, kind: 'trackingCategories' }),
  accounts: new Collection<Account>({
    ...base,
    kind: 'accounts',
    keys: { code: (row) => row.code || null },
  }),
  taxRates: new Collection<TaxRate>({
    ...base,
    kind: 'taxRates',
    keys: { name: (row) => row.name.toLowerCase() },
  }),
  items: new Collection<Item>({ ...base, kind: 'items', keys: { code: (row) => row.code } }),
  contacts: new Collection<Contact>({
    ...base,
    kind: 'contacts',
    keys: { number: (row) => row.number, name: (row) => nameKey(row.name) },
  }),
});

const documents = (base: Base) => ({
  invoices: new Collection<Invoice>({ ...base, kind: 'invoices', keys: numberAndContact }),
  creditNotes: new Collection<CreditNote>({ ...base, kind: 'creditNotes', keys: numberAndContact }),
  purchaseOrders: new Collection<PurchaseOrder>({ ...base, kind: 'purchaseOrders', keys: numberAndContact }),
});

const numberAndContact = {
  number: (row: { readonly number: string }) => row.number || null,
  contact: (row: { readonly contactId: string }) => row.contactId,
};

const money = (base: Base) => ({
  payments: new Collection<Payment>({
    ...base,
    kind: 'payments',
    keys: { target: (row) => row.targetId, batch: (row) => row.batchId },
  }),
  batchPayments: new Collection<BatchPayment>({ ...base, kind: 'batchPayments' }),
  bankTransactions: new Collection<BankTransaction>({
    ...base,
    kind: 'bankTransactions',
    keys: { contact: (row) => row.contactId, advance: (row) => row.advanceId },
  }),
  advances: new Collection<Advance>({
    ...base,
    kind: 'advances',
    keys: { contact: (row) => row.contactId },
  }),
  allocations: new Collection<Allocation>({
    ...base,
    kind: 'allocations',
    keys: { credit: (row) => row.creditId, invoice: (row) => row.invoiceId },
  }),
});

/** How Xero compares names of contacts: without regard to case. */
export const nameKey = (name: string): string => name.toLowerCase();
