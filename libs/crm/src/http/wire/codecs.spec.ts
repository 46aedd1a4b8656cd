import { decoders } from './index.js';

const invoice = {
  id: '7',
  number: ' INV-000007 ',
  reference: '',
  customerId: '3',
  date: '2026-03-02',
  dueDate: null,
  currency: 'USD',
  status: 'open',
  lines: [
    {
      itemId: '9',
      description: 'Support<br />\nremote &amp; on site',
      quantity: '2.50',
      price: '80.00',
      taxes: [
        { name: 'Sales Tax', rate: '7.25' },
        { name: 'City Tax', rate: '1.50' },
      ],
    },
    { quantity: '1', price: '5.5', description: null },
  ],
  discount: { timing: 'after_tax', percent: '5.00', total: '11.15' },
  adjustment: '-0.5',
  subtotal: '205.50',
  totalTax: '17.50',
  total: '211.35',
  paid: '0',
  createdAt: '2026-03-02T11:15:00+01:00',
  somethingNew: true,
};

test('an invoice', () => {
  expect(decoders.invoices('7', invoice)).toEqual({
    id: '7',
    state: 'found',
    birthMark: '2026-03-02T10:15:00.000Z',
    record: {
      id: '7',
      number: 'INV-000007',
      reference: null,
      customerId: '3',
      date: '2026-03-02',
      dueDate: null,
      currency: 'USD',
      status: 'open',
      lines: [
        {
          description: 'Support\nremote & on site',
          quantity: '2.5',
          unitPrice: '80',
          taxes: [
            { name: 'Sales Tax', rate: '7.25' },
            { name: 'City Tax', rate: '1.5' },
          ],
          itemId: '9',
        },
        { description: '', quantity: '1', unitPrice: '5.5', taxes: [], itemId: null },
      ],
      discountTiming: 'after-tax',
      discountTotal: '11.15',
      adjustment: '-0.50',
      subtotal: '205.50',
      totalTax: '17.50',
      total: '211.35',
      paid: '0.00',
      sent: false,
      credited: '0.00',
    },
  });
});

test.each([
  [true, true],
  [false, false],
  [null, false],
  [undefined, false],
])('an invoice whose "sent" is %s was given to the customer: %s', (sent, expected) => {
  expect(decoders.invoices('7', { ...invoice, sent })).toMatchObject({ record: { sent: expected } });
});

test('a cancelled invoice is read; a draft is excluded, whatever is in it', () => {
  expect(decoders.invoices('7', { ...invoice, status: 'cancelled' })).toMatchObject({
    record: { status: 'cancelled' },
  });
  expect(decoders.invoices('7', { id: '7', status: 'draft' })).toEqual({
    id: '7',
    state: 'excluded',
    reason: 'draft',
  });
});

test.each([
  [{ ...invoice, total: 211.35 }, '"total" invalid input: expected string, received number'],
  [
    { ...invoice, total: '211,35' },
    '"total" must be an amount written as text with at most two decimals, such as "12.50"',
  ],
  [
    { ...invoice, total: '211.355' },
    '"total" must be an amount written as text with at most two decimals, such as "12.50"',
  ],
  [{ ...invoice, date: '2026-02-30' }, '"date" must be a day written as YYYY-MM-DD'],
  [{ ...invoice, currency: 'usd' }, '"currency" must be a three-letter currency code, such as "USD"'],
  [{ ...invoice, status: 'paid' }, '"status" invalid option: expected one of "draft"|"open"|"cancelled"'],
  [
    { ...invoice, lines: [{ price: '1', quantity: '1e3' }] },
    '"lines[0].quantity" must be a number written as text with at most four decimals, such as "1.25"',
  ],
  [
    { ...invoice, lines: [{ price: '1', quantity: '1', taxes: [{ name: '<br>', rate: '1' }] }] },
    '"lines[0].taxes[0].name" too small: expected string to have >=1 characters',
  ],
  [null, 'invalid input: expected object, received null'],
])('an invoice of wrong shape says where, without its values (%#)', (raw, reason) => {
  expect(decoders.invoices('7', raw)).toEqual({ id: '7', state: 'invalid', reason });
});

test('a customer with company and contact', () => {
  const address = { street: '1 High St<br />\nA\nB\nC\nD', city: 'Bath ', country: 'United Kingdom' };
  const raw = {
    id: '3',
    company: 'Smith &amp; Sons<br>Ltd',
    contact: { firstName: 'Ann', lastName: 'Smith', email: ' ann@smith.example ' },
    otherContacts: [{ firstName: 'Bo', email: null }, { firstName: ' ' }],
    billingAddress: address,
    address: { street: null, city: '' },
    currency: 'GBP',
  };
  expect(decoders.customers('3', raw)).toMatchObject({
    birthMark: null,
    record: {
      id: '3',
      name: 'Smith & Sons Ltd',
      firstName: 'Ann',
      lastName: 'Smith',
      email: 'ann@smith.example',
      phone: null,
      taxNumber: null,
      currency: 'GBP',
      billingAddress: {
        lines: ['1 High St', 'A', 'B', 'C, D'],
        city: 'Bath',
        region: null,
        postalCode: null,
        country: 'United Kingdom',
      },
      streetAddress: null,
      people: [{ firstName: 'Bo', lastName: null, email: null }],
      active: true,
    },
  });
});

test.each([
  [{ contact: { firstName: 'Ann', lastName: 'Smith' } }, 'Ann Smith'],
  [{ company: ' ', contact: { lastName: 'Smith' } }, 'Smith'],
  [{ company: '<b></b>', contact: null }, null],
])('a customer without a company is named by its contact (%#)', (fields, name) => {
  expect(decoders.customers('3', { id: '3', ...fields })).toMatchObject({ record: { name } });
});

