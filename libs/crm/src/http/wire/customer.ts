import { type Address, currencyCode, type Customer } from '@sync/domain';
import { z } from 'zod';
import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { optionalText, stamps } from './parts.js';

const wirePerson = z.object({ firstName: optionalText, lastName: optionalText, email: optionalText });

const wireAddress = z.object({
  /** Several lines, apart by newlines or `<br />`. */
  street: optionalText,
  city: optionalText,
  region: optionalText,
  postalCode: optionalText,
  country: optionalText,
});

/** A customer or vendor. */
const wireCustomer = z.object({
  ...stamps,
  company: optionalText,
  contact: wirePerson.nullish(),
  otherContacts: z.array(wirePerson).nullish(),
  phone: optionalText,
  taxNumber: optionalText,
  currency: currencyCode.nullish(),
  billingAddress: wireAddress.nullish(),
  address: wireAddress.nullish(),
  active: z.boolean().nullish(),
});

/** A customer. */
export const decodeCustomer = decoder({
  entity: 'customers',
  schema: wireCustomer,
  toCanonical: customerOf,
});

/** A vendor, of the same form. */
export const decodeVendor = decoder({ entity: 'vendors', schema: wireCustomer, toCanonical: customerOf });

/** Named by its company, else by its contact. */
function customerOf(wire: z.infer<typeof wireCustomer>): Customer {
  const contact = personOf(wire.contact ?? {});
  const fullName = [contact.firstName, contact.lastName].filter((part) => part !== null).join(' ');
  return {
    id: wire.id,
    name: plainLine(wire.company) ?? plainLine(fullName),
    ...contact,
    phone: plainLine(wire.phone),
    taxNumber: plainLine(wire.taxNumber),
    currency: wire.currency ?? null,
    billingAddress: addressOf(wire.billingAddress),
    streetAddress: addressOf(wire.address),
    people: (wire.otherContacts ?? []).map(personOf).filter(isSomebody),
    active: wire.active ?? true,
  };
}

interface Person {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

function personOf({ firstName, lastName, email }: z.infer<typeof wirePerson>): Person {
  return { firstName: plainLine(firstName), lastName: plainLine(lastName), email: plainLine(email) };
}

function isSomebody(person: Person): boolean {
  return person.firstName !== null || person.lastName !== null || person.email !== null;
}

/** Null where no part of it is known. */
function addressOf(wire: z.infer<typeof wireAddress> | null | undefined): Address | null {
  const address = {
    lines: streetLines(plainTextOrNull(wire?.street)),
    city: plainLine(wire?.city),
    region: plainLine(wire?.region),
    postalCode: plainLine(wire?.postalCode),
    country: plainLine(wire?.country),
  };
  const { lines, ...places } = address;
  return lines.length > 0 || Object.values(places).some((part) => part !== null) ? address : null;
}

/** Xero has four lines: what is over goes into the last one. */
function streetLines(street: string | null): string[] {
  const lines = (street ?? '').split('\n').filter((line) => line !== '');
  return lines.length <= 4 ? lines : [...lines.slice(0, 3), lines.slice(3).join(', ')];
}
