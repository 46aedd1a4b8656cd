import type { BatchMember, XeroConnection, XeroPort, XeroSession } from '@sync/engine';
import { createXero } from './create-xero.js';
import { MemoryCallLog, systemClock } from './testing/memory-stores.js';
import { Wire } from './testing/wire.js';

const connection: XeroConnection = {
  id: 'c',
  authorizationId: 'a',
  clientId: 'app',
  tenantId: 'tenant',
  tenantName: 'Acme',
  dayLimit: 5_000,
};

const note = {
  Type: 'ACCRECCREDIT',
  CreditNoteID: 'note-1',
  CurrencyCode: 'USD',
  Allocations: [
    { AllocationID: 'all-1', Amount: 4, Date: '/Date(1763596800000+0000)/', Invoice: { InvoiceID: 'inv-1' } },
    {
      AllocationID: 'all-2',
      Amount: 1.5,
      Date: '/Date(1763596800000+0000)/',
      Invoice: { InvoiceID: 'inv-2' },
    },
  ],
  UpdatedDateUTC: '/Date(1763600000000+0000)/',
};

let wire: Wire;
let xero: XeroPort;
let session: XeroSession;

beforeEach(async () => {
  wire = new Wire();
  const tokens = { accessToken: async () => 'token', renew: async () => 'token' };
  xero = createXero({
    apiUrl: await wire.start(),
    callLog: new MemoryCallLog(),
    tokens,
    clock: systemClock,
  });
  session = await xero.open(connection, () => undefined, new AbortController().signal);
});

afterEach(async () => {
  await session.close();
  await wire.stop();
});

describe('a listing', () => {
  const list = (entity: Parameters<XeroSession['list']>[0]['entity']) =>
    session.list({ entity, modifiedSince: null, page: 1, lane: 'event' });

  it('of credit notes holds their allocations, and the other way round', async () => {
    wire.answerWith({ CreditNotes: [note] });
    const page = await list('credit-notes');
    expect(page.records).toMatchObject([{ xeroId: 'note-1', derived: { credited: '5.50' } }]);
    const allocations = [
      {
        xeroId: 'all-1',
        keys: { number: 'note-1/inv-1/2025-11-20/4.00', parentXeroId: 'note-1', currency: 'USD' },
        owned: { creditNoteXeroId: 'note-1', invoiceXeroId: 'inv-1', amount: '4.00', date: '2025-11-20' },
      },
      { xeroId: 'all-2' },
    ];
    expect(page.others.get('credit-applications')).toMatchObject(allocations);
    const other = await list('credit-applications');
    expect(other.records).toMatchObject(allocations);
    expect(other.others.get('credit-notes')).toMatchObject([{ xeroId: 'note-1' }]);
    expect(xero.listedWith('credit-applications')).toEqual(['credit-applications', 'credit-notes']);
  });

  it('of credit notes says of which notes it holds all allocations', async () => {
    const { Allocations: _, ...short } = note;
    const bill = { ...note, CreditNoteID: 'of-a-supplier', Type: 'ACCPAYCREDIT' };
    const none = { ...note, CreditNoteID: 'note-2', Allocations: [] };
    wire.answerWith({ CreditNotes: [note, none, bill, { ...short, CreditNoteID: 'said-nothing' }] });
    const whole = new Map([
      ['credit-notes', []],
      ['credit-applications', ['note-1', 'note-2']],
    ]);
    expect((await list('credit-notes')).wholeOf).toEqual(whole);
  });

  it('of payments tells receipts and refunds apart, and leaves payments of bills out', async () => {
    const payment = (PaymentType: string) => ({
      PaymentID: PaymentType,
      PaymentType,
      Invoice: { InvoiceID: 'i' },
    });
    wire.answerWith({ Payments: ['ACCRECPAYMENT', 'ARCREDITPAYMENT', 'ACCPAYPAYMENT'].map(payment) });
    const page = await list('payments');
    expect(page.records).toMatchObject([{ xeroId: 'ACCRECPAYMENT', keys: { parentXeroId: 'i' } }]);
    expect(page.others.get('refunds')).toMatchObject([
      { xeroId: 'ARCREDITPAYMENT', owned: { creditNoteXeroId: 'i' } },
    ]);
  });

  it('of contacts serves customers and vendors alike', async () => {
    wire.answerWith({ Contacts: [{ ContactID: 'c', Name: 'Acme', IsSupplier: true, IsCustomer: false }] });
    const page = await list('vendors');
    expect(page.records).toMatchObject([{ xeroId: 'c', derived: { supplier: true, customer: false } }]);
    expect(page.others.get('customers')).toEqual(page.records);
  });

  it('says when its last element changed, although that is none of this entity', async () => {
    wire.answerWith({
      Payments: [
        { PaymentID: 'p', PaymentType: 'ACCPAYPAYMENT', UpdatedDateUTC: '/Date(1763600000000+0000)/' },
      ],
    });
    const page = await list('payments');
    expect([page.records, page.changedUpTo]).toEqual([[], new Date(1_763_600_000_000)]);
  });
});

