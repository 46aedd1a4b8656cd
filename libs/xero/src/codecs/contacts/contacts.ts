import type { Customer, Json } from '@sync/domain';
import { type EncodeResult, NO_KEYS, type XeroDerived, type XeroRecord } from '@sync/engine';
import { type Codec, encoded, refuse, sends } from '../codec.js';
import { addressOf, type ContactRequest, writeAddresses } from './addresses.js';
import { canonicalContact } from './contact-canonical.js';
import { contactWire, type ContactWire } from './contact-wire.js';
import { isMarker } from '../marker.js';
import { cut, fit, textOf } from '../wire-values.js';

const NAME_LENGTH = 255;
const PEOPLE_MAX = 5;
/** What Xero takes as an address: plain ASCII, no umlauts. */
const EMAIL = /^[\x21-\x3b=\x3f-\x7e]+@[\w-]+(?:\.[\w-]+)+$/;

/** Customers and vendors ⇄ Contacts. The marker is the ContactNumber, which nobody can edit in Xero. */
export const contactsCodec: Codec<'customers' | 'vendors'> = {
  encode,
  decode,
  canonical: (request) => canonicalContact(request, asSent),
  refersTo: () => [],
};

function encode(request: ContactRequest): EncodeResult {
  const name = contactName(request);
  if (name === null) return refuse('CUSTOMER_NAME_MISSING');
  const identity: Json =
    request.action === 'create' ? { ContactNumber: request.marker } : { ContactID: request.xeroId };
  return encoded({
    ...identity,
    ...(sends(request, 'name') && { Name: name }),
    ...personFields(request),
    ...placeFields(request),
  });
}

/** Xero's rules for a contact's name: at most 255, no angle brackets, no double spaces. Null: nothing is left. */
function contactName({ record, distinctName }: ContactRequest): string | null {
  const clean = fit((record.name ?? '').replaceAll(/[<>]/g, ' '), NAME_LENGTH);
  if (clean === '') return null;
  if (!distinctName) return clean;
  const suffix = ` (${record.id})`;
  return cut(clean, NAME_LENGTH - suffix.length) + suffix;
}

function personFields(request: ContactRequest): { [field: string]: Json | undefined } {
  const { record } = request;
  return {
    ...(sends(request, 'firstName') && { FirstName: written(request, fitted(record.firstName, 255)) }),
    ...(sends(request, 'lastName') && { LastName: written(request, fitted(record.lastName, 255)) }),
    ...(sends(request, 'email') && { EmailAddress: written(request, emailOf(record.email)) }),
    // A cut tax number would be another one.
    ...(sends(request, 'taxNumber') && { TaxNumber: written(request, within(record.taxNumber, 50)) }),
    ...(sends(request, 'people') && peopleField(request)),
  };
}

function placeFields(request: ContactRequest): { [field: string]: Json | undefined } {
  const { record, references } = request;
  const foreign = record.currency !== null && record.currency !== references.baseCurrency;
  return {
    ...(sends(request, 'phone') && phoneField(request)),
    ...writeAddresses(request),
    ...(sends(request, 'currency') && foreign && { DefaultCurrency: record.currency }),
  };
}

function phoneField(request: ContactRequest): { Phones?: Json } {
  const phone = fitted(request.record.phone, 50);
  if (phone === null && request.action === 'create') return {};
  // Area and country code are emptied, else the old ones would stand in front of the new number.
  const slot = { PhoneType: 'DEFAULT', PhoneNumber: phone ?? '', PhoneAreaCode: '', PhoneCountryCode: '' };
  return { Phones: [slot] };
}

function peopleField(request: ContactRequest): { ContactPersons?: Json } {
  const people = request.record.people.map(personElement).filter((person) => person !== null);
  if (people.length === 0 && request.action === 'create') return {};
  return { ContactPersons: people.slice(0, PEOPLE_MAX) };
}

