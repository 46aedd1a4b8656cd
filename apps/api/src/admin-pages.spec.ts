import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { newOrganization } from './testing/new-organization.js';

/** Every kind of route that Bull Board has. */
const boardReads = [
  '/queues/api/queues',
  '/queues/api/queues/invoices/1',
  '/queues/api/queues/invoices/1/logs',
  '/queues/api/redis/stats',
  '/queues/api/job-schedulers',
  '/queues/static/js/x.js',
];
const boardChanges = [
  'put /queues/api/queues/invoices/1/retry',
  'put /queues/api/queues/invoices/retry/failed',
  'put /queues/api/queues/invoices/1/promote',
  'put /queues/api/queues/invoices/1/clean',
  'put /queues/api/queues/invoices/clean/completed',
  'put /queues/api/queues/invoices/pause',
  'put /queues/api/queues/pause',
];
const boardForbidden = [
  'post /queues/api/queues/invoices/add',
  'patch /queues/api/queues/invoices/1/update-data',
  'patch /queues/api/queues/invoices/1/delay',
  'patch /queues/api/queues/invoices/1/priority',
  'patch /queues/api/queues/invoices/job-schedulers/1',
  'put /queues/api/queues/invoices/job-schedulers/1/run',
  'put /queues/api/queues/invoices/job-schedulers/1/remove',
  'put /queues/api/queues/invoices/obliterate',
  'put /queues/api/queues/invoices/empty',
  'put /queues/api/queues/invoices/concurrency',
];