test('an item', () => {
  const raw = {
    id: '9',
    code: ' A-1 ',
    name: 'Caf&eacute; table',
    description: '<p>Oak</p>',
    price: '75.00',
  };
  expect(decoders.items('9', raw)).toMatchObject({
    record: { id: '9', code: 'A-1', name: 'Café table', description: 'Oak', unitPrice: '75', taxes: [] },
  });
  expect(decoders.items('9', { id: '9', price: '1' })).toMatchObject({ record: { code: null, name: '' } });
});

test('a tax has the id of its set', () => {
  expect(decoders.taxes('4', { id: '4', name: 'City Tax', rate: '1.50' })).toMatchObject({
    id: '4',
    record: { id: 'City%20Tax|1.5', components: [{ name: 'City Tax', rate: '1.5' }] },
  });
});

test('a payment', () => {
  const raw = { id: '5', invoiceId: '7', date: '2026-03-20', amount: '100', currency: 'USD', mode: 'stripe' };
  expect(decoders.payments('5', raw)).toMatchObject({
    record: {
      id: '5',
      invoiceId: '7',
      date: '2026-03-20',
      amount: '100.00',
      modeId: 'stripe',
      reference: null,
    },
  });
});

test('a vendor has the form of a customer', () => {
  const raw = { id: '4', company: 'Quarry Printing Ltd', taxNumber: ' 12-3 ' };
  expect(decoders.vendors('4', raw)).toMatchObject({
    state: 'found',
    record: { id: '4', name: 'Quarry Printing Ltd', taxNumber: '12-3', people: [], active: true },
  });
});

test('a credit note', () => {
  const { dueDate: _, paid: __, ...document } = invoice;
  const raw = { ...document, status: 'void', applied: '30', refunded: '0.5' };
  expect(decoders['credit-notes']('7', raw)).toMatchObject({
    birthMark: '2026-03-02T10:15:00.000Z',
    record: {
      id: '7',
      number: 'INV-000007',
      customerId: '3',
      status: 'void',
      discountTiming: 'after-tax',
      discountTotal: '11.15',
      adjustment: '-0.50',
      subtotal: '205.50',
      totalTax: '17.50',
      total: '211.35',
      applied: '30.00',
      refunded: '0.50',
      lines: [{ quantity: '2.5', unitPrice: '80', itemId: '9' }, { quantity: '1' }],
    },
  });
  expect(decoders['credit-notes']('7', { ...raw, status: 'closed' })).toMatchObject({ state: 'invalid' });
});

test('an application of a credit note, and a refund', () => {
  const common = { id: '8', creditNoteId: '31', date: '2026-03-16', amount: '30', currency: 'USD' };
  expect(decoders['credit-applications']('8', { ...common, invoiceId: '1042' })).toMatchObject({
    record: { ...common, invoiceId: '1042', amount: '30.00' },
  });
  expect(decoders.refunds('8', { ...common, mode: '1', transactionId: ' RF 1 ' })).toMatchObject({
    record: { ...common, amount: '30.00', modeId: '1', reference: 'RF 1' },
  });
  expect(decoders.refunds('8', common)).toMatchObject({ state: 'invalid' });
});

test('an expense; what the CRM does not know is null, and a category without a name goes by its id', () => {
  const raw = { id: '77', categoryId: '2', date: '2026-03-11', currency: 'USD', amount: '50', total: '60' };
  expect(decoders.expenses('77', raw)).toMatchObject({
    record: {
      id: '77',
      name: null,
      note: null,
      reference: null,
      categoryId: '2',
      categoryName: '2',
      vendorId: null,
      date: '2026-03-11',
      currency: 'USD',
      amount: '50.00',
      taxes: [],
      total: '60.00',
      modeId: null,
    },
  });
  const full = {
    ...raw,
    name: 'Train &amp; bus',
    note: 'a<br />\nb',
    categoryName: 'Travel',
    vendorId: '4',
    taxes: [{ name: 'VAT', rate: '20.00' }],
    mode: 'card',
  };
  expect(decoders.expenses('77', full)).toMatchObject({
    record: {
      name: 'Train & bus',
      note: 'a\nb',
      categoryName: 'Travel',
      vendorId: '4',
      taxes: [{ name: 'VAT', rate: '20' }],
      modeId: 'card',
    },
  });
});

test('a purchase order with discounts of its lines and its own, and a shipping fee', () => {
  const raw = {
    id: '19',
    number: 'PO-00019',
    vendorId: '4',
    date: '2026-03-09',
    deliveryDate: '2026-03-23',
    currency: 'USD',
    status: 'approved',
    lines: [
      { description: 'Brochures', quantity: '500', price: '0.40', discount: '20' },
      { quantity: '1', price: '2' },
    ],
    discount: { total: '18', percent: '10.00' },
    shippingFee: '12',
    subtotal: '182.00',
    totalTax: '0.00',
    total: '176.00',
  };
  const bare = { ...raw, discount: null, shippingFee: undefined, deliveryDate: null };
  expect(decoders['purchase-orders']('19', raw)).toMatchObject({
    record: {
      number: 'PO-00019',
      reference: null,
      vendorId: '4',
      deliveryDate: '2026-03-23',
      status: 'approved',
      lines: [
        { description: 'Brochures', quantity: '500', unitPrice: '0.4', discount: '20.00', itemId: null },
        { description: '', discount: '0.00' },
      ],
      discountTotal: '18.00',
      shippingFee: '12.00',
      total: '176.00',
    },
  });
  expect(decoders['purchase-orders']('19', bare)).toMatchObject({
    record: { deliveryDate: null, discountTotal: '0.00', shippingFee: '0.00' },
  });
});
