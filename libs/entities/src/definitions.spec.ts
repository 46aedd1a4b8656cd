import {
  canonicalHash,
  type Customer,
  ENTITIES,
  type Entity,
  type Invoice,
  type Item,
  type Payment,
  taxSetKey,
} from '@sync/domain';
import { NO_KEYS, type PostingFacts } from '@sync/engine';
import fc from 'fast-check';
import { definitions, itemCode } from './index.js';

const { taxes, customers, items, invoices, payments } = definitions;

const FACTS: PostingFacts = {
  baseCurrency: 'USD',
  currencies: ['USD', 'EUR'],
  lockDate: '2026-03-31',
  toXero: ENTITIES,
};
const nowhere = () => null;

const customer: Customer = {
  id: '1',
  name: 'Acme',
  firstName: 'Ann',
  lastName: 'Bell',
  email: 'ann@acme.example',
  phone: '1',
  taxNumber: 'GB1',
  currency: null,
  billingAddress: null,
  streetAddress: null,
  people: [],
  active: true,
};
const item: Item = { id: '5', code: 'A1', name: 'Chair', description: null, unitPrice: '1.00', taxes: [] };
const invoice: Invoice = {
  id: '7',
  number: 'INV-7',
  reference: null,
  customerId: '1',
  date: '2026-05-04',
  dueDate: null,
  currency: 'USD',
  status: 'open',
  lines: [
    { description: 'Work', quantity: '1', unitPrice: '100.00', taxes: [], itemId: '5' },
    {
      description: 'More',
      quantity: '1',
      unitPrice: '1.00',
      taxes: [
        { name: 'VAT', rate: '20' },
        { name: 'City', rate: '5' },
      ],
      itemId: '5',
    },
  ],
  discountTiming: 'before-tax',
  discountTotal: '0',
  adjustment: '0',
  subtotal: '101.00',
  totalTax: '0.25',
  total: '101.25',
  paid: '0',
  sent: false,
  credited: '0',
};
const payment: Payment = {
  id: '9',
  invoiceId: '7',
  date: '2026-05-10',
  amount: '50.00',
  currency: 'USD',
  modeId: '1',
  reference: null,
};
describe('taxes', () => {
  it('are read from their own key, so that a combination that exists on lines only can be made', () => {
    const component = fc.record({
      name: fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() === name && name !== ''),
      rate: fc.integer({ min: 0, max: 1_000_000 }).map((n) => String(n / 10_000)),
    });
    fc.assert(
      fc.property(fc.array(component, { minLength: 1, maxLength: 3 }), (components) => {
        const key = taxSetKey(components);
        const record = taxes.derive(key);
        expect(record).not.toBeNull();
        if (record) expect(taxes.keys(record, nowhere).number).toBe(key);
      }),
    );
  });

  it.each(['4', '', 'none', 'VAT', 'VAT|', '%E0%A4%A|20'])(
    'are asked of the CRM where "%s" is no key',
    (id) => {
      expect(taxes.derive(id)).toBeNull();
    },
  );

  it.each([
    ['100', null],
    ['0', null],
    ['7.1234', null],
    ['7.12345', 'TAX_RATE_INVALID'],
    ['100.5', 'TAX_RATE_INVALID'],
    ['-5', 'TAX_RATE_INVALID'],
  ])('of %s %% are told apart before Xero refuses them', (rate, code) => {
    const problem = taxes.check({ id: 'x', components: [{ name: 'VAT', rate }] }, FACTS);
    expect(problem?.code ?? null).toBe(code);
  });
});

describe('customers', () => {
  it.each([null, '', '  '])('need a name: "%s" is none', (name) => {
    expect(customers.check({ ...customer, name }, FACTS)?.code).toBe('CUSTOMER_NAME_MISSING');
  });

  it('do not change by being switched off', () => {
    const off = { ...customer, active: false };
    expect(canonicalHash(customers.owned(off))).toBe(canonicalHash(customers.owned(customer)));
    expect(customers.exclusion(off)).toBeNull();
  });

  it('are known by tax number, e-mail and name, never by a number', () => {
    expect(customers.keys(customer, nowhere)).toEqual({
      ...NO_KEYS,
      name: 'Acme',
      email: 'ann@acme.example',
      taxNumber: 'GB1',
    });
    expect(customers.identity).toMatchObject({ number: 'nothing', person: true });
  });
});

