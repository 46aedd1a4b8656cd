import type { Address, Customer, Json } from '@sync/domain';
import { wireText, type WireRecord } from './parts.js';

/** A customer or vendor. Without a company of its own, it is named by its contact. */
export function encodePerson(record: Customer): WireRecord {
  const { firstName, lastName, email } = record;
  const fullName = [firstName, lastName].filter((part) => part !== null).join(' ');
  return {
    company: record.name === fullName ? null : wireText(record.name),
    contact: firstName === null && lastName === null && email === null ? null : encodeName(record),
    otherContacts: record.people.map(encodeName),
    phone: wireText(record.phone),
    taxNumber: wireText(record.taxNumber),
    currency: record.currency,
    billingAddress: encodeAddress(record.billingAddress),
    address: encodeAddress(record.streetAddress),
    active: record.active,
  };
}

type Name = Pick<Customer, 'firstName' | 'lastName' | 'email'>;

function encodeName({ firstName, lastName, email }: Name): Json {
  return { firstName: wireText(firstName), lastName: wireText(lastName), email: wireText(email) };
}

function encodeAddress(address: Address | null): Json {
  if (address === null) return null;
  const { lines, city, region, postalCode, country } = address;
  return {
    street: lines.length === 0 ? null : wireText(lines.join('\n')),
    city: wireText(city),
    region: wireText(region),
    postalCode: wireText(postalCode),
    country: wireText(country),
  };
}
