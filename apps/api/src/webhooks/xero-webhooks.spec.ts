import { createHmac, randomUUID } from 'node:crypto';
import type { OrganizationView, WebhookCategory } from '@sync/engine';
import { createTestDatabase, describeWith, type TestDatabase, waitUntil } from '@sync/testing';
import { Client } from 'pg';
import { type ApiUnderTest, startApiUnderTest } from '../testing/api-under-test.js';
import type { Answer } from '../testing/http-client.js';
import { newOrganization } from '../testing/new-organization.js';

const KEY = 'the key of the webhooks';
const APP = { XERO_CLIENT_ID: 'CLIENT', XERO_CLIENT_SECRET: 'secret' };

const signatureOf = (body: string, key = KEY) => createHmac('sha256', key).update(body).digest('base64');

const eventFor = (tenantId: string, resourceId: string, more: Record<string, unknown> = {}) => ({
  resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${resourceId}`,
  resourceId,
  tenantId,
  tenantType: 'ORGANISATION',
  eventCategory: 'INVOICE',
  eventType: 'UPDATE',
  eventDateUtc: '2026-11-20T01:02:03.456',
  ...more,
});

/** Spaced as nobody's JSON writer does it: whoever checks a body that was parsed finds another signature. */
const bodyOf = (...events: unknown[]) =>
  `{ "events" : ${JSON.stringify(events)},  "firstEventSequence":1, "lastEventSequence":1, "entropy":"ABC" }`;

describeWith(['postgres'], 'POST /webhooks/xero', () => {
  let database: TestDatabase;
  let sql: Client;
  let api: ApiUnderTest;
  let acme: OrganizationView;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    api = await startApiUnderTest(database.url, { ...APP, XERO_WEBHOOK_KEY: KEY });
    const { id } = await newOrganization(api);
    const { body } = await api.call(`get /v1/organizations/${id}`, { key: api.installationKey });
    acme = body as unknown as OrganizationView;
  });
  afterAll(async () => {
    await api?.close();
    await sql?.end();
    await database?.drop();
  });

  const post = (raw: string, signature: string | undefined = signatureOf(raw)): Promise<Answer> =>
    api.call('post /webhooks/xero', { raw, headers: { 'x-xero-signature': signature } });
  const told = (...events: unknown[]) => post(bodyOf(...events));
  /** Takes what is in the inbox, and counts how often each was told of. */
  const inbox = async (category: WebhookCategory = 'INVOICE') => {
    const { rows } = await sql.query<{ resource_id: string; received: number }>(
      'delete from xero_webhook where connection_id = $1 and category = $2 returning resource_id, received',
      [acme.xero.connectionId, category],
    );
    return Object.fromEntries(rows.map(({ resource_id: id, received }) => [id, received]));
  };

  it('answers 200 without a body or a cookie, once what was told is in the inbox', async () => {
    const id = randomUUID();
    const answer = await told(eventFor(acme.xero.tenantId, id));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await inbox()).toEqual({ [id]: 1 });
  });

  it('shows the intent to receive: 200 to what is rightly signed and tells of nothing, else 401', async () => {
    expect((await told()).status).toBe(200);
    expect((await post(bodyOf(), signatureOf(bodyOf(), 'another key'))).status).toBe(401);
  });

  it.each([
    ['altered after it was signed', (body: string) => [body.replace('UPDATE', 'CREATE'), signatureOf(body)]],
    ['only formatted anew', (body: string) => [JSON.stringify(JSON.parse(body)), signatureOf(body)]],
    ['signed with another key', (body: string) => [body, signatureOf(body, 'another')]],
    ['signed with nothing', (body: string) => [body, '']],
    ['empty', (body: string) => ['', signatureOf(body)]],
  ] as const)('answers 401 to a body that is %s, and stores nothing', async (_, change) => {
    const id = randomUUID();
    const [raw = '', signature = ''] = change(bodyOf(eventFor(acme.xero.tenantId, id)));
    const answer = await post(raw, signature);
    expect(answer).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED' } });
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await inbox()).toEqual({});
  });

  it('answers 401 to a request without any signature', async () => {
    const raw = bodyOf(eventFor(acme.xero.tenantId, randomUUID()));
    await expect(api.call('post /webhooks/xero', { raw })).resolves.toMatchObject({ status: 401 });
  });

  it('keeps a record once, however often it is told of', async () => {
    const id = randomUUID();
    const event = eventFor(acme.xero.tenantId, id);
    expect((await told(event, event)).status).toBe(200);
    expect((await told(event)).status).toBe(200);
    expect(await inbox()).toEqual({ [id]: 2 });
  });

  it('passes over organisations that nobody connected, and takes the others of the same request', async () => {
    const id = randomUUID();
    const answer = await told(eventFor(randomUUID(), randomUUID()), eventFor(acme.xero.tenantId, id));
    expect(answer.status).toBe(200);
    expect(await inbox()).toEqual({ [id]: 1 });
  });

  it('passes over events in another form, and says how many', async () => {
    const id = randomUUID();
    const odd = { eventCategory: 'SUBSCRIPTION', tenantType: 'APPLICATION' };
    expect((await told(odd, eventFor(acme.xero.tenantId, id))).status).toBe(200);
    expect(await inbox()).toEqual({ [id]: 1 });
    expect(api.logged()).toMatch(/"count":1,"msg":"webhook: events in a form/);
  });

  it.each(['no json', '[]', '{"events":null}'])('answers 400 to "%s", signed as it is', async (raw) => {
    await expect(post(raw)).resolves.toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('answers 413 above 1 MB, whoever signed it', async () => {
    const answer = await post(`{"events":[]${' '.repeat(1024 * 1024)}}`);
    expect(answer).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  });

  it('counts nobody out, unlike the machine routes', async () => {
    expect((await told()).headers.get('ratelimit')).toBeNull();
    const { headers } = await api.call('get /v1/organizations', { key: api.installationKey });
    expect(headers.get('ratelimit')).not.toBeNull();
  });

  it('answers 5xx if what was told could not be stored, so that Xero tells it again', async () => {
    const id = randomUUID();
    const raw = bodyOf(eventFor(acme.xero.tenantId, id));
    await sql.query('alter table xero_webhook rename to away');
    const answer = await post(raw);
    await sql.query('alter table away rename to xero_webhook');
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect((await post(raw)).status).toBe(200);
    expect(await inbox()).toEqual({ [id]: 1 });
  });

  it('rings for what is to be read', async () => {
    await api.service.storage.stores.mappings.confirm(acme.id, new Date());
    await told(eventFor(acme.xero.tenantId, randomUUID(), { eventCategory: 'CONTACT' }));
    const queue = api.service.queueBackend.queue('customers');
    const [job] = await waitUntil(
      async () => {
        const jobs = await queue.getJobs(['prioritized', 'waiting']);
        return jobs.length > 0 ? jobs : undefined;
      },
      { what: 'a ring of the customers' },
    );
    expect(job?.data).toEqual({ v: 1, organizationId: acme.id });
  });

  it('logs no key', () => {
    expect(api.logged()).not.toContain(KEY);
  });

  it('takes nothing but a post', async () => {
    await expect(api.call('get /webhooks/xero')).resolves.toMatchObject({ status: 404 });
  });

  it.each([
    ['the key', { ...APP }],
    ['the app', { XERO_WEBHOOK_KEY: KEY }],
  ])('answers 404 while %s is not set, and says what to set', async (_, environment) => {
    const without = await startApiUnderTest(database.url, environment);
    const raw = bodyOf();
    const answer = await without.call('post /webhooks/xero', {
      raw,
      headers: { 'x-xero-signature': signatureOf(raw, '') },
    });
    await without.close();
    expect(answer).toMatchObject({ status: 404, body: { code: 'WEBHOOKS_NOT_SET_UP' } });
    expect(answer.body['detail']).toContain('XERO_WEBHOOK_KEY');
  });
});
