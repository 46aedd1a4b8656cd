import type { Stamped } from './stamped.js';

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
  readonly isSupplier: boolean;
  readonly mergedTo: string | null;
}
