import type { XeroRecord } from '@sync/engine';
import { someInvoice } from '../testing/documents.js';
import { expressed, held, lineInXero as line, references } from '../testing/expressed.js';
import { CITY, perfexAmounts, RATES, VAT } from '../testing/random-documents.js';
import { xeroHolds } from '../testing/xero-holds.js';
import { encode, refersTo } from './index.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

const invoiceOf = (LineItems: object[], change: object = {}) =>
  held('invoices', {
    Type: 'ACCREC',
    InvoiceID: 'x',
    InvoiceNumber: 'INV-9',
    Contact: { ContactID: 'contact-7' },
    Date: '/Date(1763596800000+0000)/',
    DueDate: '/Date(1766188800000+0000)/',
    Status: 'AUTHORISED',
    CurrencyCode: 'USD',
    LineAmountTypes: 'Exclusive',
    LineItems,
    TotalTax: 0,
    Total: 100,
    ...change,
  });

describe('an invoice that a person made in Xero', () => {
  it('loses the tax in its prices, to the cent of each line, and keeps total and tax as Xero has them', () => {
    const record = invoiceOf(
      [
        line({ UnitAmount: 20, LineAmount: 20, TaxAmount: 1.52, TaxType: 'T:City' }),
        line({ Quantity: 3, UnitAmount: 25, LineAmount: 75, TaxAmount: 5.72, TaxType: 'T:City' }),
        line({
          Quantity: 0.3333,
          UnitAmount: 1000.99,
          LineAmount: 333.63,
          TaxAmount: 25.43,
          TaxType: 'T:City',
        }),
      ],
      { LineAmountTypes: 'Inclusive', TotalTax: 32.67, Total: 428.63 },
    );
    expect(expressed('invoices', record)).toMatchObject({
      ok: true,
      record: {
        lines: [
          { quantity: '1', unitPrice: '18.48', taxes: [CITY] },
          // 3 × 23.09 would be a cent short.
          { quantity: '3', unitPrice: '23.0933' },
          { quantity: '0.3333', unitPrice: '924.69' },
        ],
        subtotal: '395.96',
        totalTax: '32.67',
        total: '428.63',
      },
    });
  });

  it('has no taxes where Xero says so of the whole document', () => {
    const record = invoiceOf([line({ TaxType: 'T:VAT' })], { LineAmountTypes: 'NoTax' });
    expect(expressed('invoices', record)).toMatchObject({
      record: { lines: [{ taxes: [] }], total: '100.00' },
    });
  });

  it('may have a line that only describes', () => {
    const bare = { Description: 'As agreed', LineAmount: 0, TaxAmount: 0 };
    expect(expressed('invoices', invoiceOf([line({}), bare]))).toMatchObject({
      record: { lines: [{}, { description: 'As agreed', quantity: '1', unitPrice: '0', taxes: [] }] },
    });
  });

  it('shows one discount of all lines as that of the document, and one of a single line in its price', () => {
    const ten = { DiscountRate: 10, LineAmount: 90, TaxAmount: 18, TaxType: 'T:VAT' };
    const all = invoiceOf([line(ten), line(ten)], { TotalTax: 36, Total: 216 });
    expect(expressed('invoices', all)).toMatchObject({
      record: {
        lines: [{ unitPrice: '100' }, { unitPrice: '100' }],
        discountTotal: '20.00',
        discountTiming: 'before-tax',
        subtotal: '200.00',
      },
    });
    const one = invoiceOf([line(ten), line({})], { TotalTax: 18, Total: 208 });
    expect(expressed('invoices', one)).toMatchObject({
      record: { lines: [{ unitPrice: '90' }, { unitPrice: '100' }], discountTotal: '0.00', total: '208.00' },
    });
    const uneven = line({
      Quantity: 7,
      UnitAmount: 9.99,
      LineAmount: 69.9,
      TaxAmount: 13.98,
      TaxType: 'T:VAT',
    });
    expect(expressed('invoices', invoiceOf([uneven, line({})]))).toMatchObject({
      record: { lines: [{ quantity: '7', unitPrice: '9.9857' }, {}] },
    });
  });

  it.each([
    ['DRAFT', 'draft'],
    ['SUBMITTED', 'draft'],
    ['AUTHORISED', 'open'],
    ['PAID', 'open'],
    ['VOIDED', 'cancelled'],
    ['DELETED', 'cancelled'],
  ])('that is %s is %s', (Status, status) => {
    const record = invoiceOf([line({})], { Status, AmountPaid: 40, AmountCredited: 10 });
    expect(expressed('invoices', record)).toMatchObject({
      record: { status, paid: '40.00', credited: '10.00' },
    });
  });

  it('was given to the customer or not as the CRM says, whatever mark it has', () => {
    const record = invoiceOf([line({})], { SentToContact: true });
    expect(expressed('invoices', record)).toMatchObject({ record: { sent: false } });
  });

  it.each<[string, object, object, object]>([
    ['XERO_TAX_NOT_MAPPED', { TaxType: 'OUTPUT9' }, {}, { taxType: 'OUTPUT9' }],
    [
      'XERO_PARENT_NOT_LINKED',
      {},
      { Contact: { ContactID: 'c-9' } },
      { parent: 'contact', parentXeroId: 'c-9' },
    ],
    ['XERO_RECORD_NOT_EXPRESSIBLE', {}, { LineItems: undefined }, {}],
    ['XERO_RECORD_NOT_EXPRESSIBLE', {}, { Total: undefined }, {}],
  ])('has no form in the CRM: %s', (code, ofLine, ofDocument, meta) => {
    expect(expressed('invoices', invoiceOf([line(ofLine)], ofDocument))).toMatchObject({
      ok: false,
      code,
      meta,
    });
  });

  it('names what is needed to express it, each once', () => {
    const lines = [line({ TaxType: 'T:VAT', ItemCode: 'A' }), line({ TaxType: 'T:VAT', ItemCode: 'A' })];
    expect(refersTo('invoices', invoiceOf(lines))).toEqual([
      { entity: 'customers', xeroId: 'contact-7' },
      { entity: 'items', xeroId: 'A' },
      { entity: 'taxes', xeroId: 'T:VAT' },
    ]);
  });
});

