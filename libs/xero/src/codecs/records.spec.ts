import type { CanonicalRecord, Entity } from '@sync/domain';
import type { EncodeRequest } from '@sync/engine';
import { someReferences } from '../testing/references.js';
import { CODECS, encode } from './index.js';
import { readDay, readMoment } from './wire-values.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

const references = someReferences({
  parents: new Map<Entity, ReadonlyMap<string, string>>([['invoices', new Map([['1', 'invoice-1']])]]),
  taxTypes: new Map([['VAT|20', 'TAX001']]),
  bankAccounts: new Map([['bank', 'account-1']]),
});

function encoded<E extends Entity>(
  entity: E,
  record: CanonicalRecord<E>,
  change: Partial<EncodeRequest<E>> = {},
) {
  return encode<E>({
    entity,
    action: 'create',
    record,
    marker: MARKER,
    xeroId: 'x-1',
    changed: null,
    distinctName: false,
    references,
    ...change,
  });
}

const customer: CanonicalRecord<'customers'> = {
  id: '17',
  name: 'Acme',
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  taxNumber: null,
  currency: null,
  billingAddress: null,
  streetAddress: null,
  people: [],
  active: true,
};

describe('a customer on its way to Xero', () => {
  it('has a name that Xero takes: no brackets, no double spaces, at most 255 characters', () => {
    expect(encoded('customers', { ...customer, name: '  A <b>  C ' })).toMatchObject({
      element: { Name: 'A b C' },
    });
    const long = encoded('customers', { ...customer, name: 'x'.repeat(300) }, { distinctName: true });
    expect(long).toMatchObject({ element: { Name: `${'x'.repeat(250)} (17)` } });
  });

  it('parks without a name', () => {
    expect(encoded('customers', { ...customer, name: null })).toMatchObject({
      code: 'CUSTOMER_NAME_MISSING',
    });
    expect(encoded('customers', { ...customer, name: ' <> ' })).toMatchObject({
      code: 'CUSTOMER_NAME_MISSING',
    });
  });

  it('is created with its marker and without what is not known', () => {
    expect(encoded('customers', customer)).toEqual({
      ok: true,
      element: { ContactNumber: MARKER, Name: 'Acme' },
      expected: {},
      adjusted: { taxCents: 0, roundingCents: 0 },
    });
  });

  it('names a currency only when it is not the base currency', () => {
    expect(encoded('customers', { ...customer, currency: 'USD' })).not.toHaveProperty(
      'element.DefaultCurrency',
    );
    expect(encoded('customers', { ...customer, currency: 'EUR' })).toHaveProperty(
      'element.DefaultCurrency',
      'EUR',
    );
  });

  it('leaves out what Xero would refuse the whole contact for', () => {
    const odd = { ...customer, email: 'not an address', taxNumber: '1'.repeat(51) };
    expect(encoded('customers', odd)).toMatchObject({ element: { ContactNumber: MARKER, Name: 'Acme' } });
    expect(encoded('customers', odd)).not.toHaveProperty('element.EmailAddress', expect.anything());
    expect(encoded('customers', odd)).not.toHaveProperty('element.TaxNumber', expect.anything());
  });

  it('sends in an update only what changed, and empties what was taken away', () => {
    const update = encoded('customers', customer, {
      action: 'update',
      changed: ['email', 'phone', 'people'],
    });
    expect(update).toMatchObject({
      element: {
        ContactID: 'x-1',
        EmailAddress: '',
        Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '' }],
        ContactPersons: [],
      },
    });
    // The number may belong to another app by then, and the binding knows the contact by its id.
    expect(update).not.toHaveProperty('element.ContactNumber');
    expect(update).not.toHaveProperty('element.Name');
  });

  it('has at most five people', () => {
    const people = Array.from({ length: 7 }, (_, index) => ({
      firstName: `P${index}`,
      lastName: null,
      email: null,
    }));
    const result = encoded('customers', { ...customer, people });
    expect(result.ok && (result.element as { ContactPersons: unknown[] }).ContactPersons).toHaveLength(5);
  });
});

