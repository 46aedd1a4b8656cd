import { isId, newId } from '../books/ids.js';
import type { Contact, CreditNote, CreditNoteType, DocumentStatus } from '../books/records.js';
import type { CreditNoteInput } from '../wire/document-inputs.js';
import { approvable, approvals } from './approval.js';
import { isUsed, usedUp } from './balance.js';
import { themeOf } from './branding.js';
import { contactOfDocument, nowTrading } from './contact-write.js';
import { organisationOf, type RuleContext, today, type Written } from './context.js';
import { checkCreditNote } from './credit-note-checks.js';
import { dayRate } from './currency-write.js';
import { firstStatus, isApproved, isFinal, nextStatus, notOfValidStatus } from './document-status.js';
import { noLines, relaid } from './documents.js';
import { lineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { freeNumber } from './numbers.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** PUT: makes a new credit note, or refuses. */
export function createCreditNote(context: RuleContext, input: CreditNoteInput): Written<CreditNote> {
  const type = readType(input.Type);
  const status = approvable(context, approvals[type], { wanted: firstStatus(input.Status, 'Credit note') });
  const contact = contactOfDocument(context, input.Contact);
  const draft = merge(context, blankNote(context, { type, status, contactId: contact.id }), {
    ...input,
    LineItems: input.LineItems ?? [],
  });
  const number = draft.number || (type === 'ACCRECCREDIT' ? freeNumber(context, 'CN-') : '');
  return save(context, { ...draft, number }, contact);
}

function blankNote(
  context: RuleContext,
  given: Pick<CreditNote, 'type' | 'status' | 'contactId'>,
): CreditNote {
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
    lineAmountTypes: 'Exclusive',
    currencyCode: baseCurrency,
    currencyRate: dayRate(context, baseCurrency),
    sentToContact: false,
    brandingThemeId: given.type === 'ACCRECCREDIT' ? themeOf(context, undefined) : null,
    remainingCredit: '0.00',
    fullyPaidOn: null,
  };
}

function readType(sent: string | undefined): CreditNoteType {
  const type = sent?.toUpperCase();
  if (type === 'ACCRECCREDIT' || type === 'ACCPAYCREDIT') return type;
  return refuse(`Credit note Type '${sent ?? ''}' is not valid: it must be ACCRECCREDIT or ACCPAYCREDIT`);
}

/** POST: updates the note that the id, else the number of one to a customer points at, and makes one when none does. */
export function upsertCreditNote(context: RuleContext, input: CreditNoteInput): Written<CreditNote> {
  const { creditNotes } = context.tenant;
  if (input.CreditNoteID !== undefined) {
    const known = creditNotes.get(input.CreditNoteID.toLowerCase());
    if (!known) throw new UnknownId('credit note', input.CreditNoteID);
    return updateCreditNote(context, known, input);
  }
  const ofSupplier = input.Type?.toUpperCase() === 'ACCPAYCREDIT';
  const numbered = creditNotes
    .by('number', input.CreditNoteNumber ?? '')
    .find(({ type, status }) => type === 'ACCRECCREDIT' && status !== 'DELETED');
  return numbered && !ofSupplier
    ? updateCreditNote(context, numbered, input)
    : createCreditNote(context, input);
}

/** `/CreditNotes/{key}`: an id or a number; of those that share it one to a customer comes first. */
export function creditNoteByKey({ tenant }: RuleContext, key: string): CreditNote {
  const numbered = isId(key) ? [] : tenant.creditNotes.by('number', key);
  const found = isId(key)
    ? tenant.creditNotes.get(key.toLowerCase())
    : (numbered.find(({ type }) => type === 'ACCRECCREDIT') ?? numbered[0]);
  if (!found) throw new UnknownId('credit note', key);
  return found;
}

/** Changes a note by the rules of its status, as with invoices. */
export function updateCreditNote(
  context: RuleContext,
  note: CreditNote,
  input: CreditNoteInput,
): Written<CreditNote> {
  if (isFinal(note.status)) refuse(notOfValidStatus('Credit note'));
  if (input.Type !== undefined && readType(input.Type) !== note.type)
    refuse('The Type of a credit note cannot be changed');
  if (isApproved(note.status)) refuseIfLocked(context, note.date);
  const status = statusAfter(context, note, input);
  const updatedAt = context.books.stamp();
  if (isFinal(status)) {
    const gone = { ...note, updatedAt, status, remainingCredit: '0.00' };
    return { row: context.tenant.creditNotes.put(gone), warnings: [] };
  }
  const contact = input.Contact ? contactOfDocument(context, input.Contact) : undefined;
  const kept = { ...note, status, contactId: contact?.id ?? note.contactId };
  return save(context, { ...merge(context, kept, input), updatedAt }, contact, note);
}

function statusAfter(
  context: RuleContext,
  note: CreditNote,
  { Status: sent }: CreditNoteInput,
): DocumentStatus {
  const { type, status: current } = note;
  const wanted = nextStatus({ current, sent, setOff: isUsed(note), noun: 'Credit note' });
  return approvable(context, approvals[type], { wanted, current });
}

function merge(context: RuleContext, note: CreditNote, input: CreditNoteInput): CreditNote {
  const laid = relaid(context, note, input, lineRules[note.type]);
  const ofSales = {
    reference: input.Reference ?? note.reference,
    sentToContact: (input.SentToContact ?? note.sentToContact) && isApproved(note.status),
    brandingThemeId: input.BrandingThemeID ? themeOf(context, input.BrandingThemeID) : note.brandingThemeId,
  };
  return {
    ...laid,
    ...(note.type === 'ACCRECCREDIT' && ofSales),
    number: input.CreditNoteNumber || note.number,
    dueDate: input.DueDate ?? note.dueDate,
    remainingCredit: isUsed(note) ? note.remainingCredit : laid.total,
  };
}

function save(
  context: RuleContext,
  note: CreditNote,
  contact: Contact | undefined,
  before?: CreditNote,
): Written<CreditNote> {
  checkCreditNote(context, note, before);
  const row = context.tenant.creditNotes.put(usedUp(note, note.fullyPaidOn ?? note.date));
  if (contact) nowTrading(context, contact, lineRules[note.type].side);
  return { row, warnings: [] };
}
