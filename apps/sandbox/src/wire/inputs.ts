import { z } from 'zod';
import { addressParts, contactTexts, phoneParts } from '../books/records.js';
import { BadBody } from './refusal.js';
import { flag, given, list, decimal, text, texts } from './input-fields.js';

/** A reference to an account, in any of the forms that Xero takes. */
export const accountRef = z.object({ AccountID: text, Code: text });

export const contactInput = z.object({
  ContactID: text,
  ContactNumber: text,
  Name: text,
  ContactStatus: text,
  ...texts(contactTexts),
  Addresses: list(z.object({ AddressType: text, ...texts(addressParts) })),
  Phones: list(z.object({ PhoneType: text, ...texts(phoneParts) })),
  ContactPersons: list(
    z.object({ FirstName: text, LastName: text, EmailAddress: text, IncludeInEmails: flag }),
  ),
});
export type ContactInput = z.output<typeof contactInput>;

const itemDetails = given(z.object({ UnitPrice: decimal, AccountCode: text, TaxType: text }));
export const itemInput = z.object({
  ItemID: text,
  Code: text,
  Name: text,
  Description: text,
  PurchaseDescription: text,
  IsSold: flag,
  IsPurchased: flag,
  SalesDetails: itemDetails,
  PurchaseDetails: itemDetails,
});
export type ItemInput = z.output<typeof itemInput>;

export const taxRateInput = z.object({
  Name: text,
  TaxType: text,
  ReportTaxType: text,
  Status: text,
  TaxComponents: list(z.object({ Name: text, Rate: decimal, IsCompound: flag, IsNonRecoverable: flag })),
});
export type TaxRateInput = z.output<typeof taxRateInput>;

export const accountInput = z.object({
  AccountID: text,
  Code: text,
  Name: text,
  Type: text,
  Status: text,
  TaxType: text,
  Description: text,
  BankAccountNumber: text,
  BankAccountType: text,
  CurrencyCode: text,
  EnablePaymentsToAccount: flag,
  ShowInExpenseClaims: flag,
});
export type AccountInput = z.output<typeof accountInput>;

export const trackingInput = z.object({ TrackingCategoryID: text, Name: text, Status: text });
export type TrackingInput = z.output<typeof trackingInput>;

export const trackingOptionInput = z.object({ TrackingOptionID: text, Name: text, Status: text });
export type TrackingOptionInput = z.output<typeof trackingOptionInput>;

export const currencyInput = z.object({ Code: text, Description: text });
export type CurrencyInput = z.output<typeof currencyInput>;

/** Reads one element; throws {@link BadBody} with Xero's wording when a field has the wrong form. */
export function readElement<T extends z.ZodType>(schema: T, element: unknown): z.output<T> {
  const read = schema.safeParse(element);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new BadBody(
    `JSON for post data was invalid,${issue?.message ?? ''} (${issue?.path.join('.') ?? ''})`,
  );
}
