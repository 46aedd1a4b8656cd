import type { NumberedKind, PerfexSettings } from '../settings.js';
import { decodeInvoice, type InvoiceRow } from './invoice.js';
import { decodeLine } from './document-line.js';
import { documentNumber } from './document-number.js';

const SETTINGS: PerfexSettings = {
  numbers: { invoices: { prefix: 'INV-', format: 1 }, 'credit-notes': { prefix: 'CN-', format: 2 } },
  numberPadding: 6,
  dueAfterDays: 30,
};

const HEADER: InvoiceRow = {
  id: 7,
  customerId: 3,
  number: 123,
  prefix: 'INV-',
  numberFormat: 1,
  formattedNumber: null,
  createdAt: '2026-01-31 10:00:00',
  date: '2026-01-31',
  dueDate: null,
  currencyName: ' usd ',
  subtotal: '100.00',
  totalTax: '20.00',
  total: '120.00',
  adjustment: null,
  discountTotal: null,
  discountType: '',
  status: 1,
  paid: '0.00',
  sent: 0,
  credited: '0.00',
};

const decode = (changes: Partial<InvoiceRow>, settings = SETTINGS) =>
  decodeInvoice({ header: { ...HEADER, ...changes }, lines: [], lineTaxes: [] }, settings);

describe('the number of a document', () => {
  it.each([
    [1, 'INV-000123'],
    [2, 'INV-2026/000123'],
    [3, 'INV-000123-26'],
    [4, 'INV-000123/01/2026'],
  ])('is written in form %i as %s', (numberFormat, number) => {
    expect(documentNumber({ ...HEADER, numberFormat }, 'invoices', SETTINGS)).toBe(number);
  });

  it('is the stored one where there is one, since modules may change its form', () => {
    expect(documentNumber({ ...HEADER, formattedNumber: 'X/123' }, 'invoices', SETTINGS)).toBe('X/123');
  });

  it('takes form, prefix and padding of the installation where the invoice has none', () => {
    const numbers = { ...SETTINGS.numbers, invoices: { prefix: 'R', format: 3 } };
    const settings = { ...SETTINGS, numbers, numberPadding: 4 };
    const number = (prefix: string | null, kind: NumberedKind): string =>
      documentNumber({ ...HEADER, numberFormat: 0, prefix }, kind, settings);
    expect(number(null, 'invoices')).toBe('R0123-26');
    expect(number('', 'invoices')).toBe('0123-26');
    expect(number(null, 'credit-notes')).toBe('CN-2026/0123');
  });
});

describe('an invoice', () => {
  it('without due date is due after the usual time, counted in days', () => {
    expect(decode({})).toMatchObject({ state: 'found', record: { dueDate: '2026-03-02' } });
    expect(decode({ dueDate: '0000-00-00' })).toMatchObject({ record: { dueDate: '2026-03-02' } });
    expect(decode({ dueDate: '2026-02-01' })).toMatchObject({ record: { dueDate: '2026-02-01' } });
  });

  it.each([{ status: 6 }, { number: 1_000_000_000 }])('is excluded while it is a draft: %j', (changes) => {
    expect(decode(changes)).toEqual({ state: 'excluded', reason: 'draft' });
  });

  it.each([
    [1, 'open'],
    [2, 'open'],
    [3, 'open'],
    [4, 'open'],
    [5, 'cancelled'],
  ])('of status %i is %s', (status, expected) => {
    expect(decode({ status })).toMatchObject({ record: { status: expected } });
  });

  it.each([
    [1, true],
    [0, false],
  ])('with the sent mark %i was given to the customer: %s', (sent, expected) => {
    expect(decode({ sent })).toMatchObject({ record: { sent: expected } });
  });

  it('takes its discount before tax unless it says after', () => {
    expect(decode({ discountType: '' })).toMatchObject({ record: { discountTiming: 'before-tax' } });
    expect(decode({ discountType: 'after_tax', discountTotal: '5.00' })).toMatchObject({
      record: { discountTiming: 'after-tax', discountTotal: '5.00' },
    });
  });
});

describe('a line', () => {
  const line = {
    id: 1,
    documentId: 7,
    description: 'Work',
    longDescription: null,
    quantity: '1.00',
    rate: '9.99',
  };
  const tax = { id: 1, lineId: 1, documentId: 7, rate: '20.00' };

  it.each([
    ['VAT', 'VAT'],
    ['VAT|20.00', 'VAT'],
    ['A|B|20', 'A|B'],
    ['A|B', 'A|B'],
    [' VAT ', 'VAT'],
    ['|20', '|20'],
  ])('with the tax name %j has the tax %j', (stored, name) => {
    expect(decodeLine(line, [{ ...tax, name: stored }]).taxes).toEqual([{ name, rate: '20.00' }]);
  });

  it('has all of its taxes and no other line’s', () => {
    const taxes = [
      { ...tax, name: 'VAT' },
      { ...tax, id: 2, name: 'City', rate: '5.00' },
      { ...tax, id: 3, lineId: 2, name: 'Other' },
    ];
    expect(decodeLine(line, taxes).taxes.map(({ name }) => name)).toEqual(['VAT', 'City']);
  });
});
