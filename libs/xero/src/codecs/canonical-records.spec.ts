import type { CanonicalRecord } from '@sync/domain';
import { someCreditNote, someExpense } from '../testing/documents.js';
import { expressed, held, lineInXero as line } from '../testing/expressed.js';
import { refersTo } from './index.js';

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
