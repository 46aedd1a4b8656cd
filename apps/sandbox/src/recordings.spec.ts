import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeLine, totalsOf } from './rules/amounts.js';
import {
  type Answer,
  invoiceFor,
  type Json,
  line,
  makeContact,
  openClient,
  type SandboxClient,
} from './testing/sandbox-client.js';
import { billFor, make, orderFor, purchaseLine, send, spendFor } from './testing/documents.js';
import { differences, shapeOf } from './testing/shape.js';

const folder = join(process.env.XERO_FACTS_DIR ?? join(__dirname, '../../../../shared/xero'), 'recordings');
const recorded = existsSync(folder);
const withRecordings = recorded ? describe : describe.skip;
if (!recorded) console.warn(`Skipped: there are no recordings of Xero in ${folder}.`);

interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly body?: Json };
  readonly response: Json;
}

const recordingsOf = (file: string): Recording[] => JSON.parse(readFileSync(join(folder, file), 'utf8'));

// Documented since 16 Jul 2026, later than the recordings.
const newer = new Set(['UpdatedDateUTCString']);

withRecordings('The stand-in answers with the fields and types that Xero was recorded with', () => {
  let client: SandboxClient;

  beforeAll(async () => {
    client = await openClient();
    await fill(client);
  });
  afterAll(() => client.close());

  const elementsOf = (file: string, name: string): Json[] =>
    recordingsOf(file).flatMap(({ response }) => response[name]);

  const compare = (answer: Answer, file: string, name: string): void => {
    expect(answer.status).toBe(200);
    expect(answer.json[name].length).toBeGreaterThan(0);
    expect(differences(shapeOf(elementsOf(file, name)), shapeOf(answer.json[name]), newer)).toEqual([]);
    const envelopes = recordingsOf(file).map(({ response }) => ({ ...response, [name]: [] }));
    expect(differences(shapeOf(envelopes), shapeOf([{ ...answer.json, [name]: [] }]), newer)).toEqual([]);
  };

  it.each([
    ['accounts.json', 'Accounts', 'Accounts'],
    ['list-accounts.json', 'Accounts?page=1&pageSize=100', 'Accounts'],
    ['contacts.json', 'Contacts?includeArchived=false&order=UpdatedDateUTC ASC&page=1', 'Contacts'],
    ['list-contacts.json', 'Contacts', 'Contacts'],
    ['invoices.json', 'Invoices?page=1&pageSize=100', 'Invoices'],
    ['list-invoices.json', 'Invoices', 'Invoices'],
    ['items.json', 'Items', 'Items'],
    ['list-items.json', 'Items', 'Items'],
    ['payments.json', 'Payments?page=1&pageSize=100', 'Payments'],
    ['list-payments.json', 'Payments', 'Payments'],
    ['bank-transactions.json', 'BankTransactions?page=1&pageSize=100', 'BankTransactions'],
    ['purchase-orders.json', 'PurchaseOrders?page=1', 'PurchaseOrders'],
    ['list-purchase-orders.json', 'PurchaseOrders', 'PurchaseOrders'],
    ['organisations.json', 'Organisation', 'Organisations'],
  ])('%s: GET %s', async (file, path, name) => {
    compare(await client.api('GET', path), file, name);
  });

  it.each([
    ['create-account.json', 'Accounts'],
    ['create-contact.json', 'Contacts'],
    ['create-item.json', 'Items'],
  ])('%s: the recorded request itself, sent again', async (file, name) => {
    const [recording] = recordingsOf(file);
    compare(await client.api('PUT', name, { body: recording?.request.body }), file, name);
  });

  it.each([
    ['create-bank-transaction.json', 'BankTransactions'],
    ['create-purchase-order.json', 'PurchaseOrders'],
  ])('%s: the recorded request for a contact of ours', async (file, name) => {
    const body = recordingsOf(file)[0]?.request.body;
    body[name][0].Contact.ContactID = await makeContact(client);
    compare(await client.api('PUT', name, { body }), file, name);
  });

  it('create-invoice.json: the recorded request for a contact of ours', async () => {
    const body = recordingsOf('create-invoice.json')[0]?.request.body;
    body.Invoices[0].Contact.ContactID = await makeContact(client);
    compare(await client.api('PUT', 'Invoices', { body }), 'create-invoice.json', 'Invoices');
  });

  it('create-payment.json: a payment that is older than its invoice, on an invoice like the recorded one', async () => {
    const tracked = line({ ItemCode: 'TRAIN', Tracking: [{ Name: 'Region', Option: 'North' }] });
    const fields = {
      Reference: 'P/O 1',
      LineAmountTypes: 'Inclusive',
      SentToContact: true,
      LineItems: [tracked],
    };
    const invoice = await client.api('PUT', 'Invoices', {
      body: { Invoices: [invoiceFor(await makeContact(client), fields)] },
    });
    const body = recordingsOf('create-payment.json')[0]?.request.body;
    const accounts = await client.api('GET', 'Accounts?where=Type=="BANK"');
    body.Payments[0].Invoice.InvoiceID = invoice.json.Invoices[0].InvoiceID;
    body.Payments[0].Account.AccountID = accounts.json.Accounts[0].AccountID;
    compare(await client.api('PUT', 'Payments', { body }), 'create-payment.json', 'Payments');
  });

  it('list-tenants.json: connections', async () => {
    const answer = await client.raw('GET', '/connections', {
      headers: { authorization: `Bearer ${client.token}` },
    });
    const [recording] = recordingsOf('list-tenants.json');
    expect(differences(shapeOf(recording?.response), shapeOf(answer.json), newer)).toEqual([]);
  });

  it('covers every recording', () => {
    const known = readFileSync(__filename, 'utf8');
    expect(readdirSync(folder).filter((file) => !known.includes(file))).toEqual([]);
  });
});