describe('items', () => {
  it('get a code from their id where they have none', () => {
    expect(itemCode(item)).toBe('A1');
    expect(itemCode({ ...item, code: null })).toBe('ITEM-5');
    expect(items.keys({ ...item, code: null }, nowhere).number).toBe('ITEM-5');
  });

  it('are refused here for a code that Xero would refuse', () => {
    expect(items.check({ ...item, code: 'x'.repeat(30) }, FACTS)).toBeNull();
    expect(items.check({ ...item, code: 'x'.repeat(31) }, FACTS)).toEqual({
      code: 'ITEM_CODE_TOO_LONG',
      meta: { code: 'x'.repeat(31), length: 31 },
    });
    expect(items.check({ ...item, name: ' ' }, FACTS)?.code).toBe('ITEM_NAME_MISSING');
  });

  it('wait for their taxes', () => {
    expect(items.parents(item)).toEqual([]);
    expect(items.parents({ ...item, taxes: [{ name: 'VAT', rate: '20' }] })).toEqual([
      { entity: 'taxes', crmId: 'VAT|20', required: true },
    ]);
  });
});

describe('invoices', () => {
  it('need their customer and their taxes, and use their items where they are', () => {
    expect(invoices.parents(invoice)).toEqual([
      { entity: 'customers', crmId: '1', required: true },
      { entity: 'taxes', crmId: 'City|5+VAT|20', required: true },
      { entity: 'items', crmId: '5', required: false },
    ]);
  });

  it('do not change by being paid, credited or cancelled, which is derived, nor by being sent', () => {
    const later: Invoice = { ...invoice, paid: '10.00', credited: '1.00', status: 'cancelled', sent: true };
    expect(canonicalHash(invoices.owned(later))).toBe(canonicalHash(invoices.owned(invoice)));
  });

  it.each<[keyof Invoice, Partial<Invoice>]>([
    ['number', { number: 'INV-8' }],
    ['date', { date: '2026-05-05' }],
    ['dueDate', { dueDate: '2026-07-01' }],
    ['currency', { currency: 'EUR' }],
    ['customerId', { customerId: '2' }],
    ['lines', { lines: [] }],
    ['discountTotal', { discountTotal: '1' }],
    ['adjustment', { adjustment: '-1' }],
    ['total', { total: '1.00' }],
  ])('change by their %s', (_field, change) => {
    expect(canonicalHash(invoices.owned({ ...invoice, ...change }))).not.toBe(
      canonicalHash(invoices.owned(invoice)),
    );
  });

  it.each([
    ['draft', 'draft'],
    ['cancelled', 'cancelled'],
    ['open', null],
  ] as const)('that are %s are excluded as: %s', (status, reason) => {
    expect(invoices.exclusion({ ...invoice, status })).toBe(reason);
  });

  it.each<[string | null, Partial<Invoice>]>([
    ['INVOICE_WITHOUT_LINES', { lines: [] }],
    ['INVOICE_TOTAL_NEGATIVE', { total: '-0.01' }],
    ['CURRENCY_NOT_ENABLED', { currency: 'GBP' }],
    ['DATE_LOCKED', { date: '2026-03-31' }],
    [null, { date: '2026-04-01', currency: 'EUR', total: '0' }],
  ])('come to %s before a call is spent', (code, change) => {
    expect(invoices.check({ ...invoice, ...change }, FACTS)?.code ?? null).toBe(code);
  });

  it.each<[string, Entity[]]>([
    ['credit notes do not flow', ['invoices', 'credit-applications']],
    ['their applications do not', ['invoices', 'credit-notes']],
  ])('say that credits are not in Xero where %s, and go through', (_case, toXero) => {
    const credited = { ...invoice, credited: '5' };
    expect(invoices.warnings(credited, { ...FACTS, toXero })).toEqual([
      { code: 'INVOICE_HAS_CREDITS', meta: { credited: '5.00 USD' } },
    ]);
    expect(invoices.warnings(invoice, { ...FACTS, toXero })).toEqual([]);
    expect(invoices.warnings(credited, FACTS)).toEqual([]);
  });

  it('are compared by customer, currency, date and total to the cent', () => {
    const xeroIdOf = (entity: Entity, id: string) => `${entity} ${id}`;
    expect(invoices.keys({ ...invoice, total: '101.250' }, xeroIdOf)).toEqual({
      ...NO_KEYS,
      number: 'INV-7',
      parentXeroId: 'customers 1',
      currency: 'USD',
      date: '2026-05-04',
      total: '101.25',
    });
  });
});

describe('payments', () => {
  it('go with their invoice: excluded if it is', () => {
    expect(payments.parents(payment)).toEqual([{ entity: 'invoices', crmId: '7', required: true }]);
    expect(payments.whenParentExcluded).toBe('exclude');
  });

  it('are never edited, since Xero does not let anybody', () => {
    expect(payments.editForbidden).toBe('PAYMENT_CHANGED');
  });

  it.each<[string | null, Partial<Payment>]>([
    ['RECORD_INVALID', { amount: '0' }],
    ['RECORD_INVALID', { amount: '-1.00' }],
    ['DATE_LOCKED', { date: '2026-03-31' }],
    [null, { date: '2026-04-01', amount: '0.01' }],
  ])('come to %s before a call is spent', (code, change) => {
    expect(payments.check({ ...payment, ...change }, FACTS)?.code ?? null).toBe(code);
  });
});
