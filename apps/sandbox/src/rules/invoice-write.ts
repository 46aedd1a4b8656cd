import { isId, newId } from '../books/ids.js';
import type { Contact, DocumentStatus, Invoice, InvoiceType } from '../books/records.js';
import type { InvoiceInput } from '../wire/document-inputs.js';
import { approvable, approvals } from './approval.js';
import { dueOf, isSetOff, settled } from './balance.js';
import { themeOf } from './branding.js';
import { contactOfDocument, nowTrading } from './contact-write.js';
import { organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { firstStatus, isApproved, isFinal, nextStatus, notOfValidStatus } from './document-status.js';
import { noLines, relaid } from './documents.js';
import { checkInvoice } from './invoice-checks.js';
import { freeNumber } from './numbers.js';
import { lineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** PUT: makes a new sales invoice or bill, or refuses. */
export function createInvoice(context: RuleContext, input: InvoiceInput): Written<Invoice> {
  const type = readType(input.Type);
  const status = approvable(context, approvals[type], { wanted: firstStatus(input.Status) });
  const contact = contactOfDocument(context, input.Contact);
  const draft = merge(context, blankInvoice(context, { type, status, contactId: contact.id }), {
    ...input,
    LineItems: input.LineItems ?? [],
  });
  const number = draft.number || (type === 'ACCREC' ? freeNumber(context, 'INV-') : '');
  return save(context, { ...draft, number }, { contact, input });
}

function blankInvoice(context: RuleContext, given: Pick<Invoice, 'type' | 'status' | 'contactId'>): Invoice {
  const { baseCurrency } = organisationOf(context);
  return {
    ...noLines,
    ...given,
    id: newId(),
    updatedAt: context.books.stamp(),
    number: '',
    reference: '',
    date: today(context),
    dueDate: null,
    expectedPaymentDate: null,
    plannedPaymentDate: null,
    lineAmountTypes: 'Exclusive',
    currencyCode: baseCurrency,
    currencyRate: dayRate(context, baseCurrency),
    url: null,
    sentToContact: false,
    brandingThemeId: given.type === 'ACCREC' ? themeOf(context, undefined) : null,
    amountPaid: '0.00',
    amountCredited: '0.00',
    amountDue: '0.00',
    fullyPaidOn: null,
  };
}

function readType(sent: string | undefined): InvoiceType {
  const type = sent?.toUpperCase();
  if (type === 'ACCREC' || type === 'ACCPAY') return type;
  return refuse(`Invoice Type '${sent ?? ''}' is not valid: it must be ACCREC or ACCPAY`);
}

/** POST: updates the invoice that the id, else the number of a sales invoice points at, and makes one when none does. */
export function upsertInvoice(context: RuleContext, input: InvoiceInput): Written<Invoice> {
  const { invoices } = context.tenant;
  if (input.InvoiceID !== undefined) {
    const known = invoices.get(input.InvoiceID.toLowerCase());
    if (!known) throw new UnknownId('invoice', input.InvoiceID);
    return updateInvoice(context, known, input);
  }
  const bill = input.Type?.toUpperCase() === 'ACCPAY';
  const numbered = invoices
    .by('number', input.InvoiceNumber ?? '')
    .find(({ type, status }) => type === 'ACCREC' && status !== 'DELETED');
  return numbered && !bill ? updateInvoice(context, numbered, input) : createInvoice(context, input);
}

/** `/Invoices/{key}`: an id or a number; of those that share it a sales invoice comes first. */
export function invoiceByKey({ tenant }: RuleContext, key: string): Invoice {
  const numbered = isId(key) ? [] : tenant.invoices.by('number', key);
  const found = isId(key)
    ? tenant.invoices.get(key.toLowerCase())
    : (numbered.find(({ type }) => type === 'ACCREC') ?? numbered[0]);
  if (!found) throw new UnknownId('invoice', key);
  return found;
}

/** Changes an invoice by the rules of its status: fields left out keep their value, lines are replaced as a set. */
export function updateInvoice(context: RuleContext, invoice: Invoice, input: InvoiceInput): Written<Invoice> {
  if (isFinal(invoice.status)) refuse(notOfValidStatus('Invoice'));
  if (input.Type !== undefined && readType(input.Type) !== invoice.type)
    refuse('The Type of an invoice cannot be changed');
  if (isApproved(invoice.status)) refuseIfLocked(context, invoice.date);
  const status = statusAfter(context, invoice, input);
  if (isFinal(status)) {
    const gone = { ...invoice, updatedAt: context.books.stamp(), status, amountDue: '0.00' };
    return { row: context.tenant.invoices.put(gone), warnings: [] };
  }
  const contact = input.Contact ? contactOfDocument(context, input.Contact) : undefined;
  const next = merge(context, { ...invoice, status, contactId: contact?.id ?? invoice.contactId }, input);
  const updatedAt = stampOf(context, invoice, next);
  return save(context, { ...next, updatedAt }, { contact, input, before: invoice });
}

function statusAfter(context: RuleContext, invoice: Invoice, { Status: sent }: InvoiceInput): DocumentStatus {
  const { type, status: current } = invoice;
  const wanted = nextStatus({ current, sent, setOff: isSetOff(invoice), noun: 'Invoice' });
  return approvable(context, approvals[type], { wanted, current });
}

// Changes of a partly paid document that make no journal do not move UpdatedDateUTC (requests and responses page).
function stampOf(context: RuleContext, before: Invoice, after: Invoice): number {
  const silent = { ...before, dueDate: after.dueDate, sentToContact: after.sentToContact };
  const changed = JSON.stringify(after) !== JSON.stringify(before);
  const onlySilent = changed && JSON.stringify(after) === JSON.stringify(silent);
  return onlySilent && isSetOff(before) ? before.updatedAt : context.books.stamp();
}

function merge(context: RuleContext, invoice: Invoice, input: InvoiceInput): Invoice {
  const sales = invoice.type === 'ACCREC';
  const laid = relaid(context, invoice, input, lineRules[invoice.type]);
  const ofSales = {
    reference: input.Reference ?? invoice.reference,
    expectedPaymentDate: input.ExpectedPaymentDate ?? invoice.expectedPaymentDate,
    sentToContact: (input.SentToContact ?? invoice.sentToContact) && isApproved(invoice.status),
    brandingThemeId: input.BrandingThemeID
      ? themeOf(context, input.BrandingThemeID)
      : invoice.brandingThemeId,
  };
  return {
    ...laid,
    ...(sales ? ofSales : { plannedPaymentDate: input.PlannedPaymentDate ?? invoice.plannedPaymentDate }),
    number: input.InvoiceNumber || invoice.number,
    dueDate: input.DueDate ?? invoice.dueDate,
    url: input.Url ?? invoice.url,
    amountDue: dueOf(laid),
  };
}

interface Saving {
  readonly contact: Contact | undefined;
  readonly input: InvoiceInput;
  readonly before?: Invoice;
}

function save(context: RuleContext, invoice: Invoice, { contact, input, before }: Saving): Written<Invoice> {
  checkInvoice(context, invoice, before);
  const row = context.tenant.invoices.put(settled(invoice, invoice.fullyPaidOn ?? invoice.date));
  if (contact) nowTrading(context, contact, lineRules[invoice.type].side);
  const unsent = input.SentToContact === true && !isApproved(row.status);
  return { row, warnings: unsent ? ['Only AUTHORISED invoices may have SentToContact updated.'] : [] };
}