withRecordings('Tax and totals are computed as in every recorded document', () => {
  const documents = (): Json[] =>
    [
      ['invoices.json', 'Invoices'],
      ['create-invoice.json', 'Invoices'],
      ['bank-transactions.json', 'BankTransactions'],
      ['create-bank-transaction.json', 'BankTransactions'],
      ['purchase-orders.json', 'PurchaseOrders'],
    ]
      .flatMap(([file = '', name = '']) => recordingsOf(file).flatMap(({ response }) => response[name]))
      .filter(({ LineItems }) => LineItems.length > 0);

  // Rates are multiples of an eighth or a twentieth of a percent; the one that fits every line of its type is it.
  const rateOf = (taxType: string): string | undefined => {
    const lines = documents().flatMap((one) =>
      one.LineItems.map((each: Json) => ({ ...each, mode: one.LineAmountTypes })),
    );
    const own = lines.filter(({ TaxType }) => (TaxType ?? 'none') === taxType);
    return Array.from({ length: 1200 }, (_, step) => String(step / 40)).find((taxRate) =>
      own.every(({ LineAmount, TaxAmount, mode }) => {
        const parts = { quantity: '1', unitAmount: String(LineAmount), taxRate };
        return Number(computeLine(parts, mode).taxAmount) === TaxAmount;
      }),
    );
  };

  it('finds the one rate of each tax type that explains all of its lines', () => {
    expect({ OUTPUT: rateOf('OUTPUT'), TAX001: rateOf('TAX001'), NONE: rateOf('NONE') }).toEqual({
      OUTPUT: '8.25',
      TAX001: '8.75',
      NONE: '0',
    });
  });

  it('equals line amount, line tax, subtotal, tax and total of each document', () => {
    const rates = new Map<string, string>();
    for (const document of documents()) {
      const lines = document.LineItems.map((each: Json) => {
        const taxType: string = each.TaxType ?? 'none';
        const taxRate = rates.get(taxType) ?? rateOf(taxType) ?? 'no rate fits';
        rates.set(taxType, taxRate);
        const discountRate = each.DiscountRate === undefined ? null : String(each.DiscountRate);
        const amounts = { quantity: String(each.Quantity), unitAmount: String(each.UnitAmount) };
        const parts = { ...amounts, discountRate, taxRate };
        const computed = computeLine(parts, document.LineAmountTypes);
        expect([Number(computed.lineAmount), Number(computed.taxAmount)]).toEqual([
          each.LineAmount,
          each.TaxAmount,
        ]);
        return computed;
      });
      const { subTotal, totalTax, total } = totalsOf(lines, document.LineAmountTypes);
      expect([subTotal, totalTax, total].map(Number)).toEqual([
        document.SubTotal,
        document.TotalTax,
        document.Total,
      ]);
    }
  });
});

