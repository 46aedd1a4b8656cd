import type { Invoice } from '../books/records.js';
import { paymentsOn } from '../rules/balance.js';
import type { RuleContext } from '../rules/context.js';
import { instantString, present, wireDay } from '../wire/values.js';
import { contactSummary, embeddedContact, shortContact } from './contact-view.js';
import { creditsView } from './credits-view.js';
import { contactOf, dayView, documentBody } from './document-view.js';
import { invoiceLine } from './line-view.js';
import { paymentOn } from './payment-on.js';

type View = Record<string, unknown>;

/** An invoice as the answer to a write shows it. */
export const writtenInvoice = (context: RuleContext, invoice: Invoice): View => ({
  ...written(context, invoice),
  Contact: embeddedContact(contactOf(context, invoice)),
});

/** An invoice inside the answer to a write of a payment: the contact is shorter there. */
export const paidInvoice = (context: RuleContext, invoice: Invoice): View => ({
  ...written(context, invoice),
  ...sentTo(context, invoice),
  Contact: shortContact(contactOf(context, invoice)),
});

/** An invoice in a list (a page or a single read has its lines, a plain list an empty array). */
export function listedInvoice(context: RuleContext, invoice: Invoice, withLines: boolean): View {
  return present({
    ...identity(invoice),
    Payments: paymentsOn(context, invoice.id).map((payment) => paymentOn(payment)),
    ...amounts(invoice),
    ...creditsView(context, invoice.id),
    AmountCredited: Number(invoice.amountCredited),
    SentToContact: invoice.sentToContact || null,
    HasAttachments: false,
    InvoiceAddresses: [],
    Contact: contactSummary(contactOf(context, invoice)),
    ...body(invoice),
    LineItems: withLines ? invoice.lines.map((line) => invoiceLine(context, line, false)) : [],
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

const written = (context: RuleContext, invoice: Invoice): View =>
  present({
    ...identity(invoice),
    ...amounts(invoice),
    SentToContact: invoice.sentToContact,
    ...body(invoice),
    LineItems: invoice.lines.map((line) => invoiceLine(context, line, true)),
  });

const identity = (invoice: Invoice): View => ({
  Type: invoice.type,
  InvoiceID: invoice.id,
  InvoiceNumber: invoice.number,
  Reference: invoice.reference,
  Url: invoice.url,
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

const body = (invoice: Invoice): View => ({
  ...documentBody(invoice),
  ...dayView('DueDate', invoice.dueDate),
  ...dayView('ExpectedPaymentDate', invoice.expectedPaymentDate),
  ...dayView('PlannedPaymentDate', invoice.plannedPaymentDate),
  BrandingThemeID: invoice.brandingThemeId,
  UpdatedDateUTCString: instantString(invoice.updatedAt),
  FullyPaidOnDate: invoice.fullyPaidOn === null ? null : wireDay(invoice.fullyPaidOn),
});

const sentTo = (context: RuleContext, invoice: Invoice): View =>
  invoice.sentToContact ? { SentToEmailAddress: contactOf(context, invoice).texts.EmailAddress ?? '' } : {};
