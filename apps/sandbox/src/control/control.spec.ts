import { invoiceFor, line, makeContact, openClient, type SandboxClient } from '../testing/sandbox-client.js';

describe('Control', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const entities = async (query = '') => (await client.control('GET', `ledger${query}`)).tenants[0].entities;
  const act = (request: object) => client.control('POST', 'act', request);

  it('adds up live documents: no drafts, nothing voided, deleted or archived', async () => {
    const contact = await makeContact(client);
    await act({ entity: 'contact', id: await makeContact(client), action: 'archive' });
    await client.api('PUT', 'TaxRates', {
      body: { Name: 'City', TaxComponents: [{ Name: 'City', Rate: 8 }] },
    });
    const lines = { LineItems: [line({ TaxType: 'TAX001' })] };
    const Invoices = [
      invoiceFor(contact, { ...lines, InvoiceNumber: 'A' }),
      invoiceFor(contact, { InvoiceNumber: 'B' }),
      invoiceFor(contact, { InvoiceNumber: 'C', Status: 'DRAFT' }),
    ];
    await client.api('PUT', 'Invoices', { body: { Invoices } });
    await act({ entity: 'invoice', number: 'A', action: 'pay', fields: { Amount: 8 } });
    await act({ entity: 'invoice', number: 'B', action: 'void' });
    const none = { total: '0.00', tax: '0.00', paid: '0.00', due: '0.00' };
    expect(await entities()).toMatchObject({
      customers: { count: 1, ...none },
      taxes: { count: 1, ...none },
      items: { count: 0, ...none },
      invoices: { count: 1, total: '108.00', tax: '8.00', paid: '8.00', due: '100.00', drafts: 1 },
      payments: { count: 1, ...none, total: '8.00' },
    });
    const { invoices } = await entities('?documents=1');
    expect(invoices.documents).toMatchObject([
      { number: 'C', status: 'DRAFT' },
      { number: 'A', status: 'AUTHORISED', currency: 'USD', date: '2026-11-20', due: '100.00' },
    ]);
  });

  it('acts like a person: approves, pays, deletes payments, renames, enables, disconnects', async () => {
    const contact = await makeContact(client);
    await client.api('PUT', 'Invoices', {
      body: { Invoices: [invoiceFor(contact, { InvoiceNumber: 'A', Status: 'DRAFT' })] },
    });
    await act({ entity: 'invoice', number: 'A', action: 'approve' });
    const payment = await act({ entity: 'invoice', number: 'A', action: 'pay' });
    expect((await client.api('GET', 'Invoices/A')).json.Invoices[0].Status).toBe('PAID');
    await act({ entity: 'payment', id: payment.id, action: 'delete' });
    await act({ entity: 'contact', id: contact, action: 'edit', fields: { Name: 'Renamed' } });
    await act({ entity: 'contact', id: contact, action: 'archive' });
    await act({ entity: 'contact', id: contact, action: 'restore' });
    expect((await client.api('GET', `Contacts/${contact}`)).json.Contacts[0]).toMatchObject({
      Name: 'Renamed',
      ContactStatus: 'ACTIVE',
    });
    await act({ entity: 'organisation', action: 'disconnect' });
    expect((await client.api('GET', 'Items')).status).toBe(403);
  });

  it.each([
    ['act', { entity: 'moon', action: 'edit' }, 400],
    ['act', { entity: 'invoice', action: 'shred' }, 400],
    ['act', { entity: 'invoice', action: 'void', number: 'none' }, 404],
    ['faults', { rules: [{ kind: 'unheard-of' }] }, 400],
    ['limits', { minutes: 3 }, 400],
    ['authorize', { clientId: 'nobody' }, 404],
    ['nothing', {}, 404],
  ])('answers %s %j with %i and says what is wrong', async (path, body, status) => {
    const init = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await client.raw('POST', `/_sandbox/${path}`, init);
    expect(answer.status).toBe(status);
    expect(answer.json.error).not.toBe('');
  });

  it('fills the sample CRM, shows its ledger, and acts in it', async () => {
    await client.control('POST', 'seed', { size: 20, seed: 3 });
    expect((await client.control('GET', 'crm-ledger')).entities.invoices.count).toBe(20);
    expect((await act({ side: 'crm', entity: 'customers', action: 'create' })).ids).toHaveLength(1);
    await client.control('POST', 'reset', {});
    expect((await client.control('GET', 'crm-ledger')).entities.invoices.count).toBe(0);
  });

  it('shows one entity of a ledger alone', async () => {
    await client.control('POST', 'seed', { size: 5, seed: 3 });
    await client.api('PUT', 'Items', { body: { Items: [{ Code: 'A' }] } });
    const inCrm = await client.control('GET', 'crm-ledger?documents=1&entity=invoices');
    expect(inCrm.entities).toEqual({ invoices: expect.objectContaining({ count: 5 }) });
    const { tenants } = await client.control('GET', 'ledger?documents=1&entity=items');
    expect(tenants[0].entities).toEqual({ items: expect.objectContaining({ count: 1 }) });
  });

  it('lets time stand still when it is told to, but for what it is advanced', async () => {
    const { now } = await client.control('POST', 'clock', { advanceMs: 0, stop: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await client.control('GET', 'clock')).now).toBe(now);
    const later = await client.control('POST', 'clock', { advanceMs: 60_000 });
    expect(Date.parse(later.now) - Date.parse(now)).toBe(60_000);
    await client.control('POST', 'reset', {});
    const { now: running } = await client.control('GET', 'clock');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await client.control('GET', 'clock')).now).not.toBe(running);
  });

  it('resets to the first start; connections stay when asked to', async () => {
    await client.api('PUT', 'Items', { body: { Items: [{ Code: 'A' }] } });
    await client.control('POST', 'limits', { enabled: true, minute: 1 });
    await client.control('POST', 'reset', { keepConnections: true });
    expect((await client.api('GET', 'Items')).json.Items).toEqual([]);
    await client.control('POST', 'reset', {});
    expect((await client.api('GET', 'Items')).status).toBe(401);
    const consent = await client.control('POST', 'authorize', {});
    expect(consent.tenantIds).toEqual([client.tenantId]);
  });
});
