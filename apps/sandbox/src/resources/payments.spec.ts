import {
  invoiceFor,
  type Json,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Payments', () => {
  let client: SandboxClient;
  let invoiceId: string;
  beforeEach(async () => {
    client = await openClient();
    invoiceId = (await make()).InvoiceID;
  });
  afterEach(() => client.close());

  async function make(fields: object = {}): Promise<Json> {
    const body = { Invoices: [invoiceFor(await makeContact(client), fields)] };
    return (await client.api('PUT', 'Invoices', { body })).json.Invoices[0];
  }
  const payment = (Amount: number, fields: object = {}) => ({
    Invoice: { InvoiceID: invoiceId },
    Account: { Code: '090' },
    Date: '2026-11-20',
    Amount,
    ...fields,
  });
  const pay = (Amount: number, fields: object = {}) =>
    client.api('PUT', 'Payments', { body: { Payments: [payment(Amount, fields)] } });
  const remove = (id: string, fields: object = {}) =>
    client.api('POST', `Payments/${id}`, { body: { Status: 'DELETED', ...fields } });
  const invoice = async (): Promise<Json> =>
    (await client.api('GET', `Invoices/${invoiceId}`)).json.Invoices[0];

  it('lower what is due, at the same instant on both records, and pay the invoice in full', async () => {
    const first = (await pay(58.25)).json.Payments[0];
    expect(await invoice()).toMatchObject({
      AmountPaid: 58.25,
      AmountDue: 50,
      Status: 'AUTHORISED',
      UpdatedDateUTC: first.UpdatedDateUTC,
    });
    await pay(50, { Date: '2026-11-25' });
    expect(await invoice()).toMatchObject({
      AmountDue: 0,
      Status: 'PAID',
      FullyPaidOnDate: `/Date(${Date.UTC(2026, 10, 25)}+0000)/`,
    });
  });

  it('restore the invoice when they are deleted, and stay listed as DELETED with a newer time', async () => {
    const { PaymentID: id, UpdatedDateUTC: before } = (await pay(108.25)).json.Payments[0];
    const deleted = await remove(id);
    expect(deleted.json.Payments[0]).toMatchObject({ Status: 'DELETED' });
    expect(await invoice()).toMatchObject({
      AmountPaid: 0,
      AmountDue: 108.25,
      Status: 'AUTHORISED',
      Payments: [],
    });
    const [listed] = (await client.api('GET', 'Payments?page=1')).json.Payments;
    expect(listed.Status).toBe('DELETED');
    expect(listed.UpdatedDateUTC > before).toBe(true);
  });

  it('of one batch share what is due', async () => {
    const answer = await client.api('PUT', 'Payments?summarizeErrors=false', {
      body: { Payments: [payment(100), payment(100)] },
    });
    expect(answer.json.Payments.map((one: Json) => one.HasValidationErrors)).toEqual([false, true]);
    expect(answer.json.Payments[1].PaymentID).toBe('00000000-0000-0000-0000-000000000000');
    expect((await invoice()).AmountDue).toBe(8.25);
  });

  it.each([
    [200, {}, 'Payment amount exceeds the amount outstanding on this document'],
    [0, {}, 'Payment amount must be greater than zero'],
    [-5, {}, 'Payment amount must be greater than zero'],
    [
      10,
      { Account: { Code: '200' } },
      "Account code '200' is not a bank account and is not enabled for payments",
    ],
    [10, { Account: { Code: '999' } }, 'Account could not be found'],
    [10, { Invoice: { InvoiceNumber: 'none' } }, 'The Invoice could not be found'],
  ])('of %d with %j are refused', async (amount, fields, message) => {
    const answer = await pay(amount, fields);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer)).toEqual([message]);
  });

  it('go to accounts that are enabled for payments as well', async () => {
    expect((await pay(10, { Account: { Code: '880' } })).status).toBe(200);
  });

  it.each(['DRAFT', 'SUBMITTED'])('are refused on a %s invoice', async (Status) => {
    invoiceId = (await make({ Status })).InvoiceID;
    expect(messagesOf(await pay(10))).toEqual(['Payments can only be made against Authorised documents']);
  });

  it('carry a warning when they are older than their invoice', async () => {
    expect((await pay(10, { Date: '2026-11-01' })).json.Payments[0].Warnings).toEqual([
      { Message: 'The payment date is prior to the invoice date.' },
    ]);
  });

  it('take no change but deletion, once, and none when they are reconciled', async () => {
    const { PaymentID: id } = (await pay(10)).json.Payments[0];
    expect(messagesOf(await remove(id, { Amount: 11 }))).toEqual(['Only Status accepted for updates.']);
    await client.control('POST', 'act', { entity: 'payment', action: 'reconcile', id });
    expect(messagesOf(await remove(id))[0]).toMatch(/reconciled and cannot be deleted/);
    const { PaymentID: other } = (await pay(10)).json.Payments[0];
    await remove(other);
    expect((await remove(other)).status).toBe(400);
  });

  it('are not unique: the same one twice is two', async () => {
    await pay(10, { Reference: 'crm:1' });
    await pay(10, { Reference: 'crm:1' });
    const found = await client.api(
      'GET',
      `Payments?page=1&where=Invoice.InvoiceID==guid("${invoiceId}") AND Reference=="crm:1"`,
    );
    expect(found.json.pagination.itemCount).toBe(2);
  });

  it('are refused within a locked period', async () => {
    await client.control('POST', 'act', {
      entity: 'organisation',
      action: 'set',
      fields: { periodLockDate: '2026-11-20' },
    });
    expect(messagesOf(await pay(10))[0]).toMatch(/period lock date, currently set at 20-Nov-2026/);
  });
});