describe('an invoice of the CRM that a person edited in Xero', () => {
  const lines = ['Design', 'Print', 'Delivery'].map((description, index) => ({
    description,
    quantity: index === 1 ? '3.33333' : '2.00',
    unitPrice: '10.00',
    taxes: [VAT],
    itemId: index === 0 ? '99' : null,
  }));
  const priced = {
    lines,
    discountTiming: 'before-tax' as const,
    discountTotal: '7.33',
    adjustment: '1.00',
  };
  const base = someInvoice({ ...priced, ...perfexAmounts(priced), dueDate: null, reference: 'PO  1' });

  /** As it stands in Xero after somebody changed the element that was sent. */
  function edited(change: (element: { LineItems: Record<string, unknown>[] }) => object): XeroRecord {
    const request = { entity: 'invoices' as const, action: 'create' as const, record: base, marker: MARKER };
    const sent = encode({ ...request, xeroId: null, changed: null, distinctName: false, references });
    if (!sent.ok) throw new Error(sent.code);
    const element = JSON.parse(JSON.stringify(sent.element)) as { LineItems: Record<string, unknown>[] };
    return held('invoices', { ...xeroHolds('Invoices', change(element), RATES), InvoiceID: 'x' });
  }

  it('keeps every line that was not touched, the discount and the adjustment', () => {
    const record = edited((element) => {
      const [first = {}, ...rest] = element.LineItems;
      return { ...element, LineItems: [{ ...first, Description: 'Design, twice' }, ...rest] };
    });
    expect(expressed('invoices', record, base)).toEqual({
      ok: true,
      record: {
        ...base,
        lines: [
          { ...lines[0], description: 'Design, twice', quantity: '2', unitPrice: '10', itemId: null },
          lines[1],
          lines[2],
        ],
      },
    });
  });

  const withLine = (TaxType: string) =>
    edited((element) => {
      const added = { Description: 'Express', Quantity: 1, UnitAmount: 50, TaxType, AccountCode: '200' };
      return { ...element, LineItems: [...element.LineItems, added] };
    });

  it('takes over a line that was added, with what Xero computes', () => {
    const record = withLine('T:VAT|20');
    const { total, tax } = record.derived;
    expect(expressed('invoices', record, base)).toEqual({
      ok: true,
      record: {
        ...base,
        lines: [
          ...lines,
          { description: 'Express', quantity: '1', unitPrice: '50', taxes: [VAT], itemId: null },
        ],
        subtotal: '123.33',
        totalTax: tax,
        total,
      },
    });
    expect([tax, total]).toEqual(['23.20', '140.20']);
  });

  it('puts the discount into the prices where as one of the document it would come to another tax', () => {
    const record = withLine('T:none');
    expect(expressed('invoices', record, base)).toMatchObject({
      record: {
        lines: [{ unitPrice: '9' }, {}, { unitPrice: '9' }, { unitPrice: '50', taxes: [] }],
        discountTotal: '0.00',
        adjustment: '1.00',
        totalTax: base.totalTax,
        total: '130.20',
      },
    });
  });

  it('changes nothing but the field that was edited in its header', () => {
    const record = edited((element) => ({ ...element, Reference: `${MARKER} PO 2`, DueDate: '2026-12-24' }));
    expect(expressed('invoices', record, base)).toEqual({
      ok: true,
      record: { ...base, reference: 'PO 2', dueDate: '2026-12-24' },
    });
  });
});
