import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mapping, XeroReference } from '@sync/engine';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

/** What the identity server and the list of connections answer to one good code and one good refresh token. */
function xeroAnswer(url: string, body: string): [number, unknown] {
  if (url === '/connections') {
    return [200, [{ id: 'c-1', tenantId: 't-1', tenantType: 'ORGANISATION', tenantName: 'Demo Company' }]];
  }
  if (!/code=good|refresh_token=good/.test(body)) return [400, { error: 'invalid_grant' }];
  return [200, { access_token: 'a', refresh_token: 'r', expires_in: 1800, token_type: 'Bearer' }];
}

async function startXero(): Promise<{ server: Server; url: string }> {
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const [status, answer] = xeroAnswer(req.url ?? '', Buffer.concat(parts).toString());
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const account = (code: string, more: Partial<XeroReference['accounts'][number]> = {}) => ({
  accountId: `id-${code}`,
  code,
  name: 'Account',
  type: 'REVENUE',
  class: 'REVENUE',
  active: true,
  systemAccount: null,
  takesPayments: false,
  currency: null,
  ...more,
});

const reference: XeroReference = {
  organisation: {
    name: 'Demo',
    baseCurrency: 'NZD',
    country: 'NZ',
    lockDate: null,
    shortCode: '!x',
    demo: true,
  },
  mayApproveInvoices: true,
  accounts: [
    account('200'),
    account('090', { type: 'BANK', class: 'ASSET' }),
    account('429', { type: 'EXPENSE', class: 'EXPENSE' }),
    account('860', { type: 'EXPENSE', class: 'EXPENSE', systemAccount: 'ROUNDING' }),
    account('999', { active: false }),
  ],
  taxRates: [
    {
      taxType: 'OUTPUT2',
      name: '15%',
      effectiveRate: '15',
      components: [],
      active: true,
      appliesToRevenue: true,
      appliesToExpenses: false,
    },
    {
      taxType: 'INPUT2',
      name: '15%',
      effectiveRate: '15',
      components: [],
      active: true,
      appliesToRevenue: false,
      appliesToExpenses: true,
    },
  ],
  currencies: ['NZD'],
};

const suggestions = [
  { kind: 'account', key: 'sales', label: 'Sales', value: '200' },
  { kind: 'tax', key: 'none', label: 'No tax', value: null },
  { kind: 'tax', key: 'vat:15', label: 'VAT 15', value: null },
  { kind: 'purchase-tax', key: 'vat:15', label: 'VAT 15 on purchases', value: null },
  { kind: 'payment-mode', key: '1', label: 'Cash', value: null },
  { kind: 'expense-category', key: '3', label: 'Travel', value: null },
].map((mapping) => ({ ...mapping, source: 'suggested', reason: 'it fits' }) as Mapping);

describeWith(['postgres'], 'setting up', () => {
  let database: TestDatabase;
  let xero: Awaited<ReturnType<typeof startXero>>;
  let api: ApiUnderTest;
  let acme: NewOrganization;

  beforeAll(async () => {
    database = await createTestDatabase();
    xero = await startXero();
    api = await startApiUnderTest(database.url, { XERO_IDENTITY_URL: xero.url, XERO_API_URL: xero.url });
    acme = await newOrganization(api);
  });
  afterAll(async () => {
    await api?.close();
    xero?.server.close();
    await database?.drop();
  });

  describe('a Xero connection', () => {
    const app = { clientId: 'ID', clientSecret: 'SECRET' };
    const connect = async (body: unknown) =>
      api.call('post /v1/xero-connections', { key: api.installationKey, body });

    it.each([{ code: 'good', redirectUri: 'https://sync.example.com/cb' }, { refreshToken: 'good' }])(
      'comes of %j',
      async (consent) => {
        const { status, body, text } = await connect({ ...app, ...consent });
        expect(status).toBe(201);
        expect(body).toMatchObject({ items: [{ tenantId: 't-1', tenantName: 'Demo Company' }] });
        expect(text).not.toContain('SECRET');
      },
    );

    it('is refused in plain words if Xero refuses the consent', async () => {
      const answer = await connect({ ...app, refreshToken: 'used-up' });
      expect(answer).toMatchObject({ status: 422, body: { code: 'XERO_REFUSED' } });
    });

    it('names the field that is wrong', async () => {
      const good = { ...app, code: 'good', redirectUri: 'https://sync.example.com/cb' };
      const limit = await connect({ ...good, dayLimit: 2000 });
      expect(limit.body['detail']).toBe('dayLimit (body): must be 1000 or 5000');
      const address = await connect({ ...good, redirectUri: 'sync.example.com' });
      expect(address.body['detail']).toMatch(/^redirectUri \(body\): /);
      expect((await connect({})).body['detail']).toMatch(/^the body: must hold code and redirectUri, or/);
    });

    it.each([
      {},
      app,
      { ...app, code: 'good' },
      { clientId: 'ID', refreshToken: 'good' },
      { refreshToken: 'good' },
    ])('is not made of %j', async (body) => {
      await expect(connect(body)).resolves.toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    });
  });

  describe('what there is to choose from', () => {
    const path = () => `/v1/organizations/${acme.id}/reference`;
    const asked = async () => (await api.service.storage.stores.organizations.copies(acme.id))?.askedAt;

    it('is there as soon as a worker has read it', async () => {
      await expect(api.call(`get ${path()}`, { key: acme.key })).resolves.toMatchObject({
        status: 409,
        body: { code: 'REFERENCE_NOT_READ' },
      });
    });

    it('is read anew on request', async () => {
      const { status, body } = await api.call(`post ${path()}/refresh`, { key: acme.key });
      expect(status).toBe(202);
      expect(await asked()).toEqual(new Date(body['askedAt'] as string));
    });

    it('is of both sides, each with the time at which it was read', async () => {
      const { organizations } = api.service.storage.stores;
      const readAt = new Date();
      const crm = {
        baseCurrency: 'NZD',
        paymentModes: [{ id: '1', name: 'Bank', active: true }],
        expenseCategories: [{ id: '4', name: 'Travel' }],
      };
      const documents = {
        brandingThemes: [{ id: 't', name: 'Plain', isDefault: true }],
        trackingCategories: [],
      };
      const { id } = await newOrganization(api, { name: 'Read Ltd' });
      await organizations.saveReference(id, reference, readAt);
      await organizations.saveCopies(id, {
        crm: { data: crm, readAt },
        documents: { data: documents, readAt },
      });
      const { body } = await api.call(`get /v1/organizations/${id}/reference`, { key: api.installationKey });
      expect(body).toMatchObject({
        readAt: readAt.toISOString(),
        refreshing: false,
        bankAccounts: [{ code: '090' }],
        taxRates: [{ appliesToExpenses: false }, { appliesToExpenses: true }],
        crm: { ...crm, readAt: readAt.toISOString() },
        documents: { brandingThemes: [{ name: 'Plain' }] },
      });
    });

    it('is told to nobody else', async () => {
      const stranger = await newOrganization(api, { name: 'Stranger Ltd' });
      for (const call of [`get ${path()}`, `post ${path()}/refresh`] as const)
        await expect(api.call(call, { key: stranger.key })).resolves.toMatchObject({ status: 404 });
    });
  });

  describe('mappings', () => {
    const path = () => `/v1/organizations/${acme.id}/mappings`;
    const put = async (...items: unknown[]) => api.call(`put ${path()}`, { key: acme.key, body: { items } });

    it('cannot be chosen before the accounts were read', async () => {
      await expect(put({ kind: 'account', key: 'sales', value: '200' })).resolves.toMatchObject({
        status: 409,
        body: { code: 'REFERENCE_NOT_READ' },
      });
    });

    it('can neither be chosen nor confirmed before both sides were read, which would let posting begin unseen', async () => {
      const { mappings, organizations } = api.service.storage.stores;
      await organizations.saveReference(acme.id, reference, new Date());
      const notReady = { status: 409, body: { code: 'MAPPINGS_NOT_READY' } };
      const sales = { kind: 'account', key: 'sales', value: '200' } as const;
      expect(await put(sales)).toMatchObject(notReady);
      expect(await mappings.load(acme.id)).toEqual([]);
      await mappings.save(acme.id, [{ ...sales, label: 'Sales', source: 'confirmed', reason: null }]);
      expect(await api.call(`post ${path()}/confirm`, { key: acme.key })).toMatchObject(notReady);
      expect(await put(sales)).toMatchObject(notReady);
      await mappings.suggest(acme.id, suggestions);
    });

    it('are chosen from what Xero has', async () => {
      const { status, body } = await put(
        { kind: 'account', key: 'sales', value: '200' },
        { kind: 'tax', key: 'vat:15', value: 'OUTPUT2' },
        { kind: 'payment-mode', key: '1', value: 'id-090' },
        { kind: 'account', key: 'expenses', value: '429' },
        { kind: 'expense-category', key: '3', value: '429' },
        { kind: 'purchase-tax', key: 'vat:15', value: 'INPUT2' },
      );
      expect(status).toBe(200);
      expect((body['items'] as unknown[]).length).toBe(7);
      const shown = await api.call(`get /v1/organizations/${acme.id}/reference`, { key: acme.key });
      const codes = (shown.body['accounts'] as { code: string }[]).map(({ code }) => code);
      expect(codes).toEqual(['200', '090', '429', '860', '999']);
    });

    it.each([
      [{ kind: 'account', key: 'sales', value: '12345' }, 'items.0.value'],
      [{ kind: 'account', key: 'sales', value: '999' }, 'items.0.value'],
      [{ kind: 'account', key: 'marketing', value: '200' }, 'items.0.key'],
      [{ kind: 'tax', key: 'nosuchkey', value: 'OUTPUT2' }, 'items.0.key'],
      [{ kind: 'payment-mode', key: 'vat:15', value: 'id-090' }, 'items.0.key'],
      [{ kind: 'purchase-tax', key: 'nosuchkey', value: 'INPUT2' }, 'items.0.key'],
      [{ kind: 'expense-category', key: '1', value: '429' }, 'items.0.key'],
      [{ kind: 'tax', key: 'vat:15', value: 'NOTAX' }, 'items.0.value'],
      [{ kind: 'tax', key: 'vat:15', value: 'INPUT2' }, 'items.0.value'],
      [{ kind: 'payment-mode', key: '1', value: 'id-200' }, 'items.0.value'],
      [{ kind: 'purchase-tax', key: 'vat:15', value: 'OUTPUT2' }, 'items.0.value'],
      [{ kind: 'expense-category', key: '3', value: '090' }, 'items.0.value'],
      [{ kind: 'expense-category', key: '3', value: '999' }, 'items.0.value'],
      [{ kind: 'account', key: 'expenses', value: '860' }, 'items.0.value'],
    ])('refuse %j, naming the field', async (choice, where) => {
      const answer = await put(choice);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'MAPPING_INVALID', errors: [{ path: where }] },
      });
    });

    it('can be chosen for a tax that came up later, as soon as an issue asks for it', async () => {
      const late = { kind: 'tax', key: 'Luxury|12.5', value: 'OUTPUT2' };
      expect(await put(late)).toMatchObject({ status: 400, body: { code: 'MAPPING_INVALID' } });
      await api.service.storage.stores.organizations.pause({
        organizationId: acme.id,
        entity: 'taxes',
        code: 'TAX_NOT_MAPPED',
        meta: { tax: 'Luxury 12.5%', key: late.key },
        probeAt: null,
      });
      const { status, body } = await put(late);
      expect(status).toBe(200);
      expect(body['items']).toContainEqual(
        expect.objectContaining({ key: late.key, label: 'Luxury 12.5%', value: 'OUTPUT2' }),
      );
    });

    it('let posting begin once they are confirmed', async () => {
      const answer = await api.call(`post ${path()}/confirm`, { key: acme.key });
      expect(answer).toMatchObject({ status: 200, body: { confirmedAt: expect.any(String) as string } });
      const { body } = await api.call(`get /v1/organizations/${acme.id}`, { key: acme.key });
      expect(body['mappingsConfirmedAt']).toEqual(answer.body['confirmedAt']);
    });
  });
});
