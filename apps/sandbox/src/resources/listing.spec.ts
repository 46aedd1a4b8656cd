import { randomUUID } from 'node:crypto';
import { creditNoteFor, make, orderFor, spendFor } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  makeContact,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Lists', () => {
  let client: SandboxClient;
  let contact: string;
  beforeAll(async () => {
    client = await openClient();
    contact = await makeContact(client, { Name: 'Lists Ltd' });
    const Invoices = Array.from({ length: 250 }, (_, at) =>
      invoiceFor(contact, { InvoiceNumber: `L-${at}` }),
    );
    await client.api('PUT', 'Invoices', { body: { Invoices } });
  });
  afterAll(() => client.close());

  const list = async (query: string, since?: string): Promise<Json> =>
    (
      await client.api(
        'GET',
        `Invoices?${query}`,
        since === undefined ? {} : { headers: { 'if-modified-since': since } },
      )
    ).json;
  const timeOf = (row: Json): number => Number(/\d+/.exec(row.UpdatedDateUTC)?.[0]);

  it.each([
    ['page=1', { page: 1, pageSize: 100, pageCount: 3, itemCount: 250 }, 100],
    ['page=3', { page: 3, pageSize: 100, pageCount: 3, itemCount: 250 }, 50],
    ['page=4', { page: 4, pageSize: 100, pageCount: 3, itemCount: 250 }, 0],
    ['page=0&pageSize=0', { page: 1, pageSize: 1, pageCount: 250, itemCount: 250 }, 1],
    ['page=1&pageSize=5000', { page: 1, pageSize: 1000, pageCount: 1, itemCount: 250 }, 250],
  ])('are paged and clamped: %s', async (query, pagination, length) => {
    const answer = await list(query);
    expect(answer.pagination).toEqual(pagination);
    expect(answer.Invoices).toHaveLength(length);
  });

  it('come without lines and without a pagination object when no page is asked for', async () => {
    const answer = await list('');
    expect(answer).not.toHaveProperty('pagination');
    expect(answer.Invoices).toHaveLength(250);
    expect(answer.Invoices[0].LineItems).toEqual([]);
    expect((await list('page=1')).Invoices[0].LineItems).toHaveLength(1);
  });

  it('are ordered by time of change, then by id, so that pages never overlap', async () => {
    const pages = [await list('page=1'), await list('page=2'), await list('page=3')];
    const rows: Json[] = pages.flatMap(({ Invoices }) => Invoices);
    const sorted = [...rows].sort((a, b) => timeOf(a) - timeOf(b) || (a.InvoiceID < b.InvoiceID ? -1 : 1));
    expect(rows.map((row) => row.InvoiceID)).toEqual(sorted.map((row) => row.InvoiceID));
    expect(new Set(rows.map((row) => row.InvoiceID)).size).toBe(250);
  });

  it('put a changed record at the end', async () => {
    const [first] = (await list('page=1&pageSize=1')).Invoices;
    await client.api('POST', `Invoices/${first.InvoiceID}`, { body: { Reference: 'changed' } });
    const last = (await list('page=250&pageSize=1')).Invoices[0];
    expect(last).toMatchObject({ InvoiceID: first.InvoiceID, Reference: 'changed' });
  });

  it('hold what changed since a second, that second included, in every form of the header', async () => {
    await client.control('POST', 'clock', { advanceMs: 60_000 });
    const { InvoiceID: id } = (await list('page=1&pageSize=1')).Invoices[0];
    const [changed] = (await client.api('POST', `Invoices/${id}`, { body: { Reference: 'later' } })).json
      .Invoices;
    const second = new Date(Math.floor(timeOf(changed) / 1000) * 1000).toISOString();
    const next = new Date(timeOf(changed) + 1000).toISOString();
    for (const form of [second, second.slice(0, 19), `${second.slice(0, 19)}.999999Z`]) {
      expect((await list('page=1', form)).Invoices.map((row: Json) => row.InvoiceID)).toEqual([id]);
    }
    expect((await list('page=1', next)).Invoices).toEqual([]);
  });

  it('are filtered by ids, numbers, contacts and statuses', async () => {
    const [row] = (await list('InvoiceNumbers=L-7,none')).Invoices;
    expect(row.InvoiceNumber).toBe('L-7');
    expect((await list(`IDs=${row.InvoiceID}`)).Invoices).toHaveLength(1);
    expect((await list(`ContactIDs=${contact}&Statuses=AUTHORISED,PAID`)).Invoices).toHaveLength(250);
    expect((await list('Statuses=VOIDED')).Invoices).toEqual([]);
    expect((await list('where=InvoiceNumber=="L-7" OR InvoiceNumber=="L-8"')).Invoices).toHaveLength(2);
  });

  it('are ordered as asked', async () => {
    const numbers = (await list('page=1&pageSize=2&order=InvoiceNumber DESC')).Invoices.map(
      (row: Json) => row.InvoiceNumber,
    );
    expect(numbers).toEqual(['L-99', 'L-98']);
  });

  it.each(['where=Nothing=="x"', 'where=Reference=="a "b""', 'order=Nothing', 'order=Date SIDEWAYS'])(
    'answer QueryParseException to %s',
    async (query) => {
      const answer = await client.api('GET', `Invoices?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.json.Type).toBe('QueryParseException');
    },
  );

  it('take at most 40 ids', async () => {
    const ids = (count: number): string => Array.from({ length: count }, () => randomUUID()).join(',');
    for (const name of ['Contacts', 'Invoices']) {
      expect((await client.api('GET', `${name}?IDs=${ids(40)}`)).status).toBe(200);
      const answer = await client.api('GET', `${name}?IDs=${ids(41)}`);
      expect([answer.status, answer.json.Type]).toEqual([400, 'QueryParseException']);
    }
  });

  it.each([
    ['CreditNotes', () => creditNoteFor(contact)],
    ['BankTransactions', () => spendFor(contact)],
    ['PurchaseOrders', () => orderFor(contact)],
    ['Overpayments', null],
  ])('of %s come in pages, and only what changed since', async (name, element) => {
    if (element) for (let at = 0; at < 3; at++) await make(client, name, element());
    const count = element ? 3 : 0;
    const rows = async (since: string): Promise<Json> =>
      (await client.api('GET', `${name}?page=1&pageSize=2`, { headers: { 'if-modified-since': since } }))
        .json;
    expect((await rows('2020-01-01T00:00:00')).pagination).toMatchObject({ pageSize: 2, itemCount: count });
    expect((await rows('2100-01-01T00:00:00'))[name]).toEqual([]);
  });

  it('are open to the scope of their resource alone', async () => {
    const scope = 'accounting.contacts accounting.banktransactions.read';
    const { access_token: token } = await client.control('POST', 'authorize', { scope });
    const status = async (method: string, name: string) =>
      (await client.api(method, name, { token, ...(method === 'PUT' && { body: {} }) })).status;
    expect(await status('GET', 'BankTransactions')).toBe(200);
    expect(await status('PUT', 'BankTransactions')).toBe(401);
    for (const name of [
      'CreditNotes',
      'PurchaseOrders',
      'Overpayments',
      'TrackingCategories',
      'BrandingThemes',
    ])
      expect(await status('GET', name)).toBe(401);
  });
});
