import type { Expense } from '@sync/domain';
import type { EncodeRequest } from '@sync/engine';
import { someExpense } from '../../testing/documents.js';
import { expressed, held, references } from '../../testing/expressed.js';
import { VAT } from '../../testing/random-documents.js';
import { encode } from '../index.js';

const MARKER = '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f';
const PUBLIC = { ...references, publicUrl: 'https://sync.example.com' };

const element = (change: Partial<Expense> = {}, request: Partial<EncodeRequest<'bills'>> = {}) => {
  const result = encode<'bills'>({
    entity: 'bills',
    action: 'create',
    record: someExpense(change),
    marker: MARKER,
    xeroId: null,
    changed: null,
    distinctName: false,
    references: PUBLIC,
    ...request,
  });
  if (!result.ok) throw new Error(result.code);
  return result.element;
};

const bill = (change: object = {}) => ({
  Type: 'ACCPAY',
  InvoiceID: 'b-1',
  InvoiceNumber: 'R-1',
  Url: `https://sync.example.com/r/${MARKER}`,
  Contact: { ContactID: 'contact-8' },
  Date: '/Date(1795132800000+0000)/',
  DueDate: '/Date(1795132800000+0000)/',
  Status: 'PAID',
  CurrencyCode: 'USD',
  LineAmountTypes: 'Exclusive',
  LineItems: [
    {
      Description: 'Train',
      Quantity: 1,
      UnitAmount: 10,
      LineAmount: 10,
      TaxAmount: 0,
      TaxType: 'T:none',
      AccountCode: '493',
    },
  ],
  TotalTax: 0,
  Total: 10,
  AmountDue: 0,
  AmountPaid: 10,
  ...change,
});

describe('a bill', () => {
  it('says what an expense says, and is due on its day', () => {
    expect(element({ reference: 'R-1', taxes: [VAT], total: '12' })).toMatchObject({
      Type: 'ACCPAY',
      InvoiceNumber: 'R-1',
      Contact: { ContactID: 'contact-8' },
      Date: '2026-11-20',
      DueDate: '2026-11-20',
      CurrencyCode: 'USD',
      Status: 'AUTHORISED',
      Url: `https://sync.example.com/r/${MARKER}`,
      LineItems: [{ UnitAmount: 10, AccountCode: '493' }],
    });
  });

  it('has no number where the receipt has none, and only what Xero takes of another', () => {
    expect(element()).not.toHaveProperty('InvoiceNumber', expect.anything());
    expect(element({ reference: 'Nº 7' })).toMatchObject({ InvoiceNumber: 'N? 7' });
  });

  it('bears its marker in the number where there is no address for it', () => {
    const sent = element({ reference: 'R-1' }, { references: { ...PUBLIC, publicUrl: null } });
    expect(sent).toMatchObject({ InvoiceNumber: `${MARKER} R-1` });
    const { InvoiceNumber } = sent as { InvoiceNumber: string };
    expect(held('bills', bill({ InvoiceNumber, Url: null }))).toMatchObject({
      keys: { marker: MARKER },
      owned: { reference: 'R-1' },
    });
  });

  it('is sent with nothing but its number or supplier where nothing else changed: it may be paid', () => {
    const update = { action: 'update', xeroId: 'b-1' } as const;
    const numbered = element({ reference: 'R-2' }, { ...update, changed: ['reference'] });
    expect(numbered).toEqual({ InvoiceID: 'b-1', InvoiceNumber: 'R-2' });
    const supplied = element({}, { ...update, changed: ['vendorId'] });
    expect(supplied).toEqual({ InvoiceID: 'b-1', Contact: { ContactID: 'contact-8' } });
    expect(element({}, { ...update, changed: ['amount'] })).not.toHaveProperty('Contact');
  });

  it('is read back as the expense that it was, paid as the CRM says', () => {
    const expense = someExpense({ reference: 'R-1' });
    const record = held('bills', bill());
    expect(record).toMatchObject({
      keys: { marker: MARKER, parentXeroId: 'contact-8', total: '10.00', number: null },
      derived: { status: 'paid', paid: '10.00', due: '0.00' },
    });
    expect(expressed('bills', record, expense)).toEqual({ ok: true, record: expense });
    const dearer = bill({
      Total: 11,
      LineItems: [{ ...bill().LineItems[0], UnitAmount: 11, LineAmount: 11 }],
    });
    expect(expressed('bills', held('bills', dearer), expense)).toMatchObject({
      record: { amount: '11', total: '11.00', modeId: 'bank' },
    });
  });

  it('is no sales invoice, and a sales invoice is no bill', () => {
    expect(() => held('invoices', bill())).toThrow('none of these');
    expect(() => held('bills', bill({ Type: 'ACCREC' }))).toThrow('none of these');
  });
});

describe('the payment of a bill', () => {
  const paid = (change: object = {}) =>
    held('bill-payments', {
      PaymentID: 'p-1',
      PaymentType: 'ACCPAYPAYMENT',
      Status: 'AUTHORISED',
      Date: '/Date(1795132800000+0000)/',
      Amount: 10,
      Reference: MARKER,
      Account: { AccountID: 'account-1' },
      Invoice: { InvoiceID: 'b-1', CurrencyCode: 'USD' },
      ...change,
    });

  it('pays all of it, from the bank account of the payment mode', () => {
    const parents = new Map([...references.parents, ['bills' as const, new Map([['1', 'b-1']])]]);
    const result = encode<'bill-payments'>({
      entity: 'bill-payments',
      action: 'create',
      record: someExpense({ reference: 'R-1', total: '12.34' }),
      marker: MARKER,
      xeroId: null,
      changed: null,
      distinctName: false,
      references: { ...references, parents },
    });
    expect(result).toMatchObject({
      element: {
        Invoice: { InvoiceID: 'b-1' },
        Account: { AccountID: 'account-1' },
        Date: '2026-11-20',
        Amount: 12.34,
        Reference: `${MARKER} R-1`,
      },
    });
  });

  it('is read back as what it says of the expense', () => {
    const expense = someExpense();
    expect(expressed('bill-payments', paid(), expense)).toEqual({ ok: true, record: expense });
    expect(expressed('bill-payments', paid({ Amount: 9 }), expense)).toMatchObject({
      record: { total: '9.00' },
    });
    expect(expressed('bill-payments', paid())).toMatchObject({ code: 'XERO_RECORD_NOT_EXPRESSIBLE' });
  });

  it('is told from receipts of sales', () => {
    expect(() => paid({ PaymentType: 'ACCRECPAYMENT' })).toThrow('none of these');
  });
});
