import { make, purchaseLine, read, send, spendFor } from '../testing/documents.js';
import {
  type Json,
  line,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Bank transactions', () => {
  let client: SandboxClient;
  let supplier: string;
  beforeEach(async () => {
    client = await openClient();
    supplier = await makeContact(client);
  });
  afterEach(() => client.close());

  const spend = (fields: object = {}) => make(client, 'BankTransactions', spendFor(supplier, fields));
  const put = (fields: object) => send(client, 'PUT', 'BankTransactions', spendFor(supplier, fields));
  const post = (id: string, fields: object) => send(client, 'POST', `BankTransactions/${id}`, fields);
  const euroAccount = async (): Promise<void> => {
    await client.api('PUT', 'Currencies', { body: { Code: 'EUR' } });
    const account = { Name: 'Euros', Code: '095', Type: 'BANK', BankAccountNumber: '7', CurrencyCode: 'EUR' };
    await client.api('PUT', 'Accounts', { body: account });
  };

  it('contain their tax unless they say otherwise', async () => {
    expect(await spend()).toMatchObject({
      LineAmountTypes: 'Inclusive',
      SubTotal: 18.48,
      TotalTax: 1.52,
      Total: 20,
    });
    expect(await spend({ LineAmountTypes: 'Exclusive' })).toMatchObject({ SubTotal: 20, Total: 21.65 });
  });

  it('are in the currency of their bank account', async () => {
    await euroAccount();
    expect(await spend({ BankAccount: { Code: '095' } })).toMatchObject({
      CurrencyCode: 'EUR',
      CurrencyRate: 0.92,
    });
    expect(messagesOf(await put({ CurrencyCode: 'EUR' }))[0]).toMatch(/currency is that of the bank account/);
  });

  it.each([
    [{ Type: 'PAY' }, /Type 'PAY' is not valid/],
    [{ BankAccount: undefined }, /A Bank Account must be specified/],
    [{ BankAccount: { Code: '880' } }, /not a valid bank account/],
    [{ Contact: undefined }, /^The Contact must contain/],
    [{ LineItems: [] }, /One or more line items/],
    [{ LineItems: [purchaseLine({ Quantity: 0 })] }, /Quantity of a line must be greater than zero/],
    [{ LineItems: [purchaseLine({ UnitAmount: 0 })] }, /UnitAmount of a line must not be zero/],
    [{ LineItems: [{ Description: 'Only words' }] }, /Quantity of a line/],
    [{ LineItems: [purchaseLine({ UnitAmount: -5 })] }, /total of a bank transaction must be greater/],
    [{ LineItems: [purchaseLine({ AccountCode: undefined })] }, /Account code or ID/],
    [{ LineItems: [purchaseLine({ AccountCode: '090' })] }, /not a valid code/],
    [{ LineItems: [purchaseLine({ DiscountRate: 5 })] }, /DiscountRate is not supported for bank/],
    [{ LineItems: [purchaseLine({ TaxAmount: 8.25 })] }, /does not match the expected tax amount/],
    [{ Status: 'DRAFT' }, /not valid for a new bank transaction/],
    [{ Url: '/r/1' }, /absolute/],
  ])('refuse %j', async (fields, message) => {
    const answer = await put(fields);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer).join('\n')).toMatch(message);
    expect((await client.api('GET', 'BankTransactions')).json.BankTransactions).toEqual([]);
  });

  it('take a tax of the sender that is the one that Xero computes, and a negative line', async () => {
    const LineItems = [
      purchaseLine({ TaxAmount: 7.62 }),
      purchaseLine({ UnitAmount: -8.25, TaxType: 'NONE' }),
    ];
    expect(messagesOf(await put({ LineItems: [purchaseLine({ TaxAmount: 7.61 })] }))).toHaveLength(1);
    expect(await spend({ LineItems: [purchaseLine({ TaxAmount: 7.62 })] })).toMatchObject({ Total: 100 });
    expect(await spend({ LineItems })).toMatchObject({ Total: 91.75, TotalTax: 7.62 });
  });

  it('refuse a tax that the class of the account does not take', async () => {
    const { tenantId } = await client.control('POST', 'tenants', {
      name: 'Kiwi Co',
      baseCurrency: 'NZD',
      version: 'NZ',
    });
    const { access_token: token } = await client.control('POST', 'authorize', { tenantIds: [tenantId] });
    const element = spendFor(supplier, {
      Contact: { Name: 'Stationer' },
      LineItems: [purchaseLine({ TaxType: 'OUTPUT2' })],
    });
    const body = { BankTransactions: [element] };
    const answer = await client.api('PUT', 'BankTransactions', { body, tenantId, token });
    expect(messagesOf(answer)).toEqual([
      "The TaxType code 'OUTPUT2' cannot be used with account code '400'.",
    ]);
  });

  it('are changed by their id alone: the same sent twice is two', async () => {
    const { BankTransactionID: id } = await spend({ Reference: 'crm:1' });
    await send(client, 'POST', 'BankTransactions', spendFor(supplier, { Reference: 'crm:1' }));
    await post(id, { Reference: 'crm:2', LineItems: [purchaseLine({ UnitAmount: 30 })] });
    const find = async (query: string): Promise<Json[]> =>
      (await client.api('GET', `BankTransactions?page=1&${query}`)).json.BankTransactions;
    expect((await find('References=crm:1')).map((one) => one.Total)).toEqual([20]);
    expect((await find('where=Reference=="crm:2"')).map((one) => one.Total)).toEqual([30]);
    expect(await find('where=Type=="SPEND"')).toHaveLength(2);
    expect(await find('where=Type=="RECEIVE"')).toHaveLength(0);
  });

  it('are deleted by their status, stay in lists, and take nothing then', async () => {
    const { BankTransactionID: id, UpdatedDateUTC: before } = await spend();
    await post(id, { Status: 'DELETED' });
    const [listed] = (await client.api('GET', 'BankTransactions?page=1')).json.BankTransactions;
    expect(listed.Status).toBe('DELETED');
    expect(listed.UpdatedDateUTC > before).toBe(true);
    expect(messagesOf(await post(id, { Reference: 'x' }))).toEqual([
      'Deleted bank transactions cannot be updated',
    ]);
  });

  it('take no change once they are reconciled, nor within a locked period', async () => {
    const { BankTransactionID: id } = await spend({ IsReconciled: true });
    expect(messagesOf(await post(id, { Status: 'DELETED' }))[0]).toMatch(/reconciled with a Bank Statement/);
    const fields = { periodLockDate: '2026-11-20' };
    await client.control('POST', 'act', { entity: 'organisation', action: 'set', fields });
    expect(messagesOf(await put({}))[0]).toMatch(/period lock date/);
  });

  it('of an own contact make it neither customer nor supplier, and make one by its name', async () => {
    const { Contact } = await spend({ Contact: { Name: 'Corner shop' } });
    const contact = await read(client, `Contacts/${Contact.ContactID}`);
    expect([contact.Name, contact.IsSupplier, contact.IsCustomer]).toEqual(['Corner shop', false, false]);
  });

  describe('that are advances', () => {
    const receive = (kind: string, fields: object = {}) =>
      spend({ Type: `RECEIVE-${kind}`, LineItems: [{ Description: 'Too much', UnitAmount: 50 }], ...fields });

    it('become an overpayment, which is set off against an invoice and paid back', async () => {
      const { OverpaymentID: id } = await receive('OVERPAYMENT', { Reference: 'crm:9' });
      const invoice = await make(client, 'Invoices', {
        Type: 'ACCREC',
        Status: 'AUTHORISED',
        Contact: { ContactID: supplier },
        DueDate: '2026-12-01',
        LineItems: [line()],
      });
      const Allocations = [{ Invoice: { InvoiceID: invoice.InvoiceID }, Amount: 30 }];
      await client.api('PUT', `Overpayments/${id}/Allocations`, { body: { Allocations } });
      const refund = { Overpayment: { OverpaymentID: id }, Account: { Code: '090' }, Amount: 20 };
      expect((await make(client, 'Payments', refund)).PaymentType).toBe('AROVERPAYMENTPAYMENT');
      expect(await read(client, `Overpayments/${id}`)).toMatchObject({
        Type: 'RECEIVE-OVERPAYMENT',
        Status: 'PAID',
        RemainingCredit: 0,
        Allocations: [{ Amount: 30 }],
      });
      expect(await read(client, `Invoices/${invoice.InvoiceID}`)).toMatchObject({
        AmountDue: 78.25,
        AmountCredited: 30,
        Overpayments: [{ OverpaymentID: id, AppliedAmount: 30 }],
      });
    });

    it('become a prepayment with an account, and cannot be updated', async () => {
      const made = await receive('PREPAYMENT', { LineItems: [line({ UnitAmount: 50 })] });
      const listed = (await client.api('GET', 'Prepayments?page=1')).json.Prepayments;
      expect(listed).toMatchObject([{ PrepaymentID: made.PrepaymentID, RemainingCredit: 50 }]);
      expect((await client.api('GET', 'Overpayments?page=1')).json.Overpayments).toEqual([]);
      expect(messagesOf(await post(made.BankTransactionID, { Reference: 'x' }))).toEqual([
        'Overpayments and prepayments cannot be updated',
      ]);
    });

    it('refuse an overpayment with an account or with two lines', async () => {
      const type = { Type: 'RECEIVE-OVERPAYMENT' };
      expect(messagesOf(await put({ ...type, LineItems: [line()] }))[0]).toMatch(/must not have an account/);
      const LineItems = [1, 2].map((UnitAmount) => ({ Description: 'x', UnitAmount }));
      expect(messagesOf(await put({ ...type, LineItems }))[0]).toMatch(/exactly one line/);
    });
  });
});
