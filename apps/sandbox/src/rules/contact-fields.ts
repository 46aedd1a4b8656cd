import {
  type Address,
  type AddressType,
  addressParts,
  type Contact,
  type ContactText,
  contactTexts,
  type Phone,
  type PhoneType,
  phoneParts,
} from '../books/records.js';
import type { ContactInput } from '../wire/inputs.js';
import { refuseIfAny } from '../wire/refusal.js';

/** Lays what was sent over a contact: fields left out keep their value, sent slots and the set of persons are replaced. */
export function mergeContact(contact: Contact, input: ContactInput): Contact {
  refuseIfAny(problems(input));
  return {
    ...contact,
    name: input.Name ?? contact.name,
    number: input.ContactNumber ?? contact.number,
    status: input.ContactStatus?.toUpperCase() === 'ARCHIVED' ? 'ARCHIVED' : contact.status,
    texts: { ...contact.texts, ...textsOf(input) },
    addresses: { ...contact.addresses, ...addressesOf(input) },
    phones: { ...contact.phones, ...phonesOf(input) },
    persons: personsOf(input) ?? contact.persons,
  };
}

function textsOf(input: ContactInput): Partial<Record<ContactText, string>> {
  const names = Object.keys(contactTexts) as ContactText[];
  return pick(names, (name) => input[name]);
}

function addressesOf(input: ContactInput): Partial<Record<AddressType, Address>> {
  const parts = Object.keys(addressParts) as (keyof typeof addressParts)[];
  const slots = (input.Addresses ?? []).map((sent) => [
    slot(sent.AddressType, 'POBOX'),
    pick(parts, (part) => sent[part]),
  ]);
  return Object.fromEntries(slots) as Partial<Record<AddressType, Address>>;
}

function phonesOf(input: ContactInput): Partial<Record<PhoneType, Phone>> {
  const parts = Object.keys(phoneParts) as (keyof typeof phoneParts)[];
  const slots = (input.Phones ?? []).map((sent) => [
    slot(sent.PhoneType, 'DEFAULT'),
    pick(parts, (part) => sent[part]),
  ]);
  return Object.fromEntries(slots) as Partial<Record<PhoneType, Phone>>;
}

function personsOf(input: ContactInput): Contact['persons'] | undefined {
  return input.ContactPersons?.map(
    ({ FirstName = '', LastName = '', EmailAddress = '', IncludeInEmails = false }) => ({
      FirstName,
      LastName,
      EmailAddress,
      IncludeInEmails,
    }),
  );
}

const slot = (type: string | undefined, otherwise: string): string => (type ?? otherwise).toUpperCase();

function pick<K extends string>(
  names: readonly K[],
  valueOf: (name: K) => string | undefined,
): Partial<Record<K, string>> {
  const pairs = names
    .map((name) => [name, valueOf(name)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as Partial<Record<K, string>>;
}

function problems(input: ContactInput): (string | false)[] {
  const { Name: name } = input;
  return [
    name !== undefined && nameProblem(name),
    tooLong('ContactNumber', input.ContactNumber, 50),
    ...Object.entries(contactTexts).map(([field, most]) => tooLong(field, input[field as ContactText], most)),
    emailProblem(input.EmailAddress),
    ...(input.ContactPersons ?? []).map((person) => emailProblem(person.EmailAddress)),
    (input.ContactPersons?.length ?? 0) > 5 && 'A contact can have at most 5 additional people',
    ...(input.Addresses ?? []).flatMap((sent) => [
      unknownSlot('AddressType', sent.AddressType, ['POBOX', 'STREET', 'DELIVERY']),
      ...Object.entries(addressParts).map(([part, most]) =>
        tooLong(part, sent[part as keyof typeof addressParts], most),
      ),
      /[0-9<>]/.test(sent.Country ?? '') && 'Country must contain letters only',
    ]),
    ...(input.Phones ?? []).flatMap((sent) => [
      unknownSlot('PhoneType', sent.PhoneType, ['DEFAULT', 'DDI', 'MOBILE', 'FAX', 'OFFICE']),
      ...Object.entries(phoneParts).map(([part, most]) =>
        tooLong(part, sent[part as keyof typeof phoneParts], most),
      ),
    ]),
  ];
}

function nameProblem(name: string): string | false {
  if (name.length === 0) return 'The contact name must be specified';
  if (name.length > 255) return 'The contact name must not exceed 255 characters';
  if (/[<>]/.test(name)) return 'The contact name cannot contain the characters < or >';
  return (
    (name !== name.trim() || name.includes('  ')) &&
    'The contact name cannot contain leading, trailing or consecutive spaces'
  );
}

// Xero takes neither umlauts nor spaces in addresses; an empty text clears the field.
const emailProblem = (email: string | undefined): string | false =>
  !!email && !/^[\x21-\x7e]+@[\x21-\x7e]+\.[\x21-\x7e]+$/.test(email) && 'Email address must be valid.';

const tooLong = (field: string, value: string | undefined, most: number): string | false =>
  (value?.length ?? 0) > most && `${field} must not exceed ${most} characters`;

const unknownSlot = (field: string, value: string | undefined, known: readonly string[]): string | false =>
  value !== undefined && !known.includes(value.toUpperCase()) && `${field} '${value}' is not valid`;
