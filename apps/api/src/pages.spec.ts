import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { createApi } from './create-api.js';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { newOrganization } from './testing/new-organization.js';

interface Operation {
  security?: unknown;
  responses: Record<string, unknown>;
}

/** Express keeps what it serves in its router; a route that is not described would be found here. */
function servedBy(router: unknown): string[] {
  const layers = (
    router as { stack: { route?: { path: string; methods: Record<string, boolean> }; handle: unknown }[] }
  ).stack;
  return layers.flatMap(({ route, handle }) => {
    if (route) return Object.keys(route.methods).map((method) => `${method} ${route.path}`);
    return typeof handle === 'function' && 'stack' in handle ? servedBy(handle) : [];
  });
}

describeWith(['postgres'], 'open pages', () => {
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

  it('/ says what runs and leads to /docs and /queues', async () => {
    const { status, text } = await api.call('get /');
    expect(status).toBe(200);
    expect(text).toMatch(/href="\/docs"/);
    expect(text).toMatch(/href="\/queues"/);
  });

  it('/openapi.json describes exactly the routes for machines that are served', async () => {
    const { body } = await api.call('get /openapi.json');
    const paths = body['paths'] as Record<string, Record<string, Operation>>;
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = servedBy(createApi(api.dependencies).router).filter((route) =>
      / \/(v1|webhooks)\//.test(route),
    );
    expect(served.length).toBeGreaterThan(20);
    expect(new Set(described)).toEqual(new Set(served));
  });

  it('/openapi.json is whole: every reference leads somewhere, every operation has an id, answers and a key', async () => {
    const { body, text } = await api.call('get /openapi.json');
    expect(body['openapi']).toBe('3.1.0');
    const { schemas } = body['components'] as { schemas: Record<string, unknown> };
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(referred.length).toBeGreaterThan(20);
    expect(referred.filter((name) => !(name in schemas))).toEqual([]);
    const paths = body['paths'] as Record<string, Record<string, Operation & { operationId: string }>>;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, security, responses } of operations) {
      expect(security).toEqual([path.startsWith('/v1/') ? { apiKey: [] } : { xeroSignature: [] }]);
      expect(Object.keys(responses)).toEqual([expect.stringMatching(/^20\d$/), 'default']);
    }
  });

  it('/docs brings everything itself', async () => {
    const { status, text } = await api.call('get /docs');
    expect(status).toBe(200);
    const sources = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources).toHaveLength(3);
    for (const source of sources) {
      await expect(api.call(`get ${source}`)).resolves.toMatchObject({ status: 200 });
    }
    await expect(api.call('get /docs/package.json')).resolves.toMatchObject({ status: 404 });
  });

  it.each(['/', '/docs', '/login', '/healthz', '/v1/organizations'])(
    '%s carries the security headers',
    async (path) => {
      const { headers } = await api.call(`get ${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('health and readiness are open and say little', async () => {
    await expect(api.call('get /healthz')).resolves.toMatchObject({ status: 200, body: { status: 'ok' } });
    await expect(api.call('get /readyz')).resolves.toMatchObject({
      status: 200,
      body: { status: 'ready', database: 'ok', queues: 'ok' },
    });
  });

  it('figures are for this machine, or for the installation key', async () => {
    await expect(api.call('get /metrics')).resolves.toMatchObject({
      status: 200,
      text: expect.stringContaining('sync_http_request_seconds') as string,
    });
    const acme = await newOrganization(api);
    const fromAfar = { 'x-forwarded-for': '203.0.113.7' };
    await expect(api.call('get /metrics', { headers: fromAfar })).resolves.toMatchObject({ status: 401 });
    await expect(api.call('get /metrics', { headers: fromAfar, key: acme.key })).resolves.toMatchObject({
      status: 403,
    });
    const key = api.installationKey;
    await expect(api.call('get /metrics', { headers: fromAfar, key })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('an address that is not there is a problem document', async () => {
    const answer = await api.call('get /nowhere');
    expect(answer).toMatchObject({
      status: 404,
      body: { type: 'about:blank', status: 404, code: 'NOT_FOUND' },
    });
    expect(answer.body['correlationId']).toBe(answer.headers.get('x-correlation-id'));
  });
});
