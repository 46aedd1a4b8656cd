import { randomUUID } from 'node:crypto';
import type { IssueCode } from '@sync/domain';
import { createTestDatabase, describeWith, type TestDatabase, waitUntil } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization, newXeroConnection } from './testing/new-organization.js';

describeWith(['postgres'], 'an organization', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;
  let acme: NewOrganization;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    acme = await newOrganization(api);
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  const create = async (body: unknown) =>
    api.call('post /v1/organizations', { key: api.installationKey, body });
  const crm = { kind: 'http', baseUrl: 'https://crm.example.com', apiKey: 'k' };
  const perfex = { kind: 'perfex', host: 'db.example.com', user: 'u', password: 'p', database: 'crm' };
  const standStill = (organizationId: string, code: IssueCode = 'CRM_UNREACHABLE') =>
    api.service.storage.stores.organizations.pause({
      organizationId,
      entity: null,
      code,
      meta: {},
      probeAt: null,
    });
  const pausesOf = (id: string) => api.service.storage.stores.organizations.pauses(id);

  it('binds a CRM to a Xero connection, with defaults, nothing confirmed', async () => {
    const { status, body } = await create({
      name: 'Perfex Ltd',
      crm: { kind: 'perfex', host: 'db.example.com', user: 'reader', password: 'p', database: 'crm' },
      xero: { connectionId: await newXeroConnection(api) },
      settings: { allowedCents: 3 },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Perfex Ltd',
      crm: { kind: 'perfex' },
      settings: { allowedCents: 3 },
      mappingsConfirmedAt: null,
    });
  });

  it.each([
    ['no name', { crm, xero: { connectionId: '00000000-0000-4000-8000-000000000000' } }, 'name'],
    ['a CRM of another kind', { name: 'A', crm: { kind: 'fax' }, xero: {} }, 'crm'],
    ['an address that is none', { name: 'A', crm: { ...crm, baseUrl: 'ftp://x' }, xero: {} }, 'crm'],
    ['unknown settings', { name: 'A', crm, xero: {}, settings: { turbo: true } }, 'settings'],
  ])('is refused with %s', async (_, body, field) => {
    const answer = await create(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(JSON.stringify(answer.body['errors'])).toContain(field);
  });

  it.each(['xero', 'crm'])('is refused with a %s connection that is not there', async (side) => {
    const connectionId = '00000000-0000-4000-8000-000000000000';
    const xeroSide = side === 'xero' ? { connectionId } : { connectionId: await newXeroConnection(api) };
    const answer = await create({
      name: 'A',
      crm: side === 'crm' ? { connectionId } : crm,
      xero: xeroSide,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'NOT_CONNECTED' } });
  });

  it('has a Xero organisation to itself, or everything would be posted twice', async () => {
    const connectionId = await newXeroConnection(api);
    const body = { name: 'First Ltd', crm, xero: { connectionId } };
    const answers = await Promise.all([create(body), create(body), create(body)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const id = String(answers.find(({ status }) => status === 201)?.body['id']);
    const { body: refused } = await create({ ...body, name: 'Second Ltd' });
    expect(refused).toMatchObject({ code: 'TENANT_TAKEN' });
    expect(refused['detail']).toContain(`PUT /v1/organizations/${id}/crm`);
    expect(refused['detail']).toContain(`PATCH /v1/organizations/${id}/settings`);
  });

  it('has its Xero organisation to itself through every app that reaches it', async () => {
    const tenantId = randomUUID();
    const through = async (clientId: string) => ({
      name: 'A',
      crm,
      xero: { connectionId: await newXeroConnection(api, { clientId, tenantId }) },
    });
    expect((await create(await through('ONE'))).status).toBe(201);
    expect(await create(await through('ANOTHER'))).toMatchObject({
      status: 409,
      body: { code: 'TENANT_TAKEN' },
    });
  });

  it('does not share a Perfex connection, whose memory of changes is one', async () => {
    const { id } = await newOrganization(api);
    const before = await api.call(`put /v1/organizations/${id}/crm`, {
      key: api.installationKey,
      body: perfex,
    });
    const { connectionId } = before.body['crm'] as { connectionId: string };
    const body = { name: 'A', crm: { connectionId }, xero: { connectionId: await newXeroConnection(api) } };
    expect(await create(body)).toMatchObject({ status: 409, body: { code: 'CRM_NOT_SHARED' } });
  });

  it('cannot be confirmed before there is anything to review', async () => {
    const { id, key } = await newOrganization(api);
    const answer = await api.call(`post /v1/organizations/${id}/mappings/confirm`, { key });
    expect(answer).toMatchObject({ status: 409, body: { code: 'MAPPINGS_NOT_READY' } });
  });

  it('reaches its CRM another way once that is corrected', async () => {
    const path = `put /v1/organizations/${acme.id}/crm`;
    await standStill(acme.id);
    const body = { kind: 'http', baseUrl: 'https://crm2.example.com/sync', apiKey: 'CANARY' };
    const { status, body: changed, text } = await api.call(path, { key: api.installationKey, body });
    expect(status).toBe(200);
    expect(changed).toMatchObject({ crm: { kind: 'http', address: 'https://crm2.example.com/sync' } });
    expect(text).not.toContain('CANARY');
    expect(await pausesOf(acme.id)).toEqual([]);
    expect((await api.call(path, { key: acme.key, body })).status).toBe(403);
  });

  it('stands still while its CRM may be another one, until somebody says that it is the right one', async () => {
    const { id, key } = await newOrganization(api);
    for (const code of ['CRM_REPLACED', 'CRM_ADDRESS_REFUSED'] as const) await standStill(id, code);
    await api.call(`put /v1/organizations/${id}/crm`, { key: api.installationKey, body: crm });
    expect((await pausesOf(id)).map(({ code }) => code)).toEqual(['CRM_REPLACED']);
    await api.call(`post /v1/organizations/${id}/retry`, { key, body: { code: 'CRM_REPLACED' } });
    expect(await pausesOf(id)).toEqual([]);
  });

  it('goes on with everybody who shares its CRM once that is corrected', async () => {
    const first = await newOrganization(api);
    const second = await newOrganization(api, { name: 'B', crmConnectionId: first.crmConnectionId });
    for (const { id } of [first, second]) await standStill(id);
    const path = `put /v1/organizations/${first.id}/crm`;
    expect((await api.call(path, { key: api.installationKey, body: crm })).status).toBe(200);
    expect(await Promise.all([first, second].map(({ id }) => pausesOf(id)))).toEqual([[], []]);
    const rung = async () => {
      const jobs = await api.service.queueBackend.queue('maintenance').getJobs();
      const ids = jobs.map(({ data }) => (data as { organizationId: string }).organizationId);
      return [first, second].every(({ id }) => ids.includes(id)) || undefined;
    };
    await waitUntil(rung, { what: 'both to be read anew' });
  });

  it('takes a CRM of another kind until records are linked to the one it has', async () => {
    const { id, crmKey } = await newOrganization(api);
    const path = `put /v1/organizations/${id}/crm`;
    const put = async (body: unknown) => api.call(path, { key: api.installationKey, body });
    expect(await put(perfex)).toMatchObject({ status: 200, body: { crm: { kind: 'perfex' } } });
    expect(await put(crm)).toMatchObject({ status: 200, body: { crm: { kind: 'http' } } });
    const event = {
      id: 'e',
      entity: 'items',
      recordId: '1',
      action: 'created',
      occurredAt: '2026-01-01T00:00:00Z',
    };
    expect((await api.call('post /v1/events', { key: crmKey, body: { events: [event] } })).status).toBe(202);
    const refused = await put(perfex);
    expect(refused).toMatchObject({ status: 409, body: { code: 'OTHER_KIND' } });
    expect(refused.body['detail']).toContain('another Xero organisation');
  });

  it('changes the settings that are named and leaves the others', async () => {
    const path = `patch /v1/organizations/${acme.id}/settings`;
    await api.call(path, { key: acme.key, body: { invoiceStatus: 'DRAFT' } });
    const { body } = await api.call(path, { key: acme.key, body: { allowedCents: 9 } });
    expect(body).toMatchObject({ settings: { invoiceStatus: 'DRAFT', allowedCents: 9 } });
  });

  it('takes as what expenses are booked, where that flows into Xero', async () => {
    const path = `patch /v1/organizations/${acme.id}/settings`;
    const change = (body: object) => api.call(path, { key: acme.key, body });
    const chosen = { expensesAsByMode: { '7': 'bill' }, expensesAsByCategory: { '2': 'spend-money' } };
    expect((await change({ ...chosen, expensesAs: 'spend-money' })).body).toMatchObject({ settings: chosen });
    expect((await change({ expensesAsByMode: {} })).body).toMatchObject({
      settings: { ...chosen, expensesAsByMode: {} },
    });
    await change({ directions: { bills: 'off' } });
    const refused = await change({ expensesAs: 'bill' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(refused.body['detail']).toContain('directions.bills');
    const nowhere = await change({
      expensesAs: 'bill',
      directions: { bills: 'to-xero', expenses: 'to-crm' },
    });
    expect(nowhere.body['detail']).toContain('directions.expenses');
    const both = { expensesAs: 'bill', directions: { bills: 'to-xero', expenses: 'two-way' } };
    expect((await change(both)).status).toBe(200);
    expect((await change({ directions: { bills: 'off' } })).status).toBe(400);
    expect((await change({ expensesAs: 'spend-money', directions: { bills: 'off' } })).status).toBe(200);
  });

  it('changes the direction of the entities that are named, and of no other', async () => {
    const path = `patch /v1/organizations/${acme.id}/settings`;
    await api.call(path, { key: acme.key, body: { directions: { customers: 'two-way' } } });
    const { body } = await api.call(path, {
      key: acme.key,
      body: { directions: { vendors: 'off' }, writeBack: true },
    });
    expect(body).toMatchObject({
      settings: {
        directions: { customers: 'two-way', vendors: 'off', invoices: 'two-way', payments: 'to-xero' },
        writeBack: true,
        conflicts: 'ask',
        goneFromCrm: 'ask',
        goneFromXero: 'ask',
        fallbackSupplier: 'Sundry suppliers',
      },
    });
  });

  it.each([
    { allowedCents: -1 },
    { directions: { unicorns: 'to-xero' } },
    { directions: { items: 'sideways' } },
    { entities: ['items'] },
    { conflicts: 'coin' },
    { fallbackSupplier: ' ' },
    { autoSync: 'yes' },
    { expensesAs: 'cheque' },
    { expensesAsByMode: { '1': 'cheque' } },
    { expensesAsByCategory: ['bill'] },
    { directions: { bills: 'two-way' } },
    { directions: { 'bill-payments': 'to-crm' } },
  ])('refuses the settings %j', async (body) => {
    const path = `patch /v1/organizations/${acme.id}/settings`;
    await expect(api.call(path, { key: acme.key, body })).resolves.toMatchObject({ status: 400 });
  });
});
