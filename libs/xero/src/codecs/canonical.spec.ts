import type { CanonicalRecord, Entity } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import { backOf } from '../testing/back-references.js';
import { someCreditNote, someExpense, someInvoice } from '../testing/documents.js';
import { CITY, perfexAmounts, RATES, TAX_TYPES, VAT } from '../testing/random-documents.js';
import { someReferences } from '../testing/references.js';
import { xeroHolds } from '../testing/xero-holds.js';
import { canonical, CODECS, encode, refersTo } from './index.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

const references = someReferences({
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['7', 'contact-7']])],
    ['vendors', new Map([['8', 'contact-8']])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes: TAX_TYPES,
  purchaseTaxTypes: TAX_TYPES,
  expenseAccounts: new Map([['travel', '493']]),
  bankAccounts: new Map([['bank', 'account-1']]),
});
const back = backOf(references, {
  taxSets: new Map([
    ['T:VAT', [[VAT]]],
    ['T:City', [[CITY]]],
    ['T:VAT|20', [[VAT]]],
    ['T:City|8.25', [[CITY]]],
    ['T:none', [[]]],
  ]),
});

function held(entity: Entity, element: object): XeroRecord {
  const record = CODECS[entity].decode(element);
  if (record === null) throw new Error('none of these');
  return record;
}

function expressed<E extends Entity>(
  entity: E,
  record: XeroRecord,
  base: CanonicalRecord<E> | null = null,
  change: Partial<BackReferences> = {},
) {
  return canonical<E>({ entity, record, base, references: { ...back, ...change } });
}

const line = (change: object) => ({
  Description: 'Hours',
  Quantity: 1,
  UnitAmount: 100,
  LineAmount: 100,
  TaxAmount: 0,
  TaxType: 'NONE',
  AccountCode: '200',
  ...change,
});

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

