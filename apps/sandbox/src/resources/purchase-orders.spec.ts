import { make, orderFor, purchaseLine, read, send } from '../testing/documents.js';
import {
  type Json,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Purchase orders', () => {
  let client: SandboxClient;
  let supplier: string;
  beforeEach(async () => {
    client = await openClient();
    supplier = await makeContact(client, { ContactNumber: 'crm-1' });
  });
  afterEach(() => client.close());

  const order = (fields: object = {}) => make(client, 'PurchaseOrders', orderFor(supplier, fields));
  const put = (fields: object) => send(client, 'PUT', 'PurchaseOrders', orderFor(supplier, fields));
  const post = (id: string, fields: object) => send(client, 'POST', `PurchaseOrders/${id}`, fields);
  const list = async (query = ''): Promise<Json> => (await client.api('GET', `PurchaseOrders?${query}`)).json;

  it('begin as drafts with a number of their own, and keep four digits of a price unasked', async () => {
    const LineItems = [purchaseLine({ Quantity: 1000, UnitAmount: 0.1234, DiscountRate: 10 })];
    const made = await order({ LineItems, DeliveryDate: '2026-12-01' });
    expect(made).toMatchObject({
      PurchaseOrderNumber: 'PO-0001',
      Status: 'DRAFT',
      SubTotal: 111.06,
      IsDiscounted: true,
      TotalDiscount: 12.34,
    });
    expect(made.LineItems[0].UnitAmount).toBe(0.1234);
  });

  it('do not make anybody a supplier, and stand in no ledger: locked periods are open to them', async () => {
    const fields = { periodLockDate: '2026-11-30' };
    await client.control('POST', 'act', { entity: 'organisation', action: 'set', fields });
    await order({ Status: 'AUTHORISED' });
    expect((await read(client, `Contacts/${supplier}`)).IsSupplier).toBe(false);
  });

  it('find their contact by id or number, and make none', async () => {
    expect((await order({ Contact: { ContactNumber: 'crm-1' } })).Contact.ContactID).toBe(supplier);
    for (const Contact of [undefined, { Name: 'Nobody yet' }, { ContactNumber: 'crm-2' }])
      expect(messagesOf(await put({ Contact }))).toEqual([
        'A Contact must be specified for this type of transaction',
      ]);
  });

  it.each([
    [{ LineItems: [] }, /One or more line items/],
    [{ LineItems: [purchaseLine({ DiscountAmount: 5 })] }, /DiscountAmount is not supported for purchase/],
    [{ LineItems: [purchaseLine({ Quantity: 2, UnitAmount: undefined })] }, /UnitAmount must be specified/],
    [{ DeliveryInstructions: 'x'.repeat(501) }, /DeliveryInstructions must not exceed 500/],
    [{ PurchaseOrderNumber: 'PO-7' }, /^Order number must be unique$/],
    [{ Status: 'DELETED' }, /status change is invalid/],
    [{ Status: 'PAID' }, /PurchaseOrder status 'PAID' is not valid/],
  ])('refuse %j', async (fields, message) => {
    await order({ PurchaseOrderNumber: 'PO-7' });
    expect(messagesOf(await put(fields))[0]).toMatch(message);
  });

  it('need no account, even approved', async () => {
    const LineItems = [purchaseLine({ AccountCode: undefined })];
    expect(await order({ LineItems, Status: 'AUTHORISED' })).toMatchObject({ Status: 'AUTHORISED' });
  });

  it.each([
    ['DRAFT', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['SUBMITTED', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['AUTHORISED', ['AUTHORISED', 'BILLED', 'DELETED']],
    ['BILLED', ['AUTHORISED', 'BILLED', 'DELETED']],
  ])('go from %s to %j and nowhere else', async (Status, allowed) => {
    const possible: string[] = [];
    for (const to of ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED']) {
      const { PurchaseOrderID: id } = await order({ Status });
      const answer = await post(id, { Status: to });
      if (answer.status === 200) possible.push(to);
      else expect(messagesOf(answer)).toEqual(['PurchaseOrder status change is invalid']);
    }
    expect(possible).toEqual(allowed);
  });

  it('that are deleted take no change and keep their number', async () => {
    const { PurchaseOrderID: id } = await order({ PurchaseOrderNumber: 'PO-7' });
    await post(id, { Status: 'DELETED' });
    expect(messagesOf(await post(id, { Reference: 'x' }))).toEqual([
      'Deleted PurchaseOrders cannot be updated',
    ]);
    expect(messagesOf(await put({ PurchaseOrderNumber: 'PO-7' }))).toEqual(['Order number must be unique']);
  });

  it('of a number that is there are overwritten by a POST without an id: the trap', async () => {
    const { PurchaseOrderID: id } = await order({ PurchaseOrderNumber: 'PO-7' });
    const LineItems = [purchaseLine({ UnitAmount: 5 })];
    const sent = orderFor(supplier, { PurchaseOrderNumber: 'PO-7', LineItems });
    const answer = await send(client, 'POST', 'PurchaseOrders', sent);
    expect(answer.json.PurchaseOrders[0]).toMatchObject({ PurchaseOrderID: id, Total: 5.41 });
  });

  it('come back as drafts without the right to approve them', async () => {
    const fields = { name: 'CreateApprovedPurchaseOrder' };
    await client.control('POST', 'act', { entity: 'organisation', action: 'deny', fields });
    expect((await order({ Status: 'AUTHORISED' })).Status).toBe('DRAFT');
  });

  it('are listed in pages even unasked, by status and date, and know no where', async () => {
    await order({ Status: 'AUTHORISED', Date: '2026-10-01', PurchaseOrderNumber: 'A' });
    await order({ Date: '2026-11-05', PurchaseOrderNumber: 'B' });
    const numbers = async (query: string): Promise<string[]> =>
      (await list(query)).PurchaseOrders.map((one: Json) => one.PurchaseOrderNumber);
    expect((await list()).pagination).toMatchObject({ page: 1, itemCount: 2 });
    expect(await numbers('pageSize=1&page=2')).toEqual(['B']);
    expect(await numbers('Status=AUTHORISED')).toEqual(['A']);
    expect(await numbers('DateFrom=2026-10-02&DateTo=2026-11-05')).toEqual(['B']);
    expect(await numbers('where=nonsense((')).toEqual(['A', 'B']);
    expect((await read(client, 'PurchaseOrders/B')).LineItems).toHaveLength(1);
  });

  it('are sent only when they are approved', async () => {
    const { PurchaseOrderID: id, Warnings } = await order({ SentToContact: true });
    expect(Warnings[0].Message).toMatch(/SentToContact/);
    await post(id, { Status: 'AUTHORISED', SentToContact: true });
    expect((await read(client, `PurchaseOrders/${id}`)).SentToContact).toBe(true);
  });
});
