import {
  type CanonicalRecord,
  type DocumentLine,
  type Entity,
  money,
  type PurchaseOrderLine,
} from '@sync/domain';
import type { EncodeRequest, EncodeResult, References } from '@sync/engine';
import fc from 'fast-check';
import { someCreditNote, someExpense, someOrder } from '../testing/documents.js';
import {
  anyExpenseMoney,
  anyLine,
  anyMoney,
  anyOrderMoney,
  perfexAmounts,
  plainLine,
  RATES,
  TAX_TYPES,
  VAT,
} from '../testing/random-documents.js';
import { someReferences } from '../testing/references.js';
import { linesOf, totalsOf, xeroHolds } from '../testing/xero-holds.js';
import { encode } from './index.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';

const references = someReferences({
  parents: new Map([
    ['customers', new Map([['7', 'contact-7']])],
    ['vendors', new Map([['8', 'contact-8']])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes: TAX_TYPES,
  purchaseTaxTypes: TAX_TYPES,
  expenseAccounts: new Map([['travel', '493']]),
  bankAccounts: new Map([['bank', 'account-1']]),
});

function encoded<E extends Entity>(
  entity: E,
  record: CanonicalRecord<E>,
  change: Partial<EncodeRequest<E>> = {},
): EncodeResult {
  return encode<E>({
    entity,
    action: 'create',
    record,
    marker: MARKER,
    xeroId: null,
    changed: null,
    distinctName: false,
    references,
    ...change,
  });
}

function sent<E extends Entity>(entity: E, record: CanonicalRecord<E>) {
  const result = encoded(entity, record);
  if (!result.ok) throw new Error(`parked with ${result.code} ${JSON.stringify(result.meta)}`);
  return linesOf(result.element);
}

function line(quantity: string, unitPrice: string, taxes: DocumentLine['taxes'] = []): DocumentLine {
  return { description: 'Consulting', quantity, unitPrice, taxes, itemId: null };
}

const MONEY_CODES = ['INVOICE_DOES_NOT_ADD_UP', 'INVOICE_TAX_DOES_NOT_ADD_UP', 'INVOICE_TOTAL_NEGATIVE'];

/** Counts what went through, else a property would hold of an encoder that parks everything. */
function holds(
  resource: string,
  record: { total: string; totalTax?: string },
  result: EncodeResult,
): boolean {
  if (!result.ok) {
    expect(MONEY_CODES).toContain(result.code);
    return false;
  }
  const totals = totalsOf(xeroHolds(resource, result.element, RATES));
  expect(totals.total).toBe(money(record.total));
  if (record.totalTax !== undefined) expect(totals.tax).toBe(money(record.totalTax));
  expect(result.expected).toMatchObject(totals);
  expect(result.adjusted.roundingCents).toBeLessThanOrEqual(5);
  return true;
}

describe('the money of a credit note', () => {
  it("adds up in Xero to the CRM's total and tax, or parks, for any credit note", () => {
    let posted = 0;
    fc.assert(
      fc.property(anyMoney(anyLine, { off: 7 }), (amounts) => {
        const record = someCreditNote(amounts);
        if (holds('CreditNotes', record, encoded('credit-notes', record))) posted += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(posted).toBeGreaterThan(1_000);
  });

  it('puts a discount beside the lines, one negative line a tax set, since Xero has none on them', () => {
    const lines = [line('2', '50', [VAT]), line('1', '20')];
    const priced = { lines, discountTiming: 'before-tax' as const, discountTotal: '12', adjustment: '0' };
    const record = someCreditNote({ ...priced, ...perfexAmounts(priced) });
    expect(record).toMatchObject({ totalTax: '18.00', total: '126.00' });
    expect(sent('credit-notes', record)).toMatchObject([
      { Quantity: 2, UnitAmount: 50 },
      { Quantity: 1, UnitAmount: 20 },
      { Description: 'Discount', UnitAmount: -10, TaxType: 'T:VAT|20' },
      { Description: 'Discount', UnitAmount: -2, TaxType: 'T:none' },
    ]);
  });

  it('goes to the customer as a sales credit, marked in its reference', () => {
    const record = someCreditNote({
      lines: [line('1', '10')],
      subtotal: '10',
      total: '10',
      reference: 'RMA 7',
    });
    expect(encoded('credit-notes', record)).toMatchObject({
      element: {
        Type: 'ACCRECCREDIT',
        CreditNoteNumber: 'CN-000001',
        Contact: { ContactID: 'contact-7' },
        Reference: `${MARKER} RMA 7`,
        Status: 'AUTHORISED',
      },
      expected: { status: 'approved', total: '10.00', tax: '0.00' },
    });
    const header = encoded('credit-notes', record, { action: 'update', xeroId: 'x', changed: ['reference'] });
    expect(header.ok && header.element).toEqual({ CreditNoteID: 'x', Reference: `${MARKER} RMA 7` });
  });
});

describe('the money of a purchase order', () => {
  it('adds up in Xero to its own total and tax whether discounts lower the tax or not', () => {
    fc.assert(
      fc.property(anyOrderMoney(plainLine), (amounts) => {
        const record = someOrder(amounts);
        expect(holds('PurchaseOrders', record, encoded('purchase-orders', record))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('adds up or parks with odd quantities and negative prices', () => {
    let posted = 0;
    fc.assert(
      fc.property(anyOrderMoney(anyLine), (amounts) => {
        const record = someOrder(amounts);
        if (holds('PurchaseOrders', record, encoded('purchase-orders', record))) posted += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(posted).toBeGreaterThan(500);
  });

  const ordered = (quantity: string, unitPrice: string, discount: string): PurchaseOrderLine => ({
    ...line(quantity, unitPrice, [VAT]),
    discount,
  });

  it.each([
    ['in percent, where that is exact', ordered('3', '10', '3'), { UnitAmount: 10, DiscountRate: 10 }],
    ['in percent of two decimals', ordered('3', '10', '1'), { UnitAmount: 10, DiscountRate: 3.33 }],
    [
      'by its price, where no percent is exact',
      ordered('8', '1000', '0.08'),
      { Quantity: 8, UnitAmount: 999.99 },
    ],
    ['as one piece, where no price is', ordered('1000', '10', '0.03'), { Quantity: 1, UnitAmount: 9999.97 }],
    ['not at all', ordered('3', '10', '0'), { Quantity: 3, UnitAmount: 10 }],
  ])('takes the discount of a line %s', (_, one, expected) => {
    const net = Number(one.quantity) * Number(one.unitPrice) - Number(one.discount);
    const record = someOrder({
      lines: [one],
      subtotal: net.toFixed(2),
      totalTax: (net * 0.2).toFixed(2),
      total: (net * 1.2).toFixed(2),
    });
    expect(sent('purchase-orders', record)[0]).toMatchObject(expected);
  });

  it('shows the shipping fee and the discount of the order as lines', () => {
    const record = someOrder({
      lines: [ordered('1', '100', '0')],
      discountTotal: '10',
      shippingFee: '7.50',
      subtotal: '100',
      totalTax: '18',
      total: '115.50',
    });
    expect(sent('purchase-orders', record).slice(1)).toMatchObject([
      { Description: 'Discount', UnitAmount: -10, TaxType: 'T:VAT|20', AccountCode: '400' },
      { Description: 'Shipping fee', UnitAmount: 7.5, TaxType: 'T:none', AccountCode: '400' },
    ]);
  });

  it('is approved in Xero where it is in the CRM, and a draft where it is not', () => {
    const record = someOrder({
      lines: [ordered('1', '10', '0')],
      subtotal: '10',
      totalTax: '2',
      total: '12',
    });
    expect(encoded('purchase-orders', record)).toMatchObject({
      element: { Status: 'AUTHORISED', Contact: { ContactID: 'contact-8' }, Reference: MARKER },
      expected: { status: 'approved' },
    });
    expect(encoded('purchase-orders', { ...record, status: 'open' })).toMatchObject({
      element: { Status: 'DRAFT' },
      expected: { status: 'draft' },
    });
    const approved = encoded('purchase-orders', record, {
      action: 'update',
      xeroId: 'x',
      changed: ['status'],
    });
    expect(approved).toMatchObject({ element: { Status: 'AUTHORISED' } });
    const later = encoded('purchase-orders', record, {
      action: 'update',
      xeroId: 'x',
      changed: ['deliveryDate'],
    });
    expect(later.ok && later.element).toEqual({ PurchaseOrderID: 'x', DeliveryDate: '2026-12-01' });
  });

  it('goes without an account where none is chosen for expenses', () => {
    const record = someOrder({
      lines: [line('1', '10')].map((one) => ({ ...one, discount: '0' })),
      total: '10',
    });
    const accounts = { ...references.accounts, expenses: null };
    const result = encoded('purchase-orders', record, { references: { ...references, accounts } });
    expect(result.ok && linesOf(result.element)[0]?.AccountCode).toBeUndefined();
  });
});

describe('the money of an expense', () => {
  it('comes to its total in Xero, which refuses a tax of ours', () => {
    let rounded = 0;
    fc.assert(
      fc.property(anyExpenseMoney, (amounts) => {
        const record = someExpense(amounts);
        const result = encoded('expenses', record);
        expect(holds('BankTransactions', record, result)).toBe(true);
        if (result.ok && result.adjusted.roundingCents > 0) rounded += 1;
      }),
      { numRuns: 2_000 },
    );
    // Sets of several taxes are rounded tax by tax in the CRM.
    expect(rounded).toBeGreaterThan(50);
  });

  it('puts the cent between taxes that were rounded one by one and one rate into a rounding line', () => {
    // 0.77 at 20 % and 2.5 % and 8.25 %: 0.15 + 0.02 + 0.06 = 0.23; at 30.75 %: 0.24.
    const taxes = [VAT, { name: 'Levy', rate: '2.5' }, { name: 'City', rate: '8.25' }];
    expect(sent('expenses', someExpense({ amount: '0.77', taxes, total: '1.00' }))).toMatchObject([
      { Quantity: 1, UnitAmount: 0.77, AccountCode: '493' },
      { Description: 'Rounding', UnitAmount: -0.01, TaxType: 'T:none', AccountCode: '860' },
    ]);
  });

  it('is money spent from the account of its payment mode, marked in reference and link', () => {
    const publicUrl = 'https://sync.example.com';
    const record = someExpense({ reference: 'R-1', note: 'two people' });
    expect(encoded('expenses', record, { references: { ...references, publicUrl } })).toMatchObject({
      element: {
        Type: 'SPEND',
        Contact: { ContactID: 'contact-8' },
        BankAccount: { AccountID: 'account-1' },
        Reference: `${MARKER} R-1`,
        Url: `${publicUrl}/r/${MARKER}`,
        LineItems: [{ Description: 'Train\ntwo people' }],
      },
    });
  });

  it('says everything in an update but a supplier that did not change', () => {
    const result = encoded('expenses', someExpense(), {
      action: 'update',
      xeroId: 'x',
      changed: ['reference'],
    });
    const keys = result.ok ? Object.keys(result.element as object) : [];
    expect(keys).toEqual(expect.arrayContaining(['BankTransactionID', 'Type', 'BankAccount', 'LineItems']));
    expect(keys).not.toContain('Contact');
  });

  it.each<[string, Partial<CanonicalRecord<'expenses'>>, Partial<References>]>([
    ['PAYMENT_MODE_NOT_MAPPED', { modeId: null }, {}],
    [
      'EXPENSE_CATEGORY_NOT_MAPPED',
      { categoryId: 'x' },
      { accounts: { ...references.accounts, expenses: null } },
    ],
    ['PARENT_NOT_SYNCED', { vendorId: '9' }, {}],
    ['TAX_NOT_MAPPED', { taxes: [{ name: 'New', rate: '0' }] }, {}],
    ['BANK_ACCOUNT_CURRENCY_DIFFERS', { currency: 'EUR' }, {}],
    ['BANK_ACCOUNT_CURRENCY_DIFFERS', {}, { accountCurrencies: new Map([['account-1', 'EUR']]) }],
    ['INVOICE_TOTAL_NEGATIVE', { amount: '0', total: '0' }, {}],
  ])('parks with %s', (code, change, settings) => {
    const result = encoded('expenses', someExpense(change), { references: { ...references, ...settings } });
    expect(result).toMatchObject({ ok: false, code });
  });

  it('goes to the account of all expenses where its category has none', () => {
    expect(sent('expenses', someExpense({ categoryId: 'x' }))[0]).toMatchObject({ AccountCode: '400' });
  });
});
