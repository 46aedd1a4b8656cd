import { type ContactRow, type CustomerRow, decodeCustomer } from './customer.js';

const ROW: CustomerRow = {
  id: 1,
  company: 'Acme &amp; Co',
  vat: ' 123 ',
  phone: '',
  address: 'One<br />\nTwo<br />\nThree<br />\nFour<br />\nFive',
  city: 'Town',
  state: '',
  zip: null,
  country: 'Germany',
  billingStreet: '',
  billingCity: ' ',
  billingState: null,
  billingZip: null,
  billingCountry: null,
  createdAt: '2026-01-01 00:00:00',
  active: 1,
  confirmed: 1,
  currencyId: 0,
  currencyName: null,
};

const person = (id: number, changes: Partial<ContactRow> = {}): ContactRow => ({
  id,
  customerId: 1,
  isPrimary: 0,
  firstName: `First${id}`,
  lastName: `Last${id}`,
  email: `p${id}@acme.example`,
  phone: '',
  active: 1,
  getsInvoices: 1,
  ...changes,
});

const decode = (changes: Partial<CustomerRow>, contacts: ContactRow[] = []) => {
  const decoded = decodeCustomer('customers', { ...ROW, ...changes }, contacts);
  if (decoded.state !== 'found') throw new Error(`expected a customer, got ${decoded.state}`);
  return decoded.record;
};

describe('a customer', () => {
  it('is named by the company, else by the primary person, else not at all', () => {
    expect(decode({}).name).toBe('Acme & Co');
    expect(decode({ company: ' ' }, [person(2), person(3, { isPrimary: 1 })]).name).toBe('First3 Last3');
    expect(decode({ company: null }, [person(2)]).name).toBeNull();
  });

  it('takes the first primary person where there are several', () => {
    const record = decode({}, [person(1), person(2, { isPrimary: 1 }), person(3, { isPrimary: 1 })]);
    expect(record.email).toBe('p2@acme.example');
    expect(record.people.map(({ email }) => email)).toEqual(['p1@acme.example', 'p3@acme.example']);
  });

  it('lists at most five further people, only those who are active and get invoices', () => {
    const others = [2, 3, 4, 5, 6, 7, 8].map((id) => person(id));
    const silent = [person(9, { getsInvoices: 0 }), person(10, { active: 0 })];
    const record = decode({}, [...silent, person(1, { isPrimary: 1 }), ...others]);
    expect(record.people.map(({ firstName }) => firstName)).toEqual([
      'First2',
      'First3',
      'First4',
      'First5',
      'First6',
    ]);
  });

  it('keeps all of a long address on four lines, and has no address where nothing is known', () => {
    const record = decode({});
    expect(record.streetAddress).toEqual({
      lines: ['One', 'Two', 'Three', 'Four, Five'],
      city: 'Town',
      region: null,
      postalCode: null,
      country: 'Germany',
    });
    expect(record.billingAddress).toBeNull();
  });

  it('has no currency of its own unless it says one, which must be a code', () => {
    expect(decode({}).currency).toBeNull();
    expect(decode({ currencyId: 2, currencyName: 'EUR' }).currency).toBe('EUR');
    expect(decodeCustomer('customers', { ...ROW, currencyId: 2, currencyName: null }, [])).toMatchObject({
      state: 'invalid',
    });
  });

  it('is excluded until somebody confirms the registration, but not for being inactive', () => {
    expect(decodeCustomer('customers', { ...ROW, confirmed: 0 }, [])).toEqual({
      state: 'excluded',
      reason: 'not-confirmed',
    });
    expect(decode({ active: 0 }).active).toBe(false);
  });
});
