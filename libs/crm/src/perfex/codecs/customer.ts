import type { Address, CanonicalRecord, Customer } from '@sync/domain';
import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';

/** The row of a customer or vendor, with the names that its ids point at. */
export interface CustomerRow {
  id: number;
  company: string | null;
  vat: string | null;
  phone: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  billingStreet: string | null;
  billingCity: string | null;
  billingState: string | null;
  billingZip: string | null;
  billingCountry: string | null;
  createdAt: string;
  active: number;
  confirmed: number;
  /** 0: the base currency. */
  currencyId: number;
  currencyName: string | null;
}

/** A person of a customer or vendor. */
export interface ContactRow {
  id: number;
  customerId: number;
  isPrimary: number;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  active: number;
  getsInvoices: number;
}

/** Xero keeps five people besides the first; so no more are read. */
const MOST_PEOPLE = 5;
const MOST_ADDRESS_LINES = 4;

/** An entity whose records are companies with people. */
export type CompanyEntity = 'customers' | 'vendors';

/** Those who signed up by themselves and wait for approval are excluded; inactive ones are found, and say so. */
export function decodeCustomer<E extends CompanyEntity>(
  entity: E,
  row: CustomerRow,
  contacts: readonly ContactRow[],
): Decoded<E> {
  if (row.confirmed === 0) return { state: 'excluded', reason: 'not-confirmed' };
  const currency = currencyOf(row.currencyName);
  if (row.currencyId !== 0 && currency === null) return invalid('its currency is no ISO code such as USD');
  // By convention one contact is the primary one; the database enforces neither that there is one nor that it is alone.
  const primary = contacts.find(({ isPrimary }) => isPrimary === 1) ?? null;
  const record: Customer = {
    id: String(row.id),
    name: plainLine(row.company) ?? fullName(primary),
    ...personOf(primary),
    phone: plainLine(row.phone) ?? plainLine(primary?.phone),
    taxNumber: plainLine(row.vat),
    currency,
    billingAddress: addressOf([
      row.billingStreet,
      row.billingCity,
      row.billingState,
      row.billingZip,
      row.billingCountry,
    ]),
    streetAddress: addressOf([row.address, row.city, row.state, row.zip, row.country]),
    people: othersWithInvoices(contacts, primary).map(personOf),
    active: row.active === 1,
  };
  return found(entity, record as CanonicalRecord<E>, birthMark(row.createdAt));
}

function othersWithInvoices(contacts: readonly ContactRow[], primary: ContactRow | null): ContactRow[] {
  return contacts
    .filter((contact) => contact !== primary && contact.active === 1 && contact.getsInvoices === 1)
    .slice(0, MOST_PEOPLE);
}

function personOf(contact: ContactRow | null): Pick<Customer, 'firstName' | 'lastName' | 'email'> {
  return {
    firstName: plainLine(contact?.firstName),
    lastName: plainLine(contact?.lastName),
    email: plainLine(contact?.email),
  };
}

function fullName(contact: ContactRow | null): string | null {
  return plainLine(`${contact?.firstName ?? ''} ${contact?.lastName ?? ''}`);
}

function addressOf(parts: readonly (string | null)[]): Address | null {
  const [street, city = null, region = null, postalCode = null, country = null] = [
    plainTextOrNull(parts[0]),
    ...parts.slice(1).map(plainLine),
  ];
  if ([street, city, region, postalCode, country].every((part) => part === null)) return null;
  return { lines: addressLines(street ?? ''), city, region, postalCode, country };
}

/** What does not fit on its own line goes on the last one, so that nothing of an address is lost. */
function addressLines(street: string): string[] {
  const lines = street
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const head = lines.slice(0, MOST_ADDRESS_LINES - 1);
  const rest = lines.slice(MOST_ADDRESS_LINES - 1);
  return rest.length === 0 ? head : [...head, rest.join(', ')];
}
