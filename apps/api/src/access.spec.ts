import { randomUUID } from 'node:crypto';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

interface Tried {
  route: string;
  body?: unknown;
}

/** Every route of an organization, with a body that passes. `{o}` is the organization, `{x}` an id that nothing has. */
const organizationRoutes: Tried[] = [
  { route: 'get /v1/organizations/{o}' },
  { route: 'patch /v1/organizations/{o}/settings', body: { autoSync: false } },
  { route: 'get /v1/organizations/{o}/summary' },
  { route: 'post /v1/organizations/{o}/runs', body: {} },
  { route: 'get /v1/organizations/{o}/runs' },
  { route: 'get /v1/organizations/{o}/records' },
  { route: 'get /v1/organizations/{o}/records/{x}' },
  { route: 'get /v1/organizations/{o}/records/{x}/history' },
  { route: 'post /v1/organizations/{o}/records/{x}/retry' },
  { route: 'post /v1/organizations/{o}/retry', body: {} },
  { route: 'get /v1/organizations/{o}/issues' },
  { route: 'get /v1/organizations/{o}/conflicts' },
  { route: 'post /v1/organizations/{o}/conflicts/{x}', body: { choices: { name: 'crm' } } },
  { route: 'get /v1/organizations/{o}/held-changes' },
  { route: 'post /v1/organizations/{o}/held-changes/confirm' },
  { route: 'get /v1/organizations/{o}/mappings' },
  {
    route: 'put /v1/organizations/{o}/mappings',
    body: { items: [{ kind: 'account', key: 'sales', value: '200' }] },
  },
  { route: 'post /v1/organizations/{o}/mappings/confirm' },
  { route: 'get /v1/organizations/{o}/reference' },
  { route: 'get /v1/organizations/{o}/api-keys' },
  { route: 'post /v1/organizations/{o}/api-keys', body: { kind: 'organization', name: 'another' } },
  { route: 'delete /v1/organizations/{o}/api-keys/{x}' },
];

const installationRoutes: Tried[] = [
  { route: 'post /v1/organizations', body: {} },
  { route: 'get /v1/api-keys' },
  { route: 'post /v1/api-keys', body: { kind: 'installation', name: 'another' } },
  { route: 'delete /v1/api-keys/{x}' },
  { route: 'post /v1/xero-connections', body: {} },
];

const runRoutes: Tried[] = [{ route: 'get /v1/runs/{run}' }, { route: 'post /v1/runs/{run}/cancel' }];

