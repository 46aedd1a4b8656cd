import { Decimal } from 'decimal.js';
import {
  type Address,
  type AddressType,
  addressParts,
  type Contact,
  type Invoice,
  type Phone,
  type PhoneType,
  phoneParts,
} from '../books/records.js';
import { type RuleContext, today } from '../rules/context.js';
import { isApproved } from '../rules/document-status.js';
import { present, wireInstant } from '../wire/values.js';

type View = Record<string, unknown>;

const lists = { SalesTrackingCategories: [], PurchasesTrackingCategories: [] };

/** A contact as the answer to a write shows it: every slot is there, empty ones as empty texts. */
export function writtenContact(contact: Contact): View {
  const blank = (parts: object): View => Object.fromEntries(Object.keys(parts).map((part) => [part, '']));
  const {
    AddressLine1: _1,
    AddressLine2: _2,
    AddressLine3: _3,
    AddressLine4: _4,
    AttentionTo: _5,
    ...shown
  } = addressParts;
  const addresses: readonly AddressType[] = ['STREET', 'POBOX'];
  const phones: readonly PhoneType[] = ['DEFAULT', 'DDI', 'FAX', 'MOBILE'];
  return {
    ...head(contact),
    EmailAddress: contact.texts.EmailAddress ?? '',
    BankAccountDetails: contact.texts.BankAccountDetails ?? '',
    Addresses: addresses.map((type) => ({ AddressType: type, ...blank(shown), ...contact.addresses[type] })),
    Phones: phones.map((type) => ({ PhoneType: type, ...blank(phoneParts), ...contact.phones[type] })),
    ...flags(contact),
    ...lists,
    ContactPersons: contact.persons,
    HasValidationErrors: false,
  };
}

/** A contact as lists and single reads show it; `MergedToContactID` comes with pages and single reads only. */
export function listedContact(context: RuleContext, contact: Contact, paged: boolean): View {
  const balances = balancesOf(context, contact);
  return {
    ...head(contact),
    ...slots(contact),
    ...flags(contact),
    ...(balances && { Balances: balances }),
    ...(paged && contact.mergedTo !== null && { MergedToContactID: contact.mergedTo }),
    ContactPersons: contact.persons,
    HasAttachments: false,
    HasValidationErrors: false,
  };
}

/** A contact inside the answer to a write of an invoice. */
export const embeddedContact = (contact: Contact): View => ({
  ...head(contact),
  ...slots(contact),
  ...flags(contact),
  ...lists,
  ContactPersons: contact.persons,
  HasValidationErrors: false,
});

/** A contact inside the answer to a write of a bank transaction: without its role. */
export function bankedContact(contact: Contact): View {
  const {
    IsCustomer: _customer,
    IsSupplier: _supplier,
    SalesTrackingCategories: _sales,
    PurchasesTrackingCategories: _purchases,
    ...rest
  } = embeddedContact(contact);
  return rest;
}

/** A contact inside a purchase order: slots that were never filled are left out; only writes tell its role. */
export function orderedContact(contact: Contact, written: boolean): View {
  const whole = written ? embeddedContact(contact) : bankedContact(contact);
  return {
    ...whole,
    Addresses: slots(contact).Addresses.filter(({ AddressType: type }) => contact.addresses[type]),
    Phones: slots(contact).Phones.filter(({ PhoneType: type }) => contact.phones[type]),
  };
}

/** A contact inside the document of a payment that was just made. */
export const shortContact = ({ id, name }: Contact): View => ({
  ContactID: id,
  Name: name,
  ContactPersons: [],
  HasValidationErrors: false,
});

/** A contact inside a listed document. */
export const contactSummary = (contact: Contact): View => ({
  ContactID: contact.id,
  Name: contact.name,
  Addresses: [],
  Phones: [],
  ContactGroups: [],
  ContactPersons: [],
  HasValidationErrors: false,
});

/** What `summaryOnly` leaves of a contact. */
export function withoutDetails(view: View): View {
  const {
    Addresses: _a,
    Balances: _b,
    ContactGroups: _g,
    ContactPersons: _p,
    IsCustomer: _c,
    IsSupplier: _s,
    ...rest
  } = view;
  return rest;
}

const head = ({ id, number, status, name, texts }: Contact): View =>
  present({ ContactID: id, ContactNumber: number, ContactStatus: status, Name: name, ...texts });

const flags = ({ updatedAt, isCustomer, isSupplier }: Contact): View => ({
  UpdatedDateUTC: wireInstant(updatedAt),
  ContactGroups: [],
  IsSupplier: isSupplier,
  IsCustomer: isCustomer,
});

function slots({ addresses, phones }: Contact) {
  const post: readonly AddressType[] = ['POBOX', 'STREET'];
  const lines: readonly PhoneType[] = ['DDI', 'DEFAULT', 'FAX', 'MOBILE'];
  return {
    Addresses: post.map((type) => ({
      AddressType: type,
      ...filled(addresses[type], ['City', 'Region', 'PostalCode', 'Country']),
    })),
    Phones: lines.map((type) => ({ PhoneType: type, ...filled(phones[type], Object.keys(phoneParts)) })),
  };
}

// A slot that was ever sent shows its usual parts; one that never was shows its type alone.
function filled(slot: Address | Phone | undefined, usual: readonly string[]): View {
  if (slot === undefined) return {};
  return { ...Object.fromEntries(usual.map((part) => [part, ''])), ...slot };
}

function balancesOf(context: RuleContext, contact: Contact): View | null {
  const open = context.tenant.invoices.by('contact', contact.id).filter(({ status }) => isApproved(status));
  if (open.length === 0) return null;
  const side = (type: Invoice['type']): View => {
    const rows = open.filter((invoice) => invoice.type === type);
    const late = rows.filter(({ dueDate }) => dueDate !== null && dueDate < today(context));
    return { Outstanding: sumDue(rows), Overdue: sumDue(late) };
  };
  return { AccountsReceivable: side('ACCREC'), AccountsPayable: side('ACCPAY') };
}

const sumDue = (rows: readonly Invoice[]): number =>
  Decimal.sum(0, ...rows.map(({ amountDue }) => amountDue)).toNumber();
