import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { addressParts, contactTexts, phoneParts } from '../books/records.js';
import { BadBody } from './refusal.js';
import { readDay } from './values.js';

// Xero takes null as "not sent", numbers as texts and texts as numbers.
const given = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

const text = given(z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]));
const flag = given(z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]));
const decimal = given(
  z.union([z.number(), z.string().trim()]).transform((value, context) => {
    if (/^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(String(value))) return new Decimal(value).toFixed();
    context.addIssue({ code: 'custom', message: `Could not convert string to decimal: ${value}` });
    return z.NEVER;
  }),
);
const day = given(
  z.string().transform((value, context) => {
    const found = readDay(value);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: `Could not convert string to DateTime: ${value}` });
    return z.NEVER;
  }),
);
const list = <T extends z.ZodType>(schema: T) => given(z.array(schema));
const texts = <K extends string>(names: Readonly<Record<K, number>>) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, text])) as Record<K, typeof text>;

/** A reference to an account, in any of the forms that Xero takes. */
const accountRef = z.object({ AccountID: text, Code: text });

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

export const lineInput = z.object({
  LineItemID: text,
  Description: text,
  Quantity: decimal,
  UnitAmount: decimal,
  LineAmount: decimal,
  DiscountRate: decimal,
  DiscountAmount: decimal,
  TaxType: text,
  TaxAmount: decimal,
  AccountCode: text,
  AccountID: text,
  ItemCode: text,
  Tracking: list(z.object({ Name: text, Option: text })),
});
export type LineInput = z.output<typeof lineInput>;

export const invoiceInput = z.object({
  InvoiceID: text,
  Type: text,
  InvoiceNumber: text,
  Reference: text,
  Contact: given(contactInput),
  Date: day,
  DueDate: day,
  ExpectedPaymentDate: day,
  LineAmountTypes: text,
  LineItems: list(lineInput),
  CurrencyCode: text,
  CurrencyRate: decimal,
  Url: text,
  Status: text,
  SentToContact: flag,
});
export type InvoiceInput = z.output<typeof invoiceInput>;

export const paymentInput = z.object({
  PaymentID: text,
  Invoice: given(z.object({ InvoiceID: text, InvoiceNumber: text })),
  Account: given(accountRef),
  Date: day,
  Amount: decimal,
  BankAmount: decimal,
  CurrencyRate: decimal,
  Reference: text,
  IsReconciled: flag,
  Status: text,
});
export type PaymentInput = z.output<typeof paymentInput>;

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
