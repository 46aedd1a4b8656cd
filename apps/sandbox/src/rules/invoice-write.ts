import { Decimal } from 'decimal.js';
import { isId, newId } from '../books/ids.js';
import type { Contact, Invoice, InvoiceLine, LineAmountTypes } from '../books/records.js';
import type { InvoiceInput, LineInput } from '../wire/inputs.js';
import { money, totalsOf } from './amounts.js';
import { contactOfDocument } from './contact-write.js';
import { mayUser, organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { checkInvoice } from './invoice-checks.js';
import { type BuiltLine, buildLine } from './invoice-lines.js';
import { freeNumber } from './invoice-number.js';
import { firstStatus, isApproved, isFinal, NOT_OF_VALID_STATUS, nextStatus } from './invoice-status.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** PUT: makes a new sales invoice, or refuses. */
export function createInvoice(context: RuleContext, input: InvoiceInput): Written<Invoice> {
  if (input.Type?.toUpperCase() !== 'ACCREC')
    refuse("Invoice Type must be 'ACCREC': this sandbox keeps sales invoices");
  const status = approvable(context, firstStatus(input.Status));
  const contact = contactOfDocument(context, input.Contact);
  const currencyCode = input.CurrencyCode?.toUpperCase() ?? organisationOf(context).baseCurrency;
  const blank: Invoice = {
    id: newId(),
    updatedAt: context.books.stamp(),
    number: '',
    reference: '',
    contactId: contact.id,
    status,
    date: today(context),
    dueDate: null,
    expectedPaymentDate: null,
    lineAmountTypes: 'Exclusive',
    lines: [],
    currencyCode,
    currencyRate: dayRate(context, currencyCode),
    url: null,
    sentToContact: false,
    subTotal: '0.00',
    totalTax: '0.00',
    total: '0.00',
    totalDiscount: '0.00',
    amountPaid: '0.00',
    amountDue: '0.00',
    fullyPaidOn: null,
  };
  const draft = merge(context, blank, { ...input, LineItems: input.LineItems ?? [] });
  return save(context, { ...draft, number: draft.number || freeNumber(context) }, contact, input);
}

/** POST: updates the invoice that the id, else the number points at, and makes one when none does. */
export function upsertInvoice(context: RuleContext, input: InvoiceInput): Written<Invoice> {
  const { invoices } = context.tenant;
  if (input.InvoiceID !== undefined) {
    const known = invoices.get(input.InvoiceID.toLowerCase());
    if (!known) throw new UnknownId('invoice', input.InvoiceID);
    return updateInvoice(context, known, input);
  }
  const numbered = invoices
    .by('number', input.InvoiceNumber ?? '')
    .find(({ status }) => status !== 'DELETED');
  return numbered ? updateInvoice(context, numbered, input) : createInvoice(context, input);
}

/** `/Invoices/{key}`: an id or a number. */
export function invoiceByKey({ tenant }: RuleContext, key: string): Invoice {
  const found = isId(key) ? tenant.invoices.get(key.toLowerCase()) : tenant.invoices.by('number', key)[0];
  if (!found) throw new UnknownId('invoice', key);
  return found;
}

/** Changes an invoice by the rules of its status: fields left out keep their value, lines are replaced as a set. */
export function updateInvoice(context: RuleContext, invoice: Invoice, input: InvoiceInput): Written<Invoice> {
  if (isFinal(invoice.status)) refuse(NOT_OF_VALID_STATUS);
  if (isApproved(invoice.status)) refuseIfLocked(context, invoice.date);
  const paid = !new Decimal(invoice.amountPaid).isZero();
  const status = approvable(context, nextStatus(invoice.status, input.Status, paid), invoice.status);
  if (isFinal(status)) {
    const gone = { ...invoice, updatedAt: context.books.stamp(), status, amountDue: '0.00' };
    return { row: context.tenant.invoices.put(gone), warnings: [] };
  }
  const contact = input.Contact ? contactOfDocument(context, input.Contact) : undefined;
  const next = merge(context, { ...invoice, status, contactId: contact?.id ?? invoice.contactId }, input);
  return save(context, { ...next, updatedAt: stampOf(context, invoice, next) }, contact, input, invoice);
}

// Changes of a partly paid document that make no journal do not move UpdatedDateUTC (requests and responses page).
function stampOf(context: RuleContext, before: Invoice, after: Invoice): number {
  const silent = { ...before, dueDate: after.dueDate, sentToContact: after.sentToContact };
  const changed = JSON.stringify(after) !== JSON.stringify(before);
  const onlySilent = changed && JSON.stringify(after) === JSON.stringify(silent);
  return onlySilent && !new Decimal(before.amountPaid).isZero() ? before.updatedAt : context.books.stamp();
}

// Without the right to approve, Xero takes the document and keeps it as a draft.
function approvable(
  context: RuleContext,
  wanted: Invoice['status'],
  current?: Invoice['status'],
): Invoice['status'] {
  const approves = wanted === 'AUTHORISED' && (current === undefined || !isApproved(current));
  return approves && !mayUser(context, 'CreateApprovedInvoice') ? 'DRAFT' : wanted;
}

function merge(context: RuleContext, invoice: Invoice, input: InvoiceInput): Invoice {
  const lineAmountTypes = readMode(input.LineAmountTypes) ?? invoice.lineAmountTypes;
  const remade = input.LineItems !== undefined || lineAmountTypes !== invoice.lineAmountTypes;
  const currencyCode = input.CurrencyCode?.toUpperCase() ?? invoice.currencyCode;
  const otherCurrency = currencyCode !== invoice.currencyCode;
  const next: Invoice = {
    ...invoice,
    number: input.InvoiceNumber || invoice.number,
    reference: input.Reference ?? invoice.reference,
    date: input.Date ?? invoice.date,
    dueDate: input.DueDate ?? invoice.dueDate,
    expectedPaymentDate: input.ExpectedPaymentDate ?? invoice.expectedPaymentDate,
    lineAmountTypes,
    currencyCode,
    currencyRate:
      input.CurrencyRate ?? (otherCurrency ? dayRate(context, currencyCode) : invoice.currencyRate),
    url: input.Url ?? invoice.url,
    sentToContact: (input.SentToContact ?? invoice.sentToContact) && isApproved(invoice.status),
  };
  return remade
    ? withLines(context, next, input.LineItems ?? invoice.lines.map(asInput), invoice.lineAmountTypes)
    : next;
}

function withLines(
  context: RuleContext,
  invoice: Invoice,
  inputs: readonly LineInput[],
  wasMode: LineAmountTypes,
): Invoice {
  const kept = new Map(invoice.lines.map((line) => [line.id, line]));
  const built: BuiltLine[] = inputs.map((input) =>
    buildLine(context, { input, kept: keptLine(kept, input), mode: invoice.lineAmountTypes, wasMode }),
  );
  const lines: readonly InvoiceLine[] = built.map(({ line }) => line);
  const totals = totalsOf(lines, invoice.lineAmountTypes);
  return {
    ...invoice,
    lines,
    ...totals,
    totalDiscount: money(Decimal.sum(0, ...built.map(({ discount }) => discount))),
    amountDue: money(new Decimal(totals.total).minus(invoice.amountPaid)),
  };
}

function keptLine(
  kept: ReadonlyMap<string, InvoiceLine>,
  { LineItemID: id }: LineInput,
): InvoiceLine | undefined {
  if (id === undefined) return undefined;
  return kept.get(id.toLowerCase()) ?? refuse(`Line item with ID ${id} could not be found on this document`);
}

const asInput = ({ id }: InvoiceLine): LineInput => ({ LineItemID: id });

function readMode(sent: string | undefined): LineAmountTypes | undefined {
  if (sent === undefined) return undefined;
  const modes: readonly LineAmountTypes[] = ['Exclusive', 'Inclusive', 'NoTax'];
  return (
    modes.find((mode) => mode.toLowerCase() === sent.toLowerCase()) ??
    refuse(`LineAmountTypes '${sent}' is not valid`)
  );
}

function save(
  context: RuleContext,
  invoice: Invoice,
  contact: Contact | undefined,
  input: InvoiceInput,
  before?: Invoice,
): Written<Invoice> {
  checkInvoice(context, invoice, before);
  const row = context.tenant.invoices.put(settled(invoice, invoice.fullyPaidOn ?? invoice.date));
  // The first sales document makes its contact a customer; UpdatedDateUTC does not show it.
  if (contact && !contact.isCustomer) context.tenant.contacts.put({ ...contact, isCustomer: true });
  const unsent = input.SentToContact === true && !isApproved(row.status);
  return { row, warnings: unsent ? ['Only AUTHORISED invoices may have SentToContact updated.'] : [] };
}

/** PAID when an approved invoice owes nothing, AUTHORISED again when it does; `on` is the day of the last payment. */
export function settled(invoice: Invoice, on: string): Invoice {
  if (!isApproved(invoice.status)) return invoice;
  const paid = new Decimal(invoice.amountDue).isZero();
  return { ...invoice, status: paid ? 'PAID' : 'AUTHORISED', fullyPaidOn: paid ? on : null };
}
