import { billFor, make, purchaseLine, read, send } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  line,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Bills', () => {
  let client: SandboxClient;
  let supplier: string;
  beforeEach(async () => {
    client = await openClient();
    supplier = await makeContact(client);
  });
  afterEach(() => client.close());

  const bill = (fields: object = {}) => make(client, 'Invoices', billFor(supplier, fields));
  const put = (fields: object) => send(client, 'PUT', 'Invoices', billFor(supplier, fields));

  it('share the endpoint of invoices, and make their contact a supplier', async () => {
    const made = await bill({ InvoiceNumber: 'S-7', PlannedPaymentDate: '2026-12-01' });
    expect(made).toMatchObject({
      Type: 'ACCPAY',
      Total: 108.25,
      PlannedPaymentDateString: expect.anything(),
    });
    expect(made).not.toHaveProperty('BrandingThemeID');
    const contact = await read(client, `Contacts/${supplier}`);
    expect([contact.IsSupplier, contact.IsCustomer]).toEqual([true, false]);
    expect(contact.Balances.AccountsPayable.Outstanding).toBe(108.25);
  });

  it('have numbers that are not unique and not made up, beside an invoice with the same number', async () => {
    await bill({ InvoiceNumber: 'S-7' });
    const invoice = await make(client, 'Invoices', invoiceFor(supplier, { InvoiceNumber: 'S-7' }));
    await bill({ InvoiceNumber: 'S-7' });
    expect((await bill()).InvoiceNumber).toBe('');
    expect((await read(client, 'Invoices/S-7')).InvoiceID).toBe(invoice.InvoiceID);
  });

  it('are made anew by a POST without an id, where an invoice of that number would be edited', async () => {
    const first = await bill({ InvoiceNumber: 'S-7' });
    const again = await send(client, 'POST', 'Invoices', billFor(supplier, { InvoiceNumber: 'S-7' }));
    expect(again.json.Invoices[0].InvoiceID).not.toBe(first.InvoiceID);
  });

  it('have no reference of their own: a sent one is ignored', async () => {
    expect((await bill({ Reference: 'crm:1' })).Reference).toBe('');
  });

  it.each([
    [{ LineItems: [purchaseLine({ DiscountRate: 10 })] }, /DiscountRate is not supported for ACCPAY/],
    [{ LineItems: [purchaseLine({ DiscountAmount: 1 })] }, /DiscountAmount is not supported for ACCPAY/],
    [{ DueDate: undefined }, /Due Date/],
    [{ Type: 'ACCTHEM' }, /must be ACCREC or ACCPAY/],
  ])('refuse %j', async (fields, message) => {
    expect(messagesOf(await put(fields))[0]).toMatch(message);
  });

  it('take what a line leaves open from the purchase side of its item', async () => {
    const item = {
      Code: 'DESK',
      Description: 'To sell',
      PurchaseDescription: 'To buy',
      SalesDetails: { UnitPrice: 90, AccountCode: '200' },
      PurchaseDetails: { UnitPrice: 60, AccountCode: '300' },
    };
    await client.api('PUT', 'Items', { body: { Items: [item] } });
    const { LineItems } = await bill({ LineItems: [{ ItemCode: 'DESK', Quantity: 1 }] });
    expect(LineItems[0]).toMatchObject({ Description: 'To buy', UnitAmount: 60, AccountCode: '300' });
  });

  it('are paid like invoices, by payments of their own type', async () => {
    const { InvoiceID } = await bill();
    const payment = await make(client, 'Payments', {
      Invoice: { InvoiceID },
      Account: { Code: '090' },
      Amount: 108.25,
    });
    expect(payment.PaymentType).toBe('ACCPAYPAYMENT');
    expect(await read(client, `Invoices/${InvoiceID}`)).toMatchObject({ Status: 'PAID', AmountDue: 0 });
    const found = await client.api('GET', 'Payments?page=1&where=PaymentType=="ACCPAYPAYMENT"');
    expect(found.json.Payments.map((one: Json) => one.Invoice.Type)).toEqual(['ACCPAY']);
  });

  it('need a right of their own to be approved', async () => {
    const name = 'CreateApprovedBill';
    await client.control('POST', 'act', { entity: 'organisation', action: 'deny', fields: { name } });
    expect((await bill()).Status).toBe('DRAFT');
    expect((await make(client, 'Invoices', invoiceFor(supplier))).Status).toBe('AUTHORISED');
  });

  it('are told apart in lists by their type, and never change it', async () => {
    const { InvoiceID } = await bill();
    await make(client, 'Invoices', invoiceFor(supplier));
    const { json } = await client.api('GET', 'Invoices?page=1&where=Type=="ACCPAY"');
    expect(json.Invoices.map((one: Json) => one.InvoiceID)).toEqual([InvoiceID]);
    const change = { Type: 'ACCREC', LineItems: [line()] };
    expect(messagesOf(await send(client, 'POST', `Invoices/${InvoiceID}`, change))).toEqual([
      'The Type of an invoice cannot be changed',
    ]);
  });
});