function personElement(person: Customer['people'][number]): Json | null {
  const FirstName = fitted(person.firstName, 255) ?? undefined;
  const LastName = fitted(person.lastName, 255) ?? undefined;
  const EmailAddress = emailOf(person.email) ?? undefined;
  if ([FirstName, LastName, EmailAddress].every((part) => part === undefined)) return null;
  return { FirstName, LastName, EmailAddress, IncludeInEmails: false };
}

/** In a create what is not known is left out; in an update an empty text takes away what was there. */
function written({ action }: ContactRequest, value: string | null): string | undefined {
  return value ?? (action === 'update' ? '' : undefined);
}

function fitted(value: string | null, length: number): string | null {
  const text = value === null ? '' : fit(value, length);
  return text === '' ? null : text;
}

function within(value: string | null, length: number): string | null {
  const text = value === null ? '' : fit(value, Number.MAX_SAFE_INTEGER);
  return text === '' || text.length > length ? null : text;
}

/** One address that Xero would refuse must not keep a customer and all its invoices out of the books. */
function emailOf(value: string | null): string | null {
  const email = within(value, 255);
  return email !== null && EMAIL.test(email) ? email : null;
}

function decode(element: unknown): XeroRecord {
  const contact = contactWire.parse(element);
  const number = textOf(contact.ContactNumber) ?? null;
  return {
    xeroId: contact.ContactID,
    keys: {
      ...NO_KEYS,
      marker: number !== null && isMarker(number) ? number : null,
      number,
      name: textOf(contact.Name) ?? null,
      email: textOf(contact.EmailAddress) ?? null,
      taxNumber: textOf(contact.TaxNumber) ?? null,
      currency: textOf(contact.DefaultCurrency) ?? null,
    },
    owned: ownedOf(contact),
    derived: derivedOf(contact),
    updatedAt: contact.UpdatedDateUTC,
  };
}

function derivedOf({ ContactStatus, IsCustomer, IsSupplier, MergedToContactID }: ContactWire): XeroDerived {
  return {
    status: ContactStatus === 'ACTIVE' ? 'active' : 'archived',
    ...(typeof IsCustomer === 'boolean' && { customer: IsCustomer }),
    ...(typeof IsSupplier === 'boolean' && { supplier: IsSupplier }),
    ...(MergedToContactID && { mergedInto: MergedToContactID }),
  };
}

/** What Xero would hold of a contact of the CRM, under its own name or a distinct one. */
function asSent(record: Customer, baseCurrency: string): XeroRecord['owned'][] {
  const references = { baseCurrency };
  return [false, true].flatMap((distinctName) => {
    const request = { action: 'create' as const, record, references, distinctName };
    const sent = encode({ ...request, marker: '', xeroId: null, changed: null });
    if (!sent.ok || sent.element === null || typeof sent.element !== 'object') return [];
    return [ownedOf(contactWire.parse(Object.assign({ ContactID: '' }, sent.element)))];
  });
}

function ownedOf(contact: ContactWire): XeroRecord['owned'] {
  return {
    name: textOf(contact.Name),
    firstName: textOf(contact.FirstName),
    lastName: textOf(contact.LastName),
    email: textOf(contact.EmailAddress),
    phone: phoneOf(contact),
    taxNumber: textOf(contact.TaxNumber),
    currency: textOf(contact.DefaultCurrency),
    billingAddress: addressOf(contact, 'POBOX'),
    streetAddress: addressOf(contact, 'STREET'),
    people: contact.ContactPersons?.map((person) => ({
      firstName: textOf(person.FirstName) ?? null,
      lastName: textOf(person.LastName) ?? null,
      email: textOf(person.EmailAddress) ?? null,
    })),
  };
}

function phoneOf(contact: ContactWire): string | null | undefined {
  const phone = contact.Phones?.find(({ PhoneType }) => PhoneType === 'DEFAULT');
  if (phone === undefined) return undefined;
  const parts = [phone.PhoneCountryCode, phone.PhoneAreaCode, phone.PhoneNumber];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ') || null;
}
