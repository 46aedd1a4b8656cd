/** What every kept record has: its key and when it last changed (ms, sandbox time). */
export interface Stamped {
  readonly id: string;
  readonly updatedAt: number;
}

/** Xero's editions; they differ in tax types. */
export type Version = 'GLOBAL' | 'US' | 'AU' | 'NZ' | 'UK';

/** A Xero organisation; its id is the tenant id. Lock dates are `YYYY-MM-DD`. */
export interface Organisation extends Stamped {
  readonly name: string;
  readonly baseCurrency: string;
  readonly countryCode: string;
  readonly version: Version;
  readonly timezone: string;
  readonly createdAt: number;
  readonly periodLockDate: string | null;
  readonly endOfYearLockDate: string | null;
  /** Names of `Organisation/Actions` that were taken away from the connecting user. */
  readonly deniedActions: readonly string[];
  /** When true every call answers 503 "The Organisation is offline". */
  readonly offline: boolean;
  /** Whether the number of a VOIDED invoice may be used again; Xero does not document it. */
  readonly reuseVoidedNumbers: boolean;
  readonly nextInvoiceNumber: number;
  readonly nextTaxNumber: number;
  readonly brandingThemeId: string;
}

export type AccountClass = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';

/** An account of the chart; `systemAccount` is null for those that people made. */
export interface Account extends Stamped {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly taxType: string;
  readonly class: AccountClass;
  readonly systemAccount: string | null;
  readonly enablePayments: boolean;
  readonly showInExpenseClaims: boolean;
  readonly bankAccountNumber: string | null;
  readonly bankAccountType: string;
  readonly currencyCode: string | null;
  readonly description: string | null;
  readonly reportingCode: string;
  readonly reportingCodeName: string;
}

/** One part of a tax rate; `rate` is a percentage as a decimal string. */
export interface TaxComponent {
  readonly name: string;
  readonly rate: string;
  readonly isCompound: boolean;
  readonly isNonRecoverable: boolean;
}

/** A tax rate; its id is the TaxType. `effectiveRate` is a percentage as a decimal string. */
export interface TaxRate extends Stamped {
  readonly name: string;
  readonly reportTaxType: string | null;
  readonly components: readonly TaxComponent[];
  readonly effectiveRate: string;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
  readonly appliesTo: readonly AccountClass[];
  readonly system: boolean;
}

/** An enabled currency; its id is the ISO code. */
export interface Currency extends Stamped {
  readonly description: string;
}

/** Plain texts of a contact, under Xero's names. */
export const contactTexts = {
  AccountNumber: 50,
  BankAccountDetails: 1000,
  CompanyNumber: 50,
  DefaultCurrency: 3,
  EmailAddress: 255,
  FirstName: 255,
  LastName: 255,
  TaxNumber: 50,
  AccountsReceivableTaxType: 50,
  AccountsPayableTaxType: 50,
  SalesDefaultAccountCode: 50,
  PurchasesDefaultAccountCode: 50,
} as const;
export type ContactText = keyof typeof contactTexts;

/** Parts of an address with the longest length that Xero takes. */
export const addressParts = {
  AddressLine1: 500,
  AddressLine2: 500,
  AddressLine3: 500,
  AddressLine4: 500,
  City: 255,
  Region: 255,
  PostalCode: 50,
  Country: 50,
  AttentionTo: 255,
} as const;
export type AddressPart = keyof typeof addressParts;

/** Parts of a phone with the longest length that Xero takes. */
export const phoneParts = { PhoneNumber: 50, PhoneAreaCode: 10, PhoneCountryCode: 20 } as const;
export type PhonePart = keyof typeof phoneParts;

export type Address = Readonly<Partial<Record<AddressPart, string>>>;
export type Phone = Readonly<Partial<Record<PhonePart, string>>>;
export type AddressType = 'POBOX' | 'STREET';
export type PhoneType = 'DDI' | 'DEFAULT' | 'FAX' | 'MOBILE';

