import type { SyncError } from '@sync/domain';

/** An account of the chart of accounts. */
export interface XeroAccount {
  accountId: string;
  code: string | null;
  name: string;
  type: string;
  class: string;
  active: boolean;
  /** Such as DEBTORS or ROUNDING; null for an ordinary account. */
  systemAccount: string | null;
  takesPayments: boolean;
  currency: string | null;
}

/** A tax rate. */
export interface XeroTaxRate {
  taxType: string;
  name: string;
  /** Percent, decimal string. */
  effectiveRate: string;
  components: { name: string; rate: string; compound: boolean }[];
  active: boolean;
  appliesToRevenue: boolean;
  appliesToExpenses: boolean;
}

/** What is cached of an organisation: it is read once on connect and once a day. */
export interface XeroReference {
  organisation: {
    name: string;
    baseCurrency: string;
    country: string;
    /** Documents up to this day cannot be written; the later of both lock dates. `YYYY-MM-DD`. */
    lockDate: string | null;
    shortCode: string | null;
    demo: boolean;
  };
  mayApproveInvoices: boolean;
  accounts: XeroAccount[];
  taxRates: XeroTaxRate[];
  currencies: string[];
}

/** What people may choose for documents: read on its own, since only few need it. */
export interface XeroDocumentSettings {
  brandingThemes: { id: string; name: string; isDefault: boolean }[];
  trackingCategories: { id: string; name: string; active: boolean; options: XeroTrackingOption[] }[];
}

/** An option of a tracking category. */
export interface XeroTrackingOption {
  id: string;
  name: string;
  active: boolean;
}

/** A bank account to be made in Xero. */
export interface NewBankAccount {
  /** Xero has no two accounts of one name, archived ones included. */
  name: string;
  /** Xero asks for one, and takes any text. */
  number: string;
  idempotencyKey: string;
}

/** What became of it. */
export type BankAccountResult =
  | { state: 'added'; account: XeroAccount }
  | { state: 'refused'; error: SyncError };