describe('other records of Xero', () => {
  const spent = (LineItems: object[], change: object = {}) =>
    held('expenses', {
      Type: 'SPEND',
      BankTransactionID: 'x',
      BankAccount: { AccountID: 'account-1' },
      Contact: { ContactID: 'contact-9' },
      Date: '/Date(1763596800000+0000)/',
      Status: 'AUTHORISED',
      CurrencyCode: 'USD',
      LineAmountTypes: 'Inclusive',
      LineItems,
      TotalTax: 0,
      Total: 15,
      ...change,
    });
  const fee = line({ Description: 'Bank fee\nMarch', UnitAmount: 15, LineAmount: 15, AccountCode: '493' });

  it('money spent is an expense without a vendor where the CRM does not know the supplier', () => {
    expect(expressed('expenses', spent([fee]))).toMatchObject({
      record: {
        name: 'Bank fee',
        note: 'March',
        categoryId: 'travel',
        vendorId: null,
        amount: '15',
        modeId: 'bank',
      },
    });
    const crmIds = new Map([['vendors' as const, new Map([['contact-9', 'fallback|Sundry']])]]);
    expect(expressed('expenses', spent([fee]), null, { crmIds })).toMatchObject({
      record: { vendorId: null },
    });
  });

  it('money spent on several things of one account and tax rate is one expense, of several none', () => {
    const both = spent([fee, { ...fee, Description: 'Card fee' }], { Total: 30 });
    expect(expressed('expenses', both)).toMatchObject({ record: { amount: '30', total: '30.00' } });
    expect(expressed('expenses', spent([fee, { ...fee, AccountCode: '400' }]))).toMatchObject({
      code: 'XERO_RECORD_NOT_EXPRESSIBLE',
    });
  });

  it.each<[string, object, object]>([
    ['XERO_BANK_ACCOUNT_NOT_MAPPED', {}, { BankAccount: { AccountID: 'account-2' } }],
    ['XERO_ACCOUNT_NOT_MAPPED', { AccountCode: '777' }, {}],
    ['XERO_TAX_NOT_MAPPED', { TaxType: 'INPUT9' }, {}],
  ])('money spent has no form in the CRM: %s', (code, ofLine, ofDocument) => {
    expect(expressed('expenses', spent([{ ...fee, ...ofLine }], ofDocument))).toMatchObject({
      ok: false,
      code,
    });
  });

  it('an expense keeps its category and mode where several of the CRM go by one account', () => {
    const many = {
      expenseCategories: new Map([['493', ['first', 'travel'].map((id) => ({ id, name: id }))]]),
      paymentModes: new Map([['account-1', ['cash', 'bank']]]),
    };
    const base = someExpense({ name: 'Bank fee', note: 'March', amount: '15', total: '15' });
    expect(expressed('expenses', spent([fee]), base, many)).toMatchObject({
      record: { categoryId: 'travel', modeId: 'bank' },
    });
    expect(expressed('expenses', spent([fee]), null, many)).toMatchObject({
      record: { categoryId: 'first', modeId: 'cash' },
    });
  });

  it('a credit note that is not approved counts nowhere, unless it is the CRM’s own', () => {
    const draft = held('credit-notes', {
      Type: 'ACCRECCREDIT',
      CreditNoteID: 'x',
      Contact: { ContactID: 'contact-7' },
      Date: '2026-11-20T00:00:00',
      Status: 'DRAFT',
      LineAmountTypes: 'Exclusive',
      LineItems: [line({})],
      TotalTax: 0,
      Total: 100,
    });
    expect(expressed('credit-notes', draft)).toMatchObject({ code: 'XERO_RECORD_NOT_EXPRESSIBLE' });
    expect(expressed('credit-notes', draft, someCreditNote())).toMatchObject({ record: { status: 'open' } });
  });

  it('a payment of an invoice that the CRM lacks, or into an account that nothing goes to, has no form there', () => {
    const payment = held('payments', {
      PaymentID: 'p',
      PaymentType: 'ACCRECPAYMENT',
      Invoice: { InvoiceID: 'i' },
      Account: { AccountID: 'account-2' },
      Date: '2026-11-20T00:00:00',
      Amount: 5,
    });
    expect(expressed('payments', payment)).toMatchObject({ code: 'XERO_PARENT_NOT_LINKED' });
    const crmIds = new Map([['invoices' as const, new Map([['i', '5']])]]);
    expect(expressed('payments', payment, null, { crmIds })).toMatchObject({
      code: 'XERO_BANK_ACCOUNT_NOT_MAPPED',
      meta: { accountId: 'account-2' },
    });
    expect(refersTo('payments', payment)).toEqual([{ entity: 'invoices', xeroId: 'i' }]);
  });

  it('an archived contact is not active, and tells into which one it was merged', () => {
    const merged = held('customers', {
      ContactID: 'x',
      Name: 'Acme',
      ContactStatus: 'ARCHIVED',
      MergedToContactID: 'y',
    });
    expect(merged.derived).toMatchObject({ status: 'archived', mergedInto: 'y' });
    expect(expressed('customers', merged)).toMatchObject({ record: { active: false, people: [] } });
  });

  it('a contact that a person renamed has the new name, and else what the CRM holds', () => {
    const base: CanonicalRecord<'customers'> = {
      id: '17',
      name: 'Acme <Ltd>',
      firstName: null,
      lastName: null,
      email: 'no address',
      phone: null,
      taxNumber: null,
      currency: 'USD',
      billingAddress: null,
      streetAddress: null,
      people: [],
      active: true,
    };
    const contact = (Name: string) =>
      held('customers', { ContactID: 'x', Name, ContactStatus: 'ACTIVE', EmailAddress: '' });
    for (const name of ['Acme Ltd', 'Acme Ltd (17)']) {
      expect(expressed('customers', contact(name), base)).toEqual({ ok: true, record: base });
    }
    expect(expressed('customers', contact('Acme Group'), base)).toEqual({
      ok: true,
      record: { ...base, name: 'Acme Group' },
    });
  });

  it('a compound tax rate stands for no set of taxes', () => {
    const TaxComponents = [
      { Name: 'A', Rate: 5, IsCompound: false },
      { Name: 'B', Rate: 5, IsCompound: true },
    ];
    const rate = (components: object[]) =>
      held('taxes', { TaxType: 'TAX001', Name: 'T', TaxComponents: components });
    expect(expressed('taxes', rate(TaxComponents))).toMatchObject({ code: 'XERO_RECORD_NOT_EXPRESSIBLE' });
    expect(expressed('taxes', rate(TaxComponents.slice(0, 1)))).toMatchObject({
      record: { id: 'A|5', components: [{ name: 'A', rate: '5' }] },
    });
  });
});