/** Puts records like those of the recorded organisation into the sandbox. */
async function fill(client: SandboxClient): Promise<void> {
  await client.control('POST', 'act', {
    entity: 'organisation',
    action: 'set',
    fields: { periodLockDate: '2008-09-30' },
  });
  const item = {
    Code: 'TRAIN',
    Name: 'Half day of training',
    Description: 'Training on site',
    PurchaseDescription: 'Training',
    SalesDetails: { UnitPrice: 19.95, AccountCode: '200', TaxType: 'OUTPUT' },
    PurchaseDetails: { UnitPrice: 12, TaxType: 'INPUT' },
  };
  await client.api('PUT', 'Items', { body: { Items: [item, { Code: 'PLAIN', Name: 'Plain' }] } });
  const contact = await makeContact(client, {
    ContactNumber: 'crm-1',
    FirstName: 'Ada',
    EmailAddress: 'ada@harbour.example',
    TaxNumber: '90 98',
    Addresses: [
      { AddressType: 'POBOX', AddressLine1: '1 Quay', AddressLine2: '', AddressLine3: '', AddressLine4: '' },
    ],
    Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '555 0101' }],
  });
  await makeContact(client);
  const invoices = [
    invoiceFor(contact, {
      InvoiceNumber: 'R-1',
      LineItems: [line({ ItemCode: 'TRAIN', UnitAmount: 19.95 })],
    }),
    invoiceFor(contact, { LineAmountTypes: 'Inclusive', Reference: 'Workshop', SentToContact: true }),
    {
      ...invoiceFor(contact),
      Status: 'DRAFT',
      DueDate: undefined,
      LineItems: [{ Description: 'Open', Quantity: 1, UnitAmount: 100 }],
    },
  ];
  await client.api('PUT', 'Invoices', { body: { Invoices: invoices } });
  const payment = {
    Invoice: { InvoiceNumber: 'R-1' },
    Account: { Code: '090' },
    Date: '2026-11-20',
    Amount: 21.6,
    Reference: 'card',
  };
  await client.api('PUT', 'Payments', { body: { Payments: [payment] } });
  await fillPurchases(client, contact);
}

/** Bills, what was paid on them, money spent, and orders. */
async function fillPurchases(client: SandboxClient, contact: string): Promise<void> {
  const bill = await make(client, 'Invoices', billFor(contact, { InvoiceNumber: 'RENT' }));
  await make(client, 'BatchPayments', {
    Account: { Code: '090' },
    Payments: [{ Invoice: { InvoiceID: bill.InvoiceID }, Amount: 50 }],
  });
  await make(client, 'BankTransactions', spendFor(contact, { Reference: 'Fee' }));
  const spent = await make(client, 'BankTransactions', spendFor(contact));
  await send(client, 'POST', `BankTransactions/${spent.BankTransactionID}`, { Status: 'DELETED' });
  const details = {
    Reference: 'GBW-1',
    DeliveryDate: '2026-12-01',
    ExpectedArrivalDate: '2026-12-02',
    DeliveryAddress: '1 Quay',
    AttentionTo: 'Stores',
    Telephone: '555 0102',
    DeliveryInstructions: 'Ring twice',
    Status: 'AUTHORISED',
    LineItems: [purchaseLine({ ItemCode: 'TRAIN', DiscountRate: 10 })],
  };
  const supplier = await makeContact(client, { FirstName: 'Tom', LastName: 'Reed' });
  await make(client, 'PurchaseOrders', orderFor(supplier, details));
  await make(client, 'PurchaseOrders', orderFor(supplier, { Reference: 'GBW-2' }));
}