describe('taxes, items and payments on their way to Xero', () => {
  it('a tax set becomes one rate with its components, none of which compounds', () => {
    const components = [
      { name: 'State', rate: '8.00' },
      { name: 'City', rate: '2.5' },
    ];
    expect(encoded('taxes', { id: 'x', components })).toMatchObject({
      element: {
        Name: 'State 8% + City 2.5%',
        TaxComponents: [
          { Name: 'State', Rate: 8, IsCompound: false },
          { Name: 'City', Rate: 2.5, IsCompound: false },
        ],
      },
    });
  });

  it.each(['-1', '100.5', '1.23456'])('a rate of %s parks', (rate) => {
    const components = [{ name: 'T', rate }];
    expect(encoded('taxes', { id: 'x', components })).toMatchObject({ code: 'TAX_RATE_INVALID' });
  });

  const item = {
    id: '9',
    code: null,
    name: 'Hour',
    description: null,
    unitPrice: '1.23456',
    taxes: [{ name: 'VAT', rate: '20' }],
  };

  it('an item gets a code from its id, four decimals, and the tax type of its set', () => {
    expect(encoded('items', item)).toMatchObject({
      element: { Code: 'ITEM-9', SalesDetails: { UnitPrice: 1.2346, AccountCode: '200', TaxType: 'TAX001' } },
    });
  });

  it.each([
    ['that the CRM does not know stays', null, ['unitPrice'], 'LAMP-X'],
    ['that only Xero changed stays', 'LAMP-1', ['unitPrice'], 'LAMP-X'],
    ['that the CRM changed goes along', 'LAMP-2', ['code'], 'LAMP-2'],
    ['that the CRM took away stays', null, ['code'], 'LAMP-X'],
  ])('a code %s', (_, code, changed, Code) => {
    const update = { action: 'update', changed, held: { code: 'LAMP-X' } } as const;
    expect(encoded('items', { ...item, code }, update)).toMatchObject({ element: { ItemID: 'x-1', Code } });
  });

  it('an item with a code above 30 characters, without a name or with an unmapped tax parks', () => {
    const code = 'c'.repeat(31);
    expect(encoded('items', { ...item, code })).toMatchObject({
      code: 'ITEM_CODE_TOO_LONG',
      meta: { code, length: 31 },
    });
    expect(encoded('items', { ...item, name: ' ' })).toMatchObject({ code: 'ITEM_NAME_MISSING' });
    const taxes = [{ name: 'New', rate: '1' }];
    expect(encoded('items', { ...item, taxes })).toMatchObject({
      code: 'TAX_NOT_MAPPED',
      meta: { tax: 'New 1%' },
    });
  });

  const payment = {
    id: '1',
    invoiceId: '1',
    date: '2026-11-20',
    amount: '10',
    currency: 'USD',
    modeId: 'bank',
    reference: 'ch_1',
  };

  it('a payment leads its reference with the marker', () => {
    expect(encoded('payments', payment)).toMatchObject({
      element: {
        Reference: `${MARKER} ch_1`,
        Amount: 10,
        Account: { AccountID: 'account-1' },
        Invoice: { InvoiceID: 'invoice-1' },
      },
      expected: { total: '10.00', status: 'approved' },
    });
  });

  it('a payment parks without a bank account, and when it was posted already', () => {
    expect(encoded('payments', { ...payment, modeId: 'cash' })).toMatchObject({
      code: 'PAYMENT_MODE_NOT_MAPPED',
      meta: { mode: 'cash' },
    });
    expect(encoded('payments', payment, { action: 'update' })).toMatchObject({ code: 'PAYMENT_CHANGED' });
  });
});

describe('what comes from Xero', () => {
  it('reads days and moments in UTC, and takes year 1 for no date', () => {
    expect(readDay('/Date(1776988800000+0000)/')).toBe('2026-04-24');
    expect(readDay('2026-04-24T00:00:00')).toBe('2026-04-24');
    expect(readMoment('/Date(1439434356790)/')?.toISOString()).toBe('2015-08-13T02:52:36.790Z');
    expect(readMoment('/Date(-62135596800000+0000)/')).toBeNull();
    expect(readMoment('soon')).toBeNull();
  });

  it('keeps apart what is empty and what was left out', () => {
    const record = CODECS.customers.decode({
      ContactID: 'c',
      Name: 'A',
      EmailAddress: '',
      ContactStatus: 'ACTIVE',
    });
    expect(record?.owned).toMatchObject({ name: 'A', email: null });
    expect(record?.owned['taxNumber']).toBeUndefined();
  });

  it('knows our markers from other references', () => {
    const ours = CODECS.payments.decode({
      PaymentID: 'p',
      PaymentType: 'ACCRECPAYMENT',
      Reference: `${MARKER}.2 ch_1`,
    });
    expect(ours).toMatchObject({ keys: { marker: `${MARKER}.2` }, owned: { reference: 'ch_1' } });
    const theirs = CODECS.payments.decode({
      PaymentID: 'p',
      PaymentType: 'ACCRECPAYMENT',
      Reference: 'PO 7',
    });
    expect(theirs).toMatchObject({ keys: { marker: null }, owned: { reference: 'PO 7' } });
    expect(CODECS.customers.decode({ ContactID: 'c', ContactNumber: 'other-app-1' })).toMatchObject({
      keys: { marker: null, number: 'other-app-1' },
    });
  });

  it('leaves bills, refunds and payments of bills alone', () => {
    expect(CODECS.invoices.decode({ InvoiceID: 'i', Type: 'ACCPAY' })).toBeNull();
    expect(CODECS.payments.decode({ PaymentID: 'p', PaymentType: 'ACCPAYPAYMENT' })).toBeNull();
    expect(CODECS.payments.decode({ PaymentID: 'p', PaymentType: 'ARCREDITPAYMENT' })).toBeNull();
  });

  it('takes no compound rate for the set of its components', () => {
    const TaxComponents = [
      { Name: 'A', Rate: 5, IsCompound: false },
      { Name: 'B', Rate: 5, IsCompound: true },
    ];
    expect(CODECS.taxes.decode({ TaxType: 'TAX001', TaxComponents })?.keys.number).toBeNull();
    expect(
      CODECS.taxes.decode({ TaxType: 'TAX001', TaxComponents: TaxComponents.slice(0, 1) })?.keys.number,
    ).toBe('A|5');
  });
});