/** A further person of a contact. */
export interface ContactPerson {
  readonly FirstName: string;
  readonly LastName: string;
  readonly EmailAddress: string;
  readonly IncludeInEmails: boolean;
}

/** A contact; slots of addresses and phones are fixed by type. */
export interface Contact extends Stamped {
  readonly name: string;
  readonly number: string | null;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
  readonly texts: Readonly<Partial<Record<ContactText, string>>>;
  readonly addresses: Readonly<Partial<Record<AddressType, Address>>>;
  readonly phones: Readonly<Partial<Record<PhoneType, Phone>>>;
  readonly persons: readonly ContactPerson[];
  readonly isCustomer: boolean;
  readonly mergedTo: string | null;
}

/** Price, account and tax of an item on one side; prices are decimal strings. */
export interface ItemDetails {
  readonly unitPrice?: string;
  readonly accountCode?: string;
  readonly taxType?: string;
}

export interface Item extends Stamped {
  readonly code: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly purchaseDescription: string | null;
  readonly isSold: boolean;
  readonly isPurchased: boolean;
  readonly sales: ItemDetails;
  readonly purchase: ItemDetails;
}

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';
export type InvoiceStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** One line; amounts are decimal strings. A line that only describes has neither quantity nor price. */
export interface InvoiceLine {
  readonly id: string;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unitAmount: string | null;
  readonly discountRate: string | null;
  readonly discountAmount: string | null;
  readonly lineAmount: string;
  readonly taxAmount: string;
  readonly taxType: string | null;
  readonly accountId: string | null;
  readonly accountCode: string | null;
  readonly itemCode: string | null;
  readonly tracking: readonly { readonly name: string; readonly option: string }[];
}

/** A sales invoice; amounts are decimal strings with two digits, dates `YYYY-MM-DD`. */
export interface Invoice extends Stamped {
  readonly number: string;
  readonly reference: string;
  readonly contactId: string;
  readonly status: InvoiceStatus;
  readonly date: string;
  readonly dueDate: string | null;
  readonly expectedPaymentDate: string | null;
  readonly lineAmountTypes: LineAmountTypes;
  readonly lines: readonly InvoiceLine[];
  readonly currencyCode: string;
  readonly currencyRate: string;
  readonly url: string | null;
  readonly sentToContact: boolean;
  readonly subTotal: string;
  readonly totalTax: string;
  readonly total: string;
  readonly totalDiscount: string;
  readonly amountPaid: string;
  readonly amountDue: string;
  readonly fullyPaidOn: string | null;
}

/** A receipt against one invoice; amounts are decimal strings, `amount` in the invoice's currency. */
export interface Payment extends Stamped {
  readonly invoiceId: string;
  readonly accountId: string;
  readonly date: string;
  readonly amount: string;
  readonly bankAmount: string;
  readonly currencyRate: string;
  readonly reference: string | null;
  readonly isReconciled: boolean;
  readonly status: 'AUTHORISED' | 'DELETED';
}

/** An app as it is registered with Xero's developer portal; its id is the client id. */
export interface App extends Stamped {
  readonly secret: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** The one organisation that `client_credentials` reaches. */
  readonly customTenantId: string | null;
}

/** One user's consent to one app, with the refresh tokens that live. */
export interface Authorization extends Stamped {
  readonly clientId: string;
  readonly userId: string;
  readonly scope: string;
  readonly authEventId: string;
  readonly refreshToken: string | null;
  readonly issuedAt: number;
  readonly previousToken: string | null;
  /** When the previous token was first used, ms; it may be tried again for 30 minutes from then. */
  readonly rotatedAt: number;
  readonly revoked: boolean;
  /** Set for `client_credentials`: the only tenant that the token reaches. */
  readonly customTenantId: string | null;
}

/** That a user opened one organisation to one app. */
export interface Connection extends Stamped {
  readonly authEventId: string;
  readonly clientId: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly createdAt: number;
}

/** Settings of the sandbox itself; the clock is the only one. */
export interface Setting extends Stamped {
  readonly value: number;
}