describe('a reading by ids', () => {
  const read = (entity: Parameters<XeroSession['read']>[0]['entity'], ids: string[]) =>
    session.read({ entity, ids, lane: 'event' });
  const asked = () => wire.seen.map(({ url }) => decodeURIComponent((url ?? '').replaceAll('+', ' ')));

  it("asks with Xero's own list of ids where there is one, archived ones included", async () => {
    wire.answerWith({ Contacts: [{ ContactID: 'c' }] });
    expect((await read('customers', ['a', 'c'])).records).toMatchObject([{ xeroId: 'c' }]);
    expect(asked()).toEqual(['/api.xro/2.0/Contacts?includeArchived=true&page=1&pageSize=100&IDs=a,c']);
  });

  it('asks with a filter on the id elsewhere, in one call', async () => {
    wire.answerWith({ CreditNotes: [note] });
    const page = await read('credit-notes', ['a', 'b']);
    expect(asked()).toEqual([
      '/api.xro/2.0/CreditNotes?unitdp=4&where=CreditNoteID==Guid("a") OR CreditNoteID==Guid("b")&page=1&pageSize=100',
    ]);
    expect(page.others.get('credit-applications')).toHaveLength(2);
  });

  it('asks for purchase orders one by one, and leaves out what is not there', async () => {
    wire.answer = (response) => {
      const found = wire.seen.at(-1)?.url?.endsWith('/a');
      response
        .writeHead(found ? 200 : 404)
        .end(found ? '{"PurchaseOrders":[{"PurchaseOrderID":"a"}]}' : 'no');
    };
    expect((await read('purchase-orders', ['a', 'b'])).records).toMatchObject([{ xeroId: 'a' }]);
    expect(asked().toSorted()).toEqual(['/api.xro/2.0/PurchaseOrders/a', '/api.xro/2.0/PurchaseOrders/b']);
  });

  it('asks nothing for no ids, and refuses more than Xero takes and ids that would end a filter', async () => {
    expect((await read('invoices', [])).records).toEqual([]);
    await expect(
      read(
        'invoices',
        Array.from({ length: 41 }, (_, id) => `i${id}`),
      ),
    ).rejects.toThrow();
    await expect(read('payments', ['a") OR ("'])).rejects.toThrow();
    expect(wire.seen).toEqual([]);
  });
});

describe('allocations', () => {
  const sent = (amount: number) => ({
    CreditNote: { CreditNoteID: 'note-1' },
    Invoice: { InvoiceID: 'inv-1' },
    Amount: amount,
    Date: '2025-11-20',
  });
  const members = ['a', 'b'].map(
    (id): BatchMember => ({ bindingId: id, marker: id, naturalKey: null, xeroId: null }),
  );

  async function write() {
    const [call] = xero.compose({
      entity: 'credit-applications',
      action: 'create',
      elements: [sent(4), sent(1.5)],
    });
    if (!call) throw new Error('nothing to send');
    const request = { ...call, entity: 'credit-applications' as const, idempotencyKey: 'k' };
    return session.write({ call: request, members, lane: 'event', beforeSending: async () => undefined });
  }

  const replied = (AllocationID: string | undefined, Amount: number) => ({
    AllocationID,
    Amount,
    Date: '/Date(1763596800000+0000)/',
    Invoice: { InvoiceID: 'inv-1' },
    ValidationErrors: [],
  });

  it('are told apart in a reply by invoice, day and amount, whatever their order', async () => {
    wire.answerWith({ Allocations: [replied('all-2', 1.5), replied('all-1', 4)] });
    expect(await write()).toMatchObject([
      { bindingId: 'a', record: { xeroId: 'all-1', owned: { creditNoteXeroId: 'note-1' } } },
      { bindingId: 'b', record: { xeroId: 'all-2' } },
    ]);
  });

  it('are unknown when the reply names no id, and refused when it says why', async () => {
    const refused = { ...replied(undefined, 1.5), ValidationErrors: [{ Message: 'Amount exceeds.' }] };
    wire.answerWith({ Allocations: [replied(undefined, 4), refused] });
    expect(await write()).toMatchObject([{ state: 'unknown' }, { state: 'refused' }]);
  });
});

describe('the settings of documents', () => {
  it('are read with two calls', async () => {
    wire.answer = (response) => {
      const themes = { BrandingThemes: [{ BrandingThemeID: 't', Name: 'Standard', SortOrder: 0 }] };
      const Options = [{ TrackingOptionID: 'o', Name: 'North', Status: 'ARCHIVED' }];
      const categories = {
        TrackingCategories: [{ TrackingCategoryID: 'c', Name: 'Region', Status: 'ACTIVE', Options }],
      };
      response.end(JSON.stringify(wire.seen.at(-1)?.url?.includes('Themes') ? themes : categories));
    };
    expect(await session.documentSettings()).toEqual({
      brandingThemes: [{ id: 't', name: 'Standard', isDefault: true }],
      trackingCategories: [
        { id: 'c', name: 'Region', active: true, options: [{ id: 'o', name: 'North', active: false }] },
      ],
    });
    expect(wire.seen).toHaveLength(2);
  });
});
