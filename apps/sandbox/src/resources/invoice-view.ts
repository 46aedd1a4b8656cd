import type { Contact, Invoice, InvoiceLine, Payment } from '../books/records.js';
import { fixedId } from '../books/ids.js';
import { round } from '../rules/amounts.js';
import { organisationOf, type RuleContext } from '../rules/context.js';
import { paymentsOn } from '../rules/payment-write.js';
import { dayString, instantString, present, wireDay, wireInstant } from '../wire/values.js';
import { contactSummary, embeddedContact } from './contact-view.js';

type View = Record<string, unknown>;

/** An invoice as the answer to a write shows it. */
export const writtenInvoice = (context: RuleContext, invoice: Invoice): View => ({
  ...written(context, invoice),
  Contact: embeddedContact(contactOf(context, invoice)),
});

/** An invoice inside the answer to a write of a payment: the contact is shorter there. */
export function paidInvoice(context: RuleContext, invoice: Invoice): View {
  const { id, name } = contactOf(context, invoice);
  const contact = { ContactID: id, Name: name, ContactPersons: [], HasValidationErrors: false };
  return { ...written(context, invoice), ...sentTo(context, invoice), Contact: contact };
}

/** An invoice in a list (a page or a single read has its lines, a plain list an empty array). */
export function listedInvoice(context: RuleContext, invoice: Invoice, withLines: boolean): View {
  return present({
    ...identity(invoice),
    Payments: paymentsOn(context, invoice.id).map((payment) => paymentOn(payment)),
    CreditNotes: [],
    ...amounts(invoice),
    AmountCredited: 0,
    SentToContact: invoice.sentToContact || null,
    HasAttachments: false,
    InvoiceAddresses: [],
    Contact: contactSummary(contactOf(context, invoice)),
    ...body(context, invoice),
    LineItems: withLines ? invoice.lines.map((line) => lineView(context, line, false)) : [],
  });
}

/** What `summaryOnly` leaves of an invoice. */
export function invoiceSummary(context: RuleContext, invoice: Invoice): View {
  const {
    Payments: _payments,
    LineItems: _lines,
    HasAttachments: _files,
    ...rest
  } = listedInvoice(context, invoice, false);
  return rest;
}

function written(context: RuleContext, invoice: Invoice): View {
  const lines = invoice.lines.map((line) => ({ ...lineView(context, line, true), ValidationErrors: [] }));
  return present({
    ...identity(invoice),
    ...amounts(invoice),
    SentToContact: invoice.sentToContact,
    ...body(context, invoice),
    LineItems: lines,
  });
}

const identity = ({ id, number, reference, url }: Invoice): View => ({
  Type: 'ACCREC',
  InvoiceID: id,
  InvoiceNumber: number,
  Reference: reference,
  Url: url,
});

const amounts = (invoice: Invoice): View => ({
  Prepayments: [],
  Overpayments: [],
  AmountDue: Number(invoice.amountDue),
  AmountPaid: Number(invoice.amountPaid),
  CurrencyRate: Number(invoice.currencyRate),
  IsDiscounted: Number(invoice.totalDiscount) !== 0,
  ...(Number(invoice.totalDiscount) !== 0 && { TotalDiscount: Number(invoice.totalDiscount) }),
  HasErrors: false,
  InvoicePaymentServices: [],
});

const body = (context: RuleContext, invoice: Invoice): View => ({
  DateString: dayString(invoice.date),
  Date: wireDay(invoice.date),
  ...day('DueDate', invoice.dueDate),
  ...day('ExpectedPaymentDate', invoice.expectedPaymentDate),
  BrandingThemeID: organisationOf(context).brandingThemeId,
  Status: invoice.status,
  LineAmountTypes: invoice.lineAmountTypes,
  SubTotal: Number(invoice.subTotal),
  TotalTax: Number(invoice.totalTax),
  Total: Number(invoice.total),
  UpdatedDateUTC: wireInstant(invoice.updatedAt),
  UpdatedDateUTCString: instantString(invoice.updatedAt),
  CurrencyCode: invoice.currencyCode,
  FullyPaidOnDate: invoice.fullyPaidOn === null ? null : wireDay(invoice.fullyPaidOn),
});

const day = (name: string, value: string | null): View =>
  value === null ? {} : { [`${name}String`]: dayString(value), [name]: wireDay(value) };

const sentTo = (context: RuleContext, invoice: Invoice): View =>
  invoice.sentToContact ? { SentToEmailAddress: contactOf(context, invoice).texts.EmailAddress ?? '' } : {};

function lineView(context: RuleContext, line: InvoiceLine, written: boolean): View {
  const item = line.itemCode === null ? undefined : context.tenant.items.by('code', line.itemCode)[0];
  const discounted = line.discountRate !== null || line.discountAmount !== null;
  return present({
    ItemCode: line.itemCode,
    Description: line.description,
    UnitAmount: line.unitAmount === null ? null : round(line.unitAmount, context.unitDigits).toNumber(),
    TaxType: line.taxType,
    TaxAmount: Number(line.taxAmount),
    LineAmount: Number(line.lineAmount),
    AccountCode: line.accountCode || null,
    Item: item && { ItemID: item.id, Name: item.name ?? '', Code: item.code },
    Tracking: line.tracking.map((one) => trackingView(context, one, written)),
    Quantity: line.quantity === null ? null : Number(line.quantity),
    DiscountRate: line.discountRate === null ? null : Number(line.discountRate),
    DiscountAmount: line.discountAmount === null ? null : Number(line.discountAmount),
    LineItemID: line.id,
    AccountID: line.accountId,
    DiscountEnteredAsPercent: discounted || (written && item) ? line.discountAmount === null : null,
  });
}

function trackingView({ tenant }: RuleContext, one: InvoiceLine['tracking'][number], written: boolean): View {
  const { name, option } = one;
  const shown = { Name: name, Option: option, TrackingCategoryID: fixedId(tenant.id, 'tracking', name) };
  return written
    ? { ...shown, TrackingOptionID: fixedId(tenant.id, 'tracking', name, option) }
    : { ...shown, Options: [] };
}

const paymentOn = (payment: Payment): View =>
  present({
    PaymentID: payment.id,
    Date: wireDay(payment.date),
    Amount: Number(payment.amount),
    Reference: payment.reference,
    CurrencyRate: Number(payment.currencyRate),
    HasAccount: true,
    HasValidationErrors: false,
  });

function contactOf({ tenant }: RuleContext, invoice: Invoice): Contact {
  const contact = tenant.contacts.get(invoice.contactId);
  if (!contact) throw new Error(`Invoice ${invoice.id} names a contact that the sandbox does not have.`);
  return contact;
}
