import {
  billFor,
  creditNoteFor,
  make,
  orderFor,
  purchaseLine,
  read,
  spendFor,
} from '../../testing/documents.js';
import {
  invoiceFor,
  type Json,
  line,
  makeContact,
  openClient,
  type SandboxClient,
} from '../../testing/sandbox-client.js';

describe('People in Xero', () => {
  let client: SandboxClient;
  let contact: string;
  beforeEach(async () => {
    client = await openClient();
    contact = await makeContact(client, { Name: 'Alder', ContactNumber: 'crm-1' });
  });
  afterEach(() => client.close());

  const act = (request: object): Promise<Json> => client.control('POST', 'act', { side: 'xero', ...request });
  const tried = async (request: object): Promise<[number, string]> => {
    const init = { body: JSON.stringify(request), headers: { 'content-type': 'application/json' } };
    const { status, json } = await client.raw('POST', '/_sandbox/act', init);
    return [status, json.error];
  };
  const Contact = () => ({ ContactID: contact });
  const due = async (id: string) => {
    const { AmountDue, AmountPaid, AmountCredited, Status } = await read(client, `Invoices/${id}`);
    return [AmountDue, AmountPaid, AmountCredited, Status];
  };

  it('create, edit, archive and restore contacts, and find them by id, number or name', async () => {
    const { id } = await act({ entity: 'customers', action: 'create', fields: { Name: 'Birch' } });
    await act({
      entity: 'contact',
      id: 'birch',
      action: 'edit',
      fields: { EmailAddress: 'b@birch.example' },
    });
    await act({ entity: 'contact', number: 'crm-1', action: 'archive' });
    expect(await read(client, `Contacts/${id}`)).toMatchObject({ EmailAddress: 'b@birch.example' });
    expect((await read(client, `Contacts/${contact}`)).ContactStatus).toBe('ARCHIVED');
    await act({ entity: 'contact', id: contact, action: 'restore' });
    expect((await read(client, `Contacts/${contact}`)).ContactStatus).toBe('ACTIVE');
  });

  it('merge contacts: every document moves, roles as well, and the one that stays is not touched', async () => {
    const into = await makeContact(client, { Name: 'Stays' });
    const before = await read(client, `Contacts/${into}`);
    const documents = [
      `Invoices/${(await make(client, 'Invoices', billFor(contact))).InvoiceID}`,
      `CreditNotes/${(await make(client, 'CreditNotes', creditNoteFor(contact))).CreditNoteID}`,
      `PurchaseOrders/${(await make(client, 'PurchaseOrders', orderFor(contact))).PurchaseOrderID}`,
      `BankTransactions/${(await make(client, 'BankTransactions', spendFor(contact))).BankTransactionID}`,
    ];
    await act({ entity: 'contact', id: contact, action: 'merge', fields: { into } });
    for (const path of documents) expect((await read(client, path)).Contact.ContactID).toBe(into);
    expect(await read(client, `Contacts/${into}`)).toMatchObject({
      IsSupplier: true,
      IsCustomer: true,
      UpdatedDateUTC: before.UpdatedDateUTC,
    });
    expect(await read(client, `Contacts/${contact}`)).toMatchObject({ MergedToContactID: into });
    expect(await tried({ entity: 'contact', id: contact, action: 'merge', fields: { into } })).toEqual([
      400,
      'Only active contacts can be merged',
    ]);
  });

  it.each(['invoice', 'bill'])(
    'make, edit, pay, and void a %s, approved unless they say otherwise',
    async (entity) => {
      const LineItems = [entity === 'invoice' ? line() : purchaseLine()];
      const { id } = await act({ entity, action: 'create', fields: { Contact: Contact(), LineItems } });
      expect(await due(id)).toEqual([108.25, 0, 0, 'AUTHORISED']);
      await act({ entity, id, action: 'pay', fields: { Amount: 8.25 } });
      const rest = await act({ entity: `${entity}s`, id, action: 'pay' });
      expect(await due(id)).toEqual([0, 108.25, 0, 'PAID']);
      expect((await tried({ entity, id, action: 'void' }))[0]).toBe(400);
      await act({ entity: 'payment', id: rest.id, action: 'edit', fields: { Amount: 50 } });
      expect(await due(id)).toEqual([50, 58.25, 0, 'AUTHORISED']);
      const { json } = await client.api('GET', 'Payments?page=1&where=Status=="DELETED"');
      expect(json.Payments.map((one: Json) => one.PaymentID)).toEqual([rest.id]);
      const draft = { Contact: Contact(), LineItems, Status: 'DRAFT' };
      const other = await act({ entity, action: 'create', fields: draft });
      await act({ entity, id: other.id, action: 'void' });
      expect((await read(client, `Invoices/${other.id}`)).Status).toBe('DELETED');
    },
  );

  it('know an invoice from a bill, also when they bear the same number', async () => {
    const invoice = await make(client, 'Invoices', invoiceFor(contact, { InvoiceNumber: 'X-1' }));
    const bill = await make(client, 'Invoices', billFor(contact, { InvoiceNumber: 'X-1' }));
    await act({ entity: 'bill', number: 'X-1', action: 'void' });
    expect((await due(bill.InvoiceID))[3]).toBe('VOIDED');
    expect((await due(invoice.InvoiceID))[3]).toBe('AUTHORISED');
    expect((await tried({ entity: 'bill', id: invoice.InvoiceID, action: 'void' }))[0]).toBe(404);
  });

  it('make credit notes, set them off, take that back, and pay them out', async () => {
    const { InvoiceID: debt } = await make(client, 'Invoices', invoiceFor(contact));
    const fields = { Contact: Contact(), LineItems: [line({ UnitAmount: 200 })] };
    const { id } = await act({ entity: 'credit-notes', action: 'create', fields });
    const part = await act({ entity: 'credit-note', id, action: 'allocate', fields: { Amount: 8.25 } });
    expect(await due(debt)).toEqual([100, 0, 8.25, 'AUTHORISED']);
    await act({ entity: 'credit-note', id, action: 'allocate' });
    expect(await due(debt)).toEqual([0, 0, 108.25, 'PAID']);
    await act({ entity: 'credit-application', id: part.id, action: 'delete' });
    expect(await due(debt)).toEqual([8.25, 0, 100, 'AUTHORISED']);
    await act({ entity: 'credit-note', id, action: 'unallocate' });
    await act({ entity: 'credit-note', id, action: 'refund', fields: { Amount: 16.5 } });
    expect((await read(client, `CreditNotes/${id}`)).RemainingCredit).toBe(200);
    await act({ entity: 'credit-note', id, action: 'refund' });
    expect((await read(client, `CreditNotes/${id}`)).Status).toBe('PAID');
    expect(await tried({ entity: 'credit-note', id, action: 'unallocate' })).toEqual([
      400,
      'Nothing of this credit is allocated',
    ]);
  });

  it('note money spent, change it, reconcile it, and cannot delete it then', async () => {
    const fields = { Contact: Contact(), LineItems: [purchaseLine({ UnitAmount: 20 })] };
    const { id } = await act({ entity: 'expense', action: 'create', fields });
    const change = (action: string, more: object = {}) => ({
      entity: 'bank-transaction',
      id,
      action,
      ...more,
    });
    await act(change('edit', { fields: { Reference: 'Paper' } }));
    await act(change('reconcile'));
    expect((await tried(change('delete')))[0]).toBe(400);
    await act(change('unreconcile'));
    await act(change('delete'));
    expect(await read(client, `BankTransactions/${id}`)).toMatchObject({
      Reference: 'Paper',
      Status: 'DELETED',
    });
  });

  it('order, approve, bill and delete', async () => {
    const fields = { Contact: Contact(), LineItems: [purchaseLine()] };
    const { id, number } = await act({ entity: 'purchase-orders', action: 'create', fields });
    const states: string[] = [];
    for (const action of ['submit', 'approve', 'bill', 'delete']) {
      await act({ entity: 'purchase-order', number, action });
      states.push((await read(client, `PurchaseOrders/${id}`)).Status);
    }
    expect(states).toEqual(['SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED']);
  });

  it('make and change items, accounts, tax rates, tracking and themes, and delete what may be deleted', async () => {
    await act({ entity: 'item', action: 'create', fields: { Code: 'HOUR', Name: 'Hour' } });
    await act({ entity: 'item', id: 'HOUR', action: 'edit', fields: { Code: 'HOURS' } });
    expect((await act({ entity: 'items', id: 'HOURS', action: 'delete' })).code).toBe('HOURS');
    const account = { Code: '777', Name: 'Gifts', Type: 'EXPENSE' };
    await act({ entity: 'account', action: 'create', fields: account });
    await act({ entity: 'accounts', id: '777', action: 'edit', fields: { Name: 'Presents' } });
    await act({ entity: 'account', id: '777', action: 'delete' });
    expect((await client.api('GET', 'Accounts?where=Code=="777"')).json.Accounts).toEqual([]);
    const TaxComponents = [{ Name: 'City', Rate: 5 }];
    await act({ entity: 'taxes', action: 'create', fields: { Name: 'City', TaxComponents } });
    await act({ entity: 'tax-rate', id: 'city', action: 'edit', fields: { Name: 'Town' } });
    expect((await read(client, 'TaxRates/TAX001')).Name).toBe('Town');
    await act({ entity: 'tax', id: 'TAX001', action: 'delete' });
    await act({ entity: 'tracking', id: 'Region', action: 'add-option', fields: { Name: 'Centre' } });
    await act({ entity: 'branding-themes', action: 'create', fields: { Name: 'Fancy' } });
    const [region] = (await client.api('GET', 'TrackingCategories')).json.TrackingCategories;
    expect(region.Options).toHaveLength(5);
    expect((await client.api('GET', 'BrandingThemes')).json.BrandingThemes).toHaveLength(3);
  });

  it('take back a batch with all of its payments, and void an advance that nothing was taken from', async () => {
    const { InvoiceID } = await make(client, 'Invoices', invoiceFor(contact));
    const Payments = [{ Invoice: { InvoiceID }, Amount: 100 }];
    const batch = await act({ entity: 'batch-payment', action: 'create', fields: { Payments } });
    expect(await due(InvoiceID)).toEqual([8.25, 100, 0, 'AUTHORISED']);
    await act({ entity: 'batch-payment', id: batch.id, action: 'delete' });
    expect(await due(InvoiceID)).toEqual([108.25, 0, 0, 'AUTHORISED']);
    const LineItems = [{ Description: 'Too much', UnitAmount: 10 }];
    const fields = { Type: 'RECEIVE-OVERPAYMENT', Contact: Contact(), LineItems };
    const { advanceId: id } = await act({ entity: 'bank-transaction', action: 'create', fields });
    await act({ entity: 'overpayment', id, action: 'void' });
    expect((await read(client, `Overpayments/${id}`)).Status).toBe('VOIDED');
  });

  it('are not bound by the rights of the connecting user', async () => {
    await act({ entity: 'organisation', action: 'deny' });
    const { InvoiceID: id, Status } = await make(client, 'Invoices', invoiceFor(contact));
    expect(Status).toBe('DRAFT');
    await act({ entity: 'invoice', id, action: 'approve' });
    expect((await due(id))[3]).toBe('AUTHORISED');
  });

  it.each([
    [{ entity: 'moon', action: 'edit' }, 400, /^entity must be one of organisation, contact/],
    [{ entity: 'toString', action: 'edit' }, 400, /^entity must be/],
    [{ entity: 'contact', action: 'delete' }, 400, /^action of contact must be one of create, edit/],
    [{ entity: 'invoice', action: 'void' }, 400, /Say which invoice is meant/],
    [{ entity: 'invoice', action: 'void', id: 'none' }, 404, /no invoice with the id none/],
    [
      { entity: 'contact', action: 'edit', id: 'Alder', fields: { Nmae: 'x' } },
      400,
      /Unrecognized key: "Nmae"/,
    ],
    [{ entity: 'contact', action: 'merge', id: 'Alder' }, 400, /into/],
    [{ entity: 'invoice', action: 'create', fields: {} }, 400, /^The Contact must contain/],
    [{ entity: 'invoice', action: 'create', fields: { Date: 'soon' } }, 400, /fields: .*Date/],
    [{ entity: 'payment', action: 'create', fields: { Amount: 5 } }, 400, /exactly one of Invoice/],
    [{ entity: 'purchase-order', action: 'approve', id: 'PO-9' }, 404, /no purchase order/],
    [{ entity: 'contact', action: 'edit', id: 'Alder', field: {} }, 400, /Unrecognized key: "field"/],
    [{ entity: 'contact', action: 'archive', id: 'Alder', tenantId: 'x' }, 404, /no organisation x/],
  ])('are told what is wrong with %j', async (request, status, message) => {
    const [answered, error] = await tried(request);
    expect(answered).toBe(status);
    expect(error.replaceAll('\n', ' ')).toMatch(message);
  });
});
