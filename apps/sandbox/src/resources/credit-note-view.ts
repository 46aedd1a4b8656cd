import type { Advance, Credit, CreditKind, CreditNote } from '../books/records.js';
import { allocationsOf, paymentsOn } from '../rules/balance.js';
import type { RuleContext } from '../rules/context.js';
import { instantString, present, wireDay } from '../wire/values.js';
import { creditNames, listedAllocation } from './allocation-view.js';
import { contactSummary, embeddedContact, shortContact } from './contact-view.js';
import { contactOf, dayView, documentBody } from './document-view.js';
import { invoiceLine } from './line-view.js';
import { paymentOn } from './payment-on.js';

type View = Record<string, unknown>;

/** A credit note as the answer to a write shows it. */
export const writtenCreditNote = (context: RuleContext, note: CreditNote): View =>
  present({
    ...identity(note),
    SentToContact: note.sentToContact,
    ...creditView(context, note, true),
    Contact: embeddedContact(contactOf(context, note)),
  });

/** A credit note in a list (a page or a single read has its lines, a plain list an empty array). */
export const listedCreditNote = (context: RuleContext, note: CreditNote, withLines: boolean): View =>
  present({
    ...identity(note),
    SentToContact: note.sentToContact || null,
    ...creditView(context, note, withLines),
    HasAttachments: false,
    Contact: contactSummary(contactOf(context, note)),
  });

/** An overpayment or a prepayment. */
export const advanceView = (context: RuleContext, advance: Advance, withLines: boolean): View =>
  present({
    [creditNames[advance.kind].idKey]: advance.id,
    ID: advance.id,
    Type: `${advance.type}-${advance.kind.toUpperCase()}`,
    Reference: advance.reference,
    ...creditView(context, advance, withLines),
    HasAttachments: false,
    Contact: contactSummary(contactOf(context, advance)),
  });

/** A credit inside the answer to a write of a refund: the contact is shorter there. */
export const paidCredit = (context: RuleContext, kind: CreditKind, credit: Credit): View =>
  present({
    [creditNames[kind].idKey]: credit.id,
    ID: credit.id,
    ...('type' in credit && kind === 'creditNote' && { Type: credit.type }),
    ...('number' in credit && { CreditNoteNumber: credit.number }),
    ...creditView(context, credit, true),
    Contact: shortContact(contactOf(context, credit)),
  });

const identity = (note: CreditNote): View => ({
  CreditNoteID: note.id,
  CreditNoteNumber: note.number,
  ID: note.id,
  Type: note.type,
  Reference: note.reference,
  BrandingThemeID: note.brandingThemeId,
  HasErrors: false,
  InvoiceAddresses: [],
  ...dayView('DueDate', note.dueDate),
});

const creditView = (context: RuleContext, credit: Credit, withLines: boolean): View => ({
  Payments: paymentsOn(context, credit.id).map((payment) => paymentOn(payment)),
  CurrencyRate: Number(credit.currencyRate),
  RemainingCredit: Number(credit.remainingCredit),
  Allocations: allocationsOf(context, credit.id).map((one) => listedAllocation(context, one)),
  ...documentBody(credit),
  UpdatedDateUTCString: instantString(credit.updatedAt),
  FullyPaidOnDate: credit.fullyPaidOn === null ? null : wireDay(credit.fullyPaidOn),
  LineItems: withLines ? credit.lines.map((line) => invoiceLine(context, line, false)) : [],
});
