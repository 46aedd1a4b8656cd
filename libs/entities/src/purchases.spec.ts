import { canonicalHash, type Expense, type PurchaseOrder } from '@sync/domain';
import type { PostingFacts } from '@sync/engine';
import { definitions } from './index.js';

const { vendors, expenses, 'purchase-orders': orders } = definitions;

const FACTS: PostingFacts = { baseCurrency: 'USD', currencies: ['USD'], lockDate: '2026-03-31', toXero: [] };
const VAT = { name: 'VAT', rate: '20' };

const expense: Expense = {
  id: '2',
  name: 'Train to Leeds',
  note: null,
  reference: null,
  categoryId: '4',
  categoryName: 'Travel',
  vendorId: null,
  date: '2026-05-04',
  currency: 'USD',
  amount: '50.00',
  taxes: [VAT],
  total: '60.00',
  modeId: null,
};
const order: PurchaseOrder = {
  id: '8',
  number: '#PO-00008',
  reference: null,
  vendorId: '5',
  date: '2026-03-04',
  deliveryDate: null,
  currency: 'USD',
  status: 'open',
  lines: [
    { description: 'Steel', quantity: '2', unitPrice: '9.00', discount: '0', taxes: [VAT], itemId: '3' },
    { description: 'Screws', quantity: '1', unitPrice: '1.00', discount: '0', taxes: [], itemId: null },
  ],
  discountTotal: '0',
  shippingFee: '0',
  subtotal: '19.00',
  totalTax: '3.60',
  total: '22.60',
};
const complete = (change: Partial<Expense> = {}, fallbackSupplier = 'Sundry suppliers') =>
  expenses.withDefaults?.({ ...expense, ...change }, { fallbackSupplier }) ?? expense;

describe('vendors', () => {
  it('that stand in for one that nobody knows are made of their id, without asking the CRM', () => {
    expect(vendors.derive('fallback|Sundry suppliers')).toMatchObject({
      id: 'fallback|Sundry suppliers',
      name: 'Sundry suppliers',
      taxNumber: null,
    });
    expect(vendors.derive('7')).toBeNull();
    expect(vendors.derive('fallback|')).toBeNull();
  });

  it('are recognised as people are', () => {
    expect(vendors.identity).toEqual(definitions.customers.identity);
  });
});

describe('expenses', () => {
  it('of which the CRM knows no vendor go to the supplier of the settings', () => {
    expect(expenses.parents(complete())).toContainEqual({
      entity: 'vendors',
      crmId: 'fallback|Sundry suppliers',
      required: true,
    });
    expect(expenses.parents(complete({ vendorId: '5' }))).toContainEqual({
      entity: 'vendors',
      crmId: '5',
      required: true,
    });
  });

  it('do not change when another supplier is chosen for those without one', () => {
    const hash = (record: Expense) => canonicalHash(expenses.owned(record));
    expect(hash(complete({}, 'Nobody in particular'))).toBe(hash(complete()));
    expect(hash(complete())).toBe(hash(expense));
    expect(hash(complete({ vendorId: '5' }))).not.toBe(hash(expense));
    expect(hash(complete({ modeId: '1' }))).not.toBe(hash(expense));
  });

  it('need an account for their category, a bank account, and a rate for what is bought', () => {
    expect(expenses.needs(complete())).toEqual([
      { kind: 'expense-category', key: '4', label: 'Travel' },
      { kind: 'payment-mode', key: 'none', label: 'none' },
      { kind: 'purchase-tax', key: 'VAT|20', label: 'VAT 20%' },
      { kind: 'account', key: 'rounding', label: 'rounding differences' },
    ]);
    expect(expenses.needs(complete({ taxes: [], modeId: 'stripe' }))).toEqual(
      expect.arrayContaining([
        { kind: 'payment-mode', key: 'stripe', label: 'stripe' },
        { kind: 'purchase-tax', key: 'none', label: 'No tax' },
      ]),
    );
  });

  it('use the rate of what is sold where it is, and do not need it', () => {
    expect(expenses.parents(expense)).toEqual([{ entity: 'taxes', crmId: 'VAT|20', required: false }]);
  });

  it('that a bookkeeper entered by hand are known by supplier, day, currency and total', () => {
    expect(expenses.identity).toMatchObject({ number: 'nothing', facts: true });
    const inXero = (entity: string, crmId: string) => `${entity} ${crmId}`;
    expect(expenses.keys({ ...expense, vendorId: '5' }, inXero)).toMatchObject({
      parentXeroId: 'vendors 5',
      date: '2026-05-04',
      currency: 'USD',
      total: '60.00',
    });
  });

  it.each<[string, Partial<Expense>]>([
    ['Train to Leeds', {}],
    ['R-17', { name: null, reference: 'R-17' }],
    ['Travel 2', { name: null }],
  ])('are called "%s"', (label, change) => {
    expect(expenses.label({ ...expense, ...change })).toBe(label);
  });

  it.each<[string | null, Partial<Expense>]>([
    ['RECORD_INVALID', { amount: '0' }],
    ['RECORD_INVALID', { amount: '-1.00' }],
    ['CURRENCY_NOT_ENABLED', { currency: 'GBP' }],
    ['DATE_LOCKED', { date: '2026-03-31' }],
    [null, {}],
  ])('come to %s before a call is spent', (code, change) => {
    expect(expenses.check({ ...expense, ...change }, FACTS)?.code ?? null).toBe(code);
  });
});

describe('purchase orders', () => {
  it('need their vendor; each tax is looked for once', () => {
    expect(orders.parents(order)).toEqual([
      { entity: 'vendors', crmId: '5', required: true },
      { entity: 'taxes', crmId: 'VAT|20', required: false },
      { entity: 'items', crmId: '3', required: false },
    ]);
    const twice = { ...order, lines: [...order.lines, ...order.lines] };
    expect(orders.needs(twice).map(({ key }) => key)).toEqual(['VAT|20', 'none', 'rounding']);
  });

  it('change by being approved', () => {
    const approved: PurchaseOrder = { ...order, status: 'approved' };
    expect(canonicalHash(orders.owned(approved))).not.toBe(canonicalHash(orders.owned(order)));
  });

  it.each([
    ['open', null],
    ['approved', null],
    ['rejected', 'cancelled'],
    ['cancelled', 'cancelled'],
  ] as const)('that are %s are excluded as: %s', (status, reason) => {
    expect(orders.exclusion({ ...order, status })).toBe(reason);
  });

  it.each<[string | null, Partial<PurchaseOrder>]>([
    ['INVOICE_WITHOUT_LINES', { lines: [] }],
    ['INVOICE_TOTAL_NEGATIVE', { total: '-1.00' }],
    ['CURRENCY_NOT_ENABLED', { currency: 'GBP' }],
  ])('come to %s before a call is spent', (code, change) => {
    expect(orders.check({ ...order, ...change }, FACTS)?.code).toBe(code);
  });

  it('move no money, so that a locked period does not bear on them', () => {
    expect(orders.check(order, FACTS)).toBeNull();
  });
});
