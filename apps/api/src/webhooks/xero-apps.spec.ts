import { createHmac, randomUUID } from 'node:crypto';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { Client } from 'pg';
import { type ApiUnderTest, startApiUnderTest } from '../testing/api-under-test.js';
import type { Answer } from '../testing/http-client.js';
import { newOrganization, newXeroConnection } from '../testing/new-organization.js';

const ONE = { clientId: 'ONE', webhookKey: 'the key of the first app' };
const OTHER = { clientId: 'OTHER', webhookKey: 'the key of the second app' };

const signatureOf = (body: string, key: string) => createHmac('sha256', key).update(body).digest('base64');

const bodyOf = (tenantId: string, resourceId: string) =>
  JSON.stringify({
    events: [
      {
        resourceId,
        tenantId,
        tenantType: 'ORGANISATION',
        eventCategory: 'INVOICE',
        eventType: 'UPDATE',
        eventDateUtc: '2026-11-20T01:02:03.456',
      },
    ],
  });

describeWith(['postgres'], 'POST /webhooks/xero/{appId}', () => {
  let database: TestDatabase;
  let sql: Client;
  let api: ApiUnderTest;
  const tenantId = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    api = await startApiUnderTest(database.url);
    for (const { clientId } of [ONE, OTHER]) await newXeroConnection(api, { clientId, tenantId });
  });
  afterAll(async () => {
    await api?.close();
    await sql?.end();
    await database?.drop();
  });

  const keep = async (body: object): Promise<string> => {
    const answer = await api.call('post /v1/xero-apps', { key: api.installationKey, body });
    expect(answer.status).toBe(201);
    return String(answer.body['webhookPath']);
  };
  const post = (path: string, raw: string, key: string): Promise<Answer> =>
    api.call(`post ${path}`, { raw, headers: { 'x-xero-signature': signatureOf(raw, key) } });
  /** Takes what is in the inbox, by the app that told it. */
  const inbox = async () => {
    const { rows } = await sql.query<{ client_id: string; resource_id: string }>(
      `with told as (delete from xero_webhook returning connection_id, resource_id)
       select x.client_id, t.resource_id from told t join xero_connection x on x.id = t.connection_id`,
    );
    return rows;
  };

  it('takes what is signed with the key of its app, for the organisations of that app', async () => {
    for (const app of [ONE, OTHER]) {
      const id = randomUUID();
      const answer = await post(await keep(app), bodyOf(tenantId, id), app.webhookKey);
      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(await inbox()).toEqual([{ client_id: app.clientId, resource_id: id }]);
    }
  });

  it('shows the intent to receive: 200 to what is rightly signed and tells of nothing, else 401', async () => {
    const path = await keep(ONE);
    expect((await post(path, '{"events":[]}', ONE.webhookKey)).status).toBe(200);
    expect((await post(path, '{"events":[]}', 'another')).status).toBe(401);
  });

  it('refuses the key of another app, and stores nothing', async () => {
    const path = await keep(ONE);
    await keep(OTHER);
    const answer = await post(path, bodyOf(tenantId, randomUUID()), OTHER.webhookKey);
    expect(answer).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED' } });
    expect(await inbox()).toEqual([]);
  });

  it('takes the bytes that came, not what they mean', async () => {
    const path = await keep(ONE);
    const body = bodyOf(tenantId, randomUUID());
    const raw = JSON.stringify(JSON.parse(body), null, 1);
    const answer = await api.call(`post ${path}`, {
      raw,
      headers: { 'x-xero-signature': signatureOf(body, ONE.webhookKey) },
    });
    expect(answer.status).toBe(401);
  });

  it('keeps its address when its key is replaced, and the old key is worth nothing', async () => {
    const path = await keep(ONE);
    expect(await keep({ ...ONE, webhookKey: 'a new key' })).toBe(path);
    expect((await post(path, '{"events":[]}', ONE.webhookKey)).status).toBe(401);
    expect((await post(path, '{"events":[]}', 'a new key')).status).toBe(200);
  });

  it.each([randomUUID(), 'default', '1'])('answers as any address where nothing is: %s', async (appId) => {
    const { correlationId: _, ...unknown } = (await post(`/webhooks/xero/${appId}`, '{}', 'any')).body;
    const { correlationId: __, ...nothing } = (await post('/nothing/here', '{}', 'any')).body;
    expect(unknown).toEqual(nothing);
    expect(unknown).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('keeps the key sealed, and neither shows nor logs it', async () => {
    await keep(OTHER);
    const { rows } = await sql.query<{ webhook_key: string }>('select webhook_key from xero_app');
    expect(rows.map(({ webhook_key: sealed }) => sealed).join()).not.toContain(OTHER.webhookKey);
    const { text } = await api.call('get /v1/xero-apps', { key: api.installationKey });
    expect(text).toContain(OTHER.clientId);
    expect(text + api.logged()).not.toContain(OTHER.webhookKey);
  });

  it('is for the installation to set up', async () => {
    const { key } = await newOrganization(api);
    const answer = await api.call('post /v1/xero-apps', { key, body: ONE });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await api.call('get /v1/xero-apps', { key })).status).toBe(403);
  });
});
