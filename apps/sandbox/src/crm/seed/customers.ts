import type { ContactPerson, CustomerRecord, PostalAddress } from '../records.js';
import { COUNTRIES, type Country } from './countries.js';
import { dayAfter, dayOf, momentOn } from './dates.js';
import type { Random } from './random.js';
import { COMPANY_WORDS, FIRST_NAMES, LAST_NAMES, TRADES } from './words.js';

/** What a customer is made from. */
export interface CustomerMaking {
  random: Random;
  now: Date;
  /** Whether customers abroad are billed in their own currency. */
  currencies: boolean;
  /** Names in use, in small letters: none is made twice. */
  names: Set<string>;
}

/** Customers with ids from 1; the second last has the same company name as the one before it. */
export function makeCustomers(count: number, making: CustomerMaking): CustomerRecord[] {
  const customers = Array.from({ length: count }, (_, at) => makeCustomer(String(at + 1), making));
  const [namesake, other] = [customers.at(-2), customers.at(-3)];
  if (namesake !== undefined && other !== undefined) giveSameName(namesake, other);
  return customers;
}

/** One customer: mostly a company with a contact, some a person only, some a company that nobody is known at. */
export function makeCustomer(id: string, making: CustomerMaking): CustomerRecord {
  const { random, now } = making;
  const country = random.chance(0.5) ? COUNTRIES[0] : random.pick(COUNTRIES);
  const kind = random.next();
  const person = kind < 0.1 ? freshPerson(making) : makePerson(random);
  const company = kind < 0.1 ? null : freshCompany(making, country);
  const contact = kind > 0.93 ? null : withEmail(person, company, id, kind > 0.9);
  const createdAt = momentOn(dayAfter(dayOf(now), -random.int(361, 364)), random.next(), now);
  const address = makeAddress(random, country);
  return {
    id,
    company,
    contact,
    otherContacts: makeOthers(random, company, id),
    phone: random.chance(0.8) ? random.fill(country.phone) : null,
    taxNumber: company !== null && random.chance(0.85) ? random.fill(country.taxNumber) : null,
    currency: making.currencies && country.currency !== 'USD' ? country.currency : null,
    billingAddress: random.chance(0.9) ? address : null,
    address: random.chance(0.3) ? makeAddress(random, country) : address,
    active: true,
    createdAt,
    updatedAt: createdAt,
  };
}

function giveSameName(namesake: CustomerRecord, other: CustomerRecord): void {
  other.company ??= 'Twin Rivers Trading Co.';
  namesake.company = other.company;
}

function freshCompany({ random, names }: CustomerMaking, country: Country): string {
  for (let attempt = 0; ; attempt += 1) {
    const start = random.chance(0.45) ? random.pick(LAST_NAMES) : random.pick(COMPANY_WORDS);
    const partner = random.chance(0.15) ? ` & ${random.pick(LAST_NAMES)}` : '';
    const place = attempt > 3 ? ` ${random.pick(country.cities)[0]}` : '';
    const number = attempt > 8 ? ` ${random.int(2, 99_999)}` : '';
    const name = `${start}${partner} ${random.pick(TRADES)}${place}${number} ${random.pick(country.companyForms)}`;
    if (claim(names, name)) return name;
  }
}

function freshPerson({ random, names }: CustomerMaking): ContactPerson {
  for (let attempt = 0; ; attempt += 1) {
    const person = makePerson(random);
    if (attempt > 5) person.lastName = `${person.lastName ?? ''}-${random.pick(LAST_NAMES)}`;
    if (attempt > 12) person.firstName = `${person.firstName ?? ''} ${random.fill('@')}.`;
    if (claim(names, `${person.firstName ?? ''} ${person.lastName ?? ''}`)) return person;
  }
}

function claim(names: Set<string>, name: string): boolean {
  const key = name.toLowerCase();
  if (names.has(key)) return false;
  names.add(key);
  return true;
}

function makePerson(random: Random): ContactPerson {
  return { firstName: random.pick(FIRST_NAMES), lastName: random.pick(LAST_NAMES), email: null };
}

function makeOthers(random: Random, company: string | null, id: string): ContactPerson[] {
  if (company === null || !random.chance(0.2)) return [];
  const people = Array.from({ length: random.int(1, 2) }, () => makePerson(random));
  return people.map((person, at) => withEmail(person, company, `${id}-${at + 2}`, false));
}

/** The id in the address keeps every e-mail unique; `.example` reaches nobody. */
function withEmail(person: ContactPerson, company: string | null, id: string, none: boolean): ContactPerson {
  if (none) return person;
  const name = [person.firstName, person.lastName].map((part) => latin(part ?? '')).join('.');
  const host = latin(company ?? '').slice(0, 24) || 'mail';
  return { ...person, email: `${name || 'office'}.${id}@${host}.example` };
}

function latin(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

function makeAddress(random: Random, country: Country): PostalAddress {
  const [city, region, postalCode] = random.pick(country.cities);
  const extra = random.chance(0.08) ? '<br />\nc/o Front Desk &amp; Deliveries' : '';
  return {
    street: random.fill(random.pick(country.streets)) + extra,
    city,
    region,
    postalCode: random.fill(postalCode),
    country: country.name,
  };
}
