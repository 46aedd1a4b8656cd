import {
  invoiceFor,
  type Json,
  line,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Invoices', () => {
  let client: SandboxClient;
  let contact: string;
  beforeEach(async () => {
    client = await openClient();
    contact = await makeContact(client);
  });
  afterEach(() => client.close());

  const put = (fields: object = {}, query = '') =>
    client.api('PUT', `Invoices${query}`, { body: { Invoices: [invoiceFor(contact, fields)] } });
  const made = async (fields: object = {}): Promise<Json> => (await put(fields)).json.Invoices[0];
  const post = (id: string, fields: object, query = '') =>
    client.api('POST', `Invoices/${id}${query}`, { body: { Invoices: [fields] } });
  const pay = (id: string, amount: number) =>
    client.api('PUT', 'Payments', {
      body: {
        Payments: [
          { Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-11-20', Amount: amount },
        ],
      },
    });
  const act = (entity: string, action: string, fields: object = {}, id?: string) =>
    client.control('POST', 'act', { entity, action, fields, ...(id !== undefined && { id }) });

  it('numbers what comes without a number, and skips numbers that are taken', async () => {
    await put({ InvoiceNumber: 'INV-0001' });
    expect((await made()).InvoiceNumber).toBe('INV-0002');
  });

  it('takes a number once; a deleted invoice gives its number free, a voided one does not', async () => {
    const draft = await made({ InvoiceNumber: 'A', Status: 'DRAFT' });
    expect(messagesOf(await put({ InvoiceNumber: 'A' }))).toEqual(['Invoice # must be unique.']);
    await post(draft.InvoiceID, { Status: 'DELETED' });
    const second = await put({ InvoiceNumber: 'A' });
    expect(second.status).toBe(200);
    await post(second.json.Invoices[0].InvoiceID, { Status: 'VOIDED' });
    expect((await put({ InvoiceNumber: 'A' })).status).toBe(400);
    await act('organisation', 'set', { reuseVoidedNumbers: true });
    expect((await put({ InvoiceNumber: 'A' })).status).toBe(200);
  });

  it('edits the invoice that bears the number of a POST without an id: the trap', async () => {
    const first = await made({ InvoiceNumber: 'A', Reference: 'one' });
    const answer = await client.api('POST', 'Invoices', {
      body: { Invoices: [invoiceFor(contact, { InvoiceNumber: 'A', Reference: 'two' })] },
    });
    expect(answer.json.Invoices[0]).toMatchObject({ InvoiceID: first.InvoiceID, Reference: 'two' });
  });

  it('cuts unit prices to two digits unless four are asked for, on writing and on reading', async () => {
    const fields = { LineItems: [line({ Quantity: 1000, UnitAmount: 0.1255 })] };
    expect((await made(fields)).SubTotal).toBe(130);
    const exact = (await put(fields, '?unitdp=4')).json.Invoices[0];
    expect(exact.SubTotal).toBe(125.5);
    const read = async (query: string) =>
      (await client.api('GET', `Invoices/${exact.InvoiceID}${query}`)).json.Invoices[0];
    expect((await read('')).LineItems[0].UnitAmount).toBe(0.13);
    expect((await read('?unitdp=4')).LineItems[0].UnitAmount).toBe(0.1255);
  });

  it('takes a tax that was sent, lines that only describe, and a LineAmount in place of a factor', async () => {
    const lines = [
      line({ TaxAmount: 8.24 }),
      { Description: 'Thank you' },
      line({ Quantity: 4, UnitAmount: undefined, LineAmount: 10 }),
    ];
    const invoice = await made({ LineItems: lines });
    expect(invoice).toMatchObject({ SubTotal: 110, TotalTax: 9.07, Total: 119.07 });
    expect(invoice.LineItems[2].UnitAmount).toBe(2.5);
    expect(invoice.LineItems[1]).toMatchObject({ Description: 'Thank you', LineAmount: 0 });
  });

  it('fills a line from its item and its account', async () => {
    const item = {
      Code: 'HOUR',
      Name: 'Hour',
      Description: 'An hour',
      SalesDetails: { UnitPrice: 80, AccountCode: '200' },
    };
    await client.api('PUT', 'Items', { body: { Items: [item] } });
    const invoice = await made({ LineItems: [{ ItemCode: 'HOUR', Quantity: 2 }] });
    expect(invoice.LineItems[0]).toMatchObject({
      Description: 'An hour',
      UnitAmount: 80,
      AccountCode: '200',
      TaxType: 'OUTPUT',
    });
  });

  it.each([
    [{ LineItems: [] }, /One or more line items/],
    [{ DueDate: undefined }, /Due Date/],
    [{ LineItems: [line({ AccountCode: undefined })] }, /Account code or ID must be specified/],
    [
      { LineItems: [line({ AccountCode: '999' })] },
      /^Account code '999' is not a valid code for this document\.$/,
    ],
    [{ LineItems: [line({ AccountCode: '610' })] }, /^Account code '610' is not a valid code/],
    [{ LineItems: [line({ AccountCode: '090' })] }, /^Account code '090' is not a valid code/],
    [{ LineItems: [line({ TaxType: 'TAX404' })] }, /TaxType code 'TAX404'/],
    [
      { LineItems: [line({ TaxType: 'GSTONIMPORTS' })] },
      /^The TaxType code 'GSTONIMPORTS' cannot be used with account code '200'\.$/,
    ],
    [{ LineItems: [line({ ItemCode: 'NONE' })] }, /Item code 'NONE' is not valid/],
    [{ LineItems: [line({ Description: '' })] }, /description/],
    [
      { LineItems: [line({ LineAmount: 99 })] },
      /line total 99.00 does not match the expected line total 100.00/,
    ],
    [{ LineItems: [line({ UnitAmount: -1 })] }, /greater than or equal to zero/],
    [{ CurrencyCode: 'EUR' }, /^Organisation is not subscribed to currency EUR$/],
    [{ Url: 'https://crm.example/xero/1' }, /xero/],
    [{ Url: '/r/1' }, /absolute/],
    [{ Contact: undefined }, /^The Contact must contain at least 1 of the following/],
    [{ InvoiceNumber: 'x'.repeat(256) }, /255/],
    [{ Status: 'PAID' }, /not valid for a new invoice/],
  ])('refuses %j', async (fields, message) => {
    const answer = await put(fields);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer).join('\n')).toMatch(message);
    expect(answer.json.Elements[0].InvoiceID).toBe('00000000-0000-0000-0000-000000000000');
    expect((await client.api('GET', 'Invoices')).json.Invoices).toEqual([]);
  });

  it('takes foreign money once the currency is enabled, at the day rate unless one is sent', async () => {
    await act('currency', 'enable', {}, 'EUR');
    expect((await made({ CurrencyCode: 'EUR' })).CurrencyRate).toBe(0.92);
    expect((await made({ CurrencyCode: 'EUR', CurrencyRate: 0.5 })).CurrencyRate).toBe(0.5);
  });

  it('refuses accounts that were archived and documents of archived contacts', async () => {
    await act('account', 'archive', {}, '200');
    expect(messagesOf(await put())).toEqual(["Account code '200' has been archived, or deleted."]);
    await act('account', 'restore', {}, '200');
    await act('contact', 'archive', {}, contact);
    expect(messagesOf(await put())[0]).toMatch(/un-archived before creating new invoices/);
  });

  it('refuses to approve, edit or void within a locked period', async () => {
    const invoice = await made();
    await act('organisation', 'set', { periodLockDate: '2026-11-30' });
    const locked = 'The document date cannot be before the period lock date, currently set at 30-Nov-2026';
    expect(messagesOf(await put())).toEqual([locked]);
    expect(messagesOf(await post(invoice.InvoiceID, { Reference: 'x' }))).toEqual([locked]);
    expect(messagesOf(await post(invoice.InvoiceID, { Status: 'VOIDED' }))).toEqual([locked]);
    expect((await put({ Status: 'DRAFT' })).status).toBe(200);
    await act('organisation', 'set', { periodLockDate: null, endOfYearLockDate: '2026-11-20' });
    expect(messagesOf(await put())[0]).toMatch(/end of year lock date, currently set at 20-Nov-2026/);
  });

  it('gives back a draft where approval was asked for and the right to approve is gone', async () => {
    await act('organisation', 'deny', { name: 'CreateApprovedInvoice' });
    const actions = (await client.api('GET', 'Organisation/Actions')).json.Actions;
    expect(actions).toContainEqual({ Name: 'CreateApprovedInvoice', Status: 'NOT-ALLOWED' });
    const draft = await made();
    expect(draft.Status).toBe('DRAFT');
    expect((await post(draft.InvoiceID, { Status: 'AUTHORISED' })).json.Invoices[0].Status).toBe('DRAFT');
    await act('organisation', 'allow', { name: 'CreateApprovedInvoice' });
    expect((await post(draft.InvoiceID, { Status: 'AUTHORISED' })).json.Invoices[0].Status).toBe(
      'AUTHORISED',
    );
  });

  it('keeps lines that are sent with their ids, replaces the others, drops what is not listed', async () => {
    const invoice = await made({ LineItems: [line({ TaxAmount: 8 }), line({ Description: 'Second' })] });
    const kept = invoice.LineItems[0].LineItemID;
    const lines = [{ LineItemID: kept, Description: 'New words' }, line({ Description: 'Third' })];
    const after = (await post(invoice.InvoiceID, { LineItems: lines })).json.Invoices[0];
    expect(after.LineItems.map((one: Json) => one.Description)).toEqual(['New words', 'Third']);
    expect(after.LineItems[0]).toMatchObject({ LineItemID: kept, UnitAmount: 100, TaxAmount: 8 });
    expect(after.LineItems[1].LineItemID).not.toBe(invoice.LineItems[1].LineItemID);
  });

  it('lets only texts, accounts and the due date of a paid document change', async () => {
    const invoice = await made();
    await pay(invoice.InvoiceID, 8.25);
    const [{ LineItemID: id }] = invoice.LineItems;
    const allowed = {
      Reference: 'new',
      DueDate: '2027-01-31',
      LineItems: [{ LineItemID: id, Description: 'Words', AccountCode: '260' }],
    };
    expect((await post(invoice.InvoiceID, allowed)).status).toBe(200);
    const edited = 'This document cannot be edited as it has a payment or credit note allocated to it.';
    expect(
      messagesOf(await post(invoice.InvoiceID, { LineItems: [{ LineItemID: id, UnitAmount: 99 }] })),
    ).toEqual([edited]);
    expect(messagesOf(await post(invoice.InvoiceID, { Date: '2026-11-19' }))).toEqual([edited]);
    expect(messagesOf(await post(invoice.InvoiceID, { LineItems: [line()] }))).toContain(
      'To update fields on a paid invoice line item, you must supply a LineItemID',
    );
    expect(messagesOf(await post(invoice.InvoiceID, { Status: 'VOIDED' }))).toEqual([
      'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
    ]);
  });

  it('does not move the update time of a partly paid invoice for its due date', async () => {
    const invoice = await made();
    await pay(invoice.InvoiceID, 8.25);
    const before = (await client.api('GET', `Invoices/${invoice.InvoiceID}`)).json.Invoices[0];
    const after = (await post(invoice.InvoiceID, { DueDate: '2027-02-28' })).json.Invoices[0];
    expect(after).toMatchObject({
      DueDateString: '2027-02-28T00:00:00',
      UpdatedDateUTC: before.UpdatedDateUTC,
    });
  });

  it('ends in VOIDED or DELETED, which take no further change and stay in lists', async () => {
    const [voided, deleted] = [await made(), await made({ Status: 'DRAFT' })];
    await post(voided.InvoiceID, { Status: 'VOIDED' });
    await post(deleted.InvoiceID, { Status: 'DELETED' });
    for (const { InvoiceID: id } of [voided, deleted]) {
      expect(messagesOf(await post(id, { Reference: 'x' }))).toEqual([
        'Invoice not of valid status for modification',
      ]);
    }
    const list = (await client.api('GET', 'Invoices?Statuses=VOIDED,DELETED')).json.Invoices;
    expect(list.map((one: Json) => one.Status).sort()).toEqual(['DELETED', 'VOIDED']);
  });

  it('edits the contact when more than its id is sent inside an invoice', async () => {
    await put({ Contact: { ContactID: contact, Name: 'Renamed by an invoice' } });
    expect((await client.api('GET', `Contacts/${contact}`)).json.Contacts[0].Name).toBe(
      'Renamed by an invoice',
    );
  });

  it('saves with a warning when a draft is said to be sent', async () => {
    const [element] = (await put({ Status: 'DRAFT', SentToContact: true }, '?summarizeErrors=false')).json
      .Invoices;
    expect(element).toMatchObject({ StatusAttributeString: 'WARNING', SentToContact: false });
    expect(element.Warnings[0].Message).toMatch(/SentToContact/);
  });

  describe('in batches', () => {
    const batch = (query: string) =>
      client.api('PUT', `Invoices${query}`, {
        body: {
          Invoices: [
            invoiceFor(contact, { InvoiceNumber: 'A' }),
            invoiceFor(contact, { InvoiceNumber: 'A' }),
            invoiceFor(contact, { InvoiceNumber: 'B' }),
          ],
        },
      });

    it('saves nothing when one element is bad and errors are summarised, which is the default', async () => {
      const answer = await batch('');
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ ErrorNumber: 10, Message: 'A validation exception occurred' });
      expect(answer.json.Elements).toHaveLength(1);
      expect((await client.api('GET', 'Invoices')).json.Invoices).toEqual([]);
    });

    it('saves the good ones, in order and each with its result, when they are not', async () => {
      const answer = await batch('?summarizeErrors=false');
      expect(answer.status).toBe(200);
      expect(
        answer.json.Invoices.map((one: Json) => [
          one.InvoiceNumber,
          one.StatusAttributeString,
          one.HasErrors,
        ]),
      ).toEqual([
        ['A', 'OK', false],
        ['A', 'ERROR', true],
        ['B', 'OK', false],
      ]);
      expect(answer.json.Invoices[1].InvoiceID).toBe('00000000-0000-0000-0000-000000000000');
      expect((await client.api('GET', 'Invoices')).json.Invoices).toHaveLength(2);
    });

    it('leaves nothing behind of an element that was refused halfway', async () => {
      const bad = { ...invoiceFor(contact), Contact: { Name: 'Made on the way' }, DueDate: undefined };
      await client.api('PUT', 'Invoices?summarizeErrors=false', { body: { Invoices: [bad] } });
      expect((await client.api('GET', 'Contacts?where=Name=="Made on the way"')).json.Contacts).toEqual([]);
    });
  });

  it.each([
    ['{"Invoices":[{"Type":"ACCREC","LineItems":[{"Quantity":"many"}]}]}'],
    ['{"Invoices":'],
    ['{}'],
    ['{"Invoices":[]}'],
  ])('answers PostDataInvalidException to %s', async (body) => {
    const headers = { authorization: `Bearer ${client.token}`, 'xero-tenant-id': client.tenantId };
    const answer = await client.raw('PUT', '/api.xro/2.0/Invoices', { body, headers });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ Type: 'PostDataInvalidException' });
  });
});
