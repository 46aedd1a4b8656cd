import type { PerfexDatabase } from './opened-database.js';
import { insertRows, type NewRow } from './rows.js';

/** A company of which nothing is known. */
export const COMPANY: NewRow = {
  userid: 0,
  company: '',
  vat: null,
  phonenumber: null,
  address: null,
  city: null,
  state: null,
  zip: null,
  country: 0,
  billing_street: null,
  billing_city: null,
  billing_state: null,
  billing_zip: null,
  billing_country: 0,
  datecreated: '2026-01-02 03:04:05',
  active: 1,
  default_currency: 0,
  registration_confirmed: 1,
};

const CUSTOMERS: readonly NewRow[] = [
  {
    ...COMPANY,
    userid: 1,
    company: 'Acme Ltd',
    vat: 'US-123456',
    phonenumber: '+1 555 0100',
    address: '1 Main Street<br />\nFloor 2',
    city: 'Springfield',
    state: 'Illinois',
    zip: '62701',
    country: 236,
    billing_street: 'PO Box 7',
    billing_city: 'Chicago',
    billing_state: 'Illinois',
    billing_zip: '60601',
    billing_country: 236,
  },
  { ...COMPANY, userid: 2, company: 'Bäcker & Söhne GmbH', country: 83, default_currency: 2 },
  { ...COMPANY, userid: 3 },
  { ...COMPANY, userid: 4, company: 'Dormant Inc', active: 0 },
  { ...COMPANY, userid: 5, company: 'Signed up yesterday', registration_confirmed: 0 },
  { ...COMPANY, userid: 6 },
];

/** A person of the first company. */
export const PERSON: NewRow = {
  id: 0,
  userid: 1,
  is_primary: 0,
  firstname: '',
  lastname: '',
  email: '',
  phonenumber: '',
  datecreated: '2026-01-02 03:04:05',
  active: 1,
  invoice_emails: 1,
};

const CONTACTS: readonly NewRow[] = [
  {
    ...PERSON,
    id: 1,
    is_primary: 1,
    firstname: 'Ann',
    lastname: 'Archer',
    email: 'ann@acme.example',
    phonenumber: '+1 555 0101',
  },
  { ...PERSON, id: 2, firstname: 'Bob', lastname: 'Baker', email: 'bob@acme.example' },
  { ...PERSON, id: 3, firstname: 'Cat', lastname: 'Cole', email: 'cat@acme.example', invoice_emails: 0 },
  { ...PERSON, id: 4, firstname: 'Dan', lastname: 'Dale', email: 'dan@acme.example', active: 0 },
  {
    ...PERSON,
    id: 5,
    userid: 3,
    is_primary: 1,
    firstname: 'Cleo',
    lastname: 'Carter',
    email: 'cleo@carter.example',
    phonenumber: '+1 555 0300',
  },
];

/**
 * Six customers: 1 complete, with people; 2 without anyone, in EUR; 3 without company, so that its person names it;
 * 4 inactive; 5 not confirmed; 6 without any name.
 */
export async function seedCustomers({ connection, table }: PerfexDatabase): Promise<void> {
  await insertRows(connection, table('clients'), CUSTOMERS);
  await insertRows(connection, table('contacts'), CONTACTS);
}