describeWith(['postgres'], 'who may do what', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;
  let acme: NewOrganization;
  let other: NewOrganization;
  let run: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    acme = await newOrganization(api);
    other = await newOrganization(api, { name: 'Other Ltd' });
    const started = await api.call(`post /v1/organizations/${acme.id}/runs`, { key: acme.key, body: {} });
    run = String(started.body['id']);
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  const fill = (route: string) =>
    route.replace('{o}', acme.id).replace('{x}', randomUUID()).replace('{run}', run);
  const all = [
    ...organizationRoutes,
    ...installationRoutes,
    ...runRoutes,
    { route: 'post /v1/events', body: { events: [1] } },
  ];

  it.each(all)(
    '$route answers 401 without a key, and says how to send one',
    async ({ route, body }: Tried) => {
      const answer = await api.call(fill(route), { body });
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(answer.body['detail']).toMatch(/Authorization: Bearer/);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );

  it.each(all)('$route answers 401 to a key that is unknown', async ({ route, body }: Tried) => {
    const answer = await api.call(fill(route), { body, key: 'cxs_wrong' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.body['detail']).toMatch(/unknown or was revoked/);
  });

  it.each([...organizationRoutes, ...installationRoutes, ...runRoutes])(
    "$route answers 403 to a CRM connection's key",
    async ({ route, body }: Tried) => {
      await expect(api.call(fill(route), { body, key: acme.crmKey })).resolves.toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
    },
  );

  it.each(installationRoutes)(
    "$route answers 403 to an organization's key",
    async ({ route, body }: Tried) => {
      await expect(api.call(fill(route), { body, key: acme.key })).resolves.toMatchObject({ status: 403 });
    },
  );

  it.each([...organizationRoutes, ...runRoutes])(
    '$route answers 404 to the key of another organization',
    async ({ route, body }: Tried) => {
      await expect(api.call(fill(route), { body, key: other.key })).resolves.toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    },
  );

  it.each([...organizationRoutes])(
    '$route answers 404 for an organization that is not there',
    async ({ route, body }: Tried) => {
      for (const id of [randomUUID(), 'nonsense', '%00', "'; drop table organization"]) {
        const path = fill(route.replace('{o}', encodeURIComponent(id).replaceAll('%25', '%')));
        await expect(api.call(path, { body, key: api.installationKey })).resolves.toMatchObject({
          status: 404,
        });
      }
    },
  );

  it("lists only what the key's organization is", async () => {
    const own = await api.call('get /v1/organizations', { key: acme.key });
    expect((own.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual([acme.id]);
    const everything = await api.call('get /v1/organizations', { key: api.installationKey });
    expect(everything.body['items']).toHaveLength(2);
  });

  it('never shows the secrets of a connection', async () => {
    const { text } = await api.call(`get /v1/organizations/${acme.id}`, { key: acme.key });
    expect(text).not.toMatch(/crm-secret|apiKey|password/);
  });

  it('knows no key by its name or number of organization once it is revoked', async () => {
    const path = `/v1/organizations/${acme.id}/api-keys`;
    const created = await api.call(`post ${path}`, {
      key: acme.key,
      body: { kind: 'organization', name: 'short-lived' },
    });
    const { id, key } = created.body as { id: string; key: string };
    await expect(api.call('get /v1/organizations', { key })).resolves.toMatchObject({ status: 200 });
    await expect(api.call(`delete ${path}/${id}`, { key: acme.key })).resolves.toMatchObject({ status: 204 });
    await expect(api.call('get /v1/organizations', { key })).resolves.toMatchObject({ status: 401 });
    const listed = await api.call(`get ${path}`, { key: acme.key });
    expect(listed.text).not.toContain(key);
    const names = (listed.body['items'] as { name: string; revokedAt: string | null }[]).filter(
      ({ revokedAt }) => revokedAt,
    );
    expect(names).toMatchObject([{ name: 'short-lived' }]);
  });

  it('does not let a key of one organization revoke one of another', async () => {
    const [foreign] = await api.service.storage.apiKeys.list(other.id);
    const path = `delete /v1/organizations/${acme.id}/api-keys/${foreign?.id}`;
    await expect(api.call(path, { key: acme.key })).resolves.toMatchObject({ status: 404 });
    await expect(api.call('get /v1/organizations', { key: other.key })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('does not let one organization hand out the key of a CRM that it shares', async () => {
    const sharing = await newOrganization(api, {
      name: 'Sharing Ltd',
      crmConnectionId: other.crmConnectionId,
    });
    const body = { kind: 'crm-connection', name: 'crm' };
    const answer = await api.call(`post /v1/organizations/${sharing.id}/api-keys`, {
      key: sharing.key,
      body,
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('sets no cookie on machine routes', async () => {
    const answer = await api.call('get /v1/organizations', { key: acme.key });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('notes in the log which key changed what, in ids alone, and no attempt that failed', async () => {
    const { id, key } = await newOrganization(api, { name: 'Audited Ltd' });
    const before = api.logged().length;
    const at = `/v1/organizations/${id}`;
    const mine = await api.service.storage.apiKeys.identify(key);
    const body = { kind: 'organization', name: 'SECRET NAME' };
    const made = await api.call(`post ${at}/api-keys`, { key, body });
    const keyId = String(made.body['id']);
    await api.call(`delete ${at}/api-keys/${keyId}`, { key });
    await api.call(`post ${at}/retry`, { key, body: {} });
    await api.service.storage.stores.mappings.suggest(id, [
      { kind: 'tax', key: 'none', label: 'No tax', value: null, source: 'suggested', reason: null },
    ]);
    await api.call(`post ${at}/mappings/confirm`, { key });
    const crm = { kind: 'http', baseUrl: 'https://SECRET.example.com', apiKey: 'SECRET' };
    await api.call(`put ${at}/crm`, { key: api.installationKey, body: crm });
    await api.call(`put ${at}/crm`, { key, body: crm });
    await api.call(`delete ${at}/api-keys/${keyId}x`, { key });
    await api.call(`get ${at}/api-keys`, { key });
    const text = api.logged().slice(before);
    const changes = text
      .split('\n')
      .flatMap((line) => (line.includes('"change"') ? [JSON.parse(line) as object] : []));
    const own = { organizationId: id, keyUsedId: mine?.id };
    const route = '/v1/organizations/{organizationId}';
    expect(changes).toMatchObject([
      { ...own, method: 'post', route: `${route}/api-keys`, resultId: keyId },
      { ...own, method: 'delete', route: `${route}/api-keys/{keyId}`, keyId },
      { ...own, method: 'post', route: `${route}/retry` },
      { ...own, method: 'post', route: `${route}/mappings/confirm` },
      { organizationId: id, method: 'put', route: `${route}/crm` },
    ]);
    expect(text).not.toContain('SECRET');
  });

  it('logs neither keys nor names', () => {
    const text = api.logged();
    for (const secret of [api.installationKey, acme.key, acme.crmKey, 'Acme Ltd', 'crm-secret']) {
      expect(text).not.toContain(secret);
    }
  });
});