describeWith(['postgres'], 'the pages of the admin', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  async function loginForm() {
    const { text, headers } = await api.call('get /login?next=/queues');
    const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    return { token, cookie };
  }

  async function submit(fields: Record<string, string>, headers: Record<string, string>) {
    const raw = new URLSearchParams(fields).toString();
    return api.call('post /login', {
      raw,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  async function login(
    next = '/queues',
  ): Promise<{ cookie: string; location: string | null; attributes: string }> {
    const { token, cookie } = await loginForm();
    const answer = await submit({ token, ...api.admin, next }, { cookie });
    expect(answer.status).toBe(303);
    const set = answer.headers.get('set-cookie') ?? '';
    return { cookie: set.split(';')[0] ?? '', location: answer.headers.get('location'), attributes: set };
  }

  it('Bull Board leads strangers to the login', async () => {
    const answer = await api.call('get /queues');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/login?next=%2Fqueues');
  });

  it.each(boardReads)('get %s shows strangers nothing', async (path) => {
    const answer = await api.call(`get ${path}`);
    expect([302, 401]).toContain(answer.status);
  });

  it.each([...boardChanges, ...boardForbidden])('%s is refused to strangers', async (request) => {
    await expect(api.call(request)).resolves.toMatchObject({ status: 401 });
  });

  it('an API key does not open Bull Board', async () => {
    await expect(api.call('get /queues/api/queues', { key: api.installationKey })).resolves.toMatchObject({
      status: 401,
    });
  });

  it('the admin sees every queue, and can have a job retried', async () => {
    const { cookie, location } = await login();
    expect(location).toBe('/queues');
    const { status, body } = await api.call('get /queues/api/queues', { headers: { cookie } });
    expect(status).toBe(200);
    expect((body['queues'] as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'taxes',
        'customers',
        'items',
        'invoices',
        'payments',
        'sweeps',
        'maintenance',
      ]),
    );
    const retried = await api.call('put /queues/api/queues/invoices/retry/failed', { headers: { cookie } });
    expect(retried.status).toBe(200);
  });

  it.each(boardForbidden)('%s is off even for the admin', async (request) => {
    const { cookie } = await login();
    await expect(api.call(request, { headers: { cookie } })).resolves.toMatchObject({
      status: 403,
      body: { code: 'ACTION_OFF' },
    });
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('what another site makes a browser send is refused: %j', async (from) => {
    const { cookie } = await login();
    for (const request of ['put /queues/api/queues/invoices/retry/failed', 'post /logout', 'post /login']) {
      const answer = await api.call(request, { headers: { cookie, ...(from as Record<string, string>) } });
      expect(answer).toMatchObject({ status: 403, body: { code: 'CROSS_SITE' } });
    }
    await expect(api.call('get /queues/api/queues', { headers: { cookie } })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('takes what its own pages send', async () => {
    const { cookie } = await login();
    for (const from of [{ 'sec-fetch-site': 'same-origin' }, { origin: api.base }]) {
      const headers = { cookie, ...(from as Record<string, string>) };
      await expect(
        api.call('put /queues/api/queues/invoices/retry/failed', { headers }),
      ).resolves.toMatchObject({
        status: 200,
      });
    }
  });

  it('a login without the token of the form is refused', async () => {
    const { token, cookie } = await loginForm();
    const forged = await submit({ token: 'a.b', ...api.admin }, { cookie: 'form-token=a.b' });
    expect(forged.status).toBe(403);
    await expect(submit({ token, ...api.admin }, {})).resolves.toMatchObject({ status: 403 });
    await expect(submit({ ...api.admin }, { cookie })).resolves.toMatchObject({ status: 403 });
  });

  it('a session gets a new id at login, and a cookie that scripts and other sites cannot use', async () => {
    const first = await login();
    const { token, cookie } = await loginForm();
    const again = await submit({ token, ...api.admin }, { cookie: `${first.cookie}; ${cookie}` });
    expect(again.headers.get('set-cookie')).not.toContain(first.cookie);
    await expect(
      api.call('get /queues/api/queues', { headers: { cookie: first.cookie } }),
    ).resolves.toMatchObject({
      status: 401,
    });
    expect(first.attributes).toMatch(/HttpOnly/);
    expect(first.attributes).toMatch(/SameSite=Lax/);
  });

  it('strangers who look at the login leave no session behind', async () => {
    const { headers } = await api.call('get /login');
    expect(headers.get('set-cookie')).not.toMatch(/session=/);
  });

  it('logging out ends the session', async () => {
    const { cookie } = await login();
    await expect(api.call('post /logout', { headers: { cookie } })).resolves.toMatchObject({ status: 303 });
    await expect(api.call('get /queues/api/queues', { headers: { cookie } })).resolves.toMatchObject({
      status: 401,
    });
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'never leads from the login to %s',
    async (next) => {
      await expect(login(next)).resolves.toMatchObject({ location: '/queues' });
    },
  );

  it('the link of a record tells strangers nothing', async () => {
    const acme = await newOrganization(api);
    const hints = [{ entity: 'invoices' as const, crmId: 'secret-17' }];
    await api.service.storage.stores.hints.hint({ organizationId: acme.id, lane: 'event', hints });
    const listed = await api.call(`get /v1/organizations/${acme.id}/records`, { key: acme.key });
    const [record] = listed.body['items'] as { id: string }[];
    for (const id of [record?.id, '00000000-0000-4000-8000-000000000000', 'nonsense']) {
      const answer = await api.call(`get /r/${id}`);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(`/r/${id}`)}`);
    }
    const { cookie } = await login();
    const known = await api.call(`get /r/${record?.id}`, { headers: { cookie } });
    expect(known).toMatchObject({ status: 200, text: expect.stringContaining('secret-17') as string });
    await expect(api.call('get /r/nonsense', { headers: { cookie } })).resolves.toMatchObject({
      status: 404,
    });
  });

  it('guessing passwords is slowed down', async () => {
    const { token, cookie } = await loginForm();
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const answer = await submit({ token, email: api.admin.email, password: `wrong ${i}` }, { cookie });
      statuses.push(answer.status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });
});

describeWith(['postgres'], 'over https', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url, { PUBLIC_URL: 'https://sync.example.com' });
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  it('cookies are Secure, and browsers are told to stay with https', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const form = await api.call('get /login', { headers });
    expect(form.headers.get('set-cookie')).toMatch(/Secure/);
    expect(form.headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
    const token = /name="token" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
    const cookie = form.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await api.call('post /login', {
      raw: new URLSearchParams({ token, ...api.admin }).toString(),
      headers: {
        ...headers,
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://sync.example.com',
      },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-session=.*Secure/);
  });
});
