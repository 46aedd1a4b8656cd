import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

interface Page {
  items: { id: string; crmId: string; entity: string; status: string }[];
  nextCursor: string | null;
}

describeWith(['postgres'], 'records, runs, issues', () => {
  let database: TestDatabase;
  let api: ApiUnderTest;
  let acme: NewOrganization;
  let at: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    acme = await newOrganization(api);
    at = `/v1/organizations/${acme.id}`;
    const hints = Array.from({ length: 25 }, (_, i) => ({ entity: 'invoices' as const, crmId: `inv-${i}` }));
    await api.service.storage.stores.hints.hint({
      organizationId: acme.id,
      lane: 'backfill',
      hints: [...hints, { entity: 'customers', crmId: 'cust-1' }],
    });
  });
  afterAll(async () => {
    await api?.close();
    await database?.drop();
  });

  const get = async (path: string) => api.call(`get ${path}`, { key: acme.key });
  const page = async (query: string) => (await get(`${at}/records?${query}`)).body as unknown as Page;

  it('page by cursor: every record once, none left out', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const next: Page = await page(`entity=invoices&limit=10${query}`);
      ids.push(...next.items.map(({ crmId }) => crmId));
      cursor = next.nextCursor;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBe(3);
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
  });

  it('are filtered by entity, status and text', async () => {
    expect((await page('entity=customers')).items).toMatchObject([{ crmId: 'cust-1', entity: 'customers' }]);
    expect((await page('status=synced')).items).toEqual([]);
    expect((await page('status=pending&limit=200')).items).toHaveLength(26);
    expect((await page('text=inv-24')).items).toMatchObject([{ crmId: 'inv-24' }]);
    expect((await page('text=%25')).items).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=ten',
    'entity=unicorns',
    'status=lost',
    'unknown=1',
    'cursor=nonsense',
    'text=',
  ])('refuse %s with 400', async (query) => {
    const answer = await get(`${at}/records?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body['detail']).toContain(query.split('=')[0]);
  });

  it('a record can be read, with its history, and retried', async () => {
    const [record] = (await page('text=cust-1')).items;
    await expect(get(`${at}/records/${record?.id}`)).resolves.toMatchObject({
      status: 200,
      body: { crmId: 'cust-1' },
    });
    await expect(get(`${at}/records/${record?.id}/history`)).resolves.toMatchObject({
      status: 200,
      body: { items: expect.any(Array) as unknown[], nextCursor: null },
    });
    await expect(
      api.call(`post ${at}/records/${record?.id}/retry`, { key: acme.key }),
    ).resolves.toMatchObject({
      status: 202,
      body: { redriven: 1 },
    });
  });

  it('summary counts by entity and status', async () => {
    const { body } = await get(`${at}/summary`);
    expect(body['entities']).toMatchObject({
      invoices: { pending: 25, synced: 0 },
      customers: { pending: 1 },
      payments: { pending: 0 },
    });
  });

  it('retry takes a code, a filter or a list, and nothing else', async () => {
    const retry = async (body: unknown) => api.call(`post ${at}/retry`, { key: acme.key, body });
    await expect(retry({ status: 'parked' })).resolves.toMatchObject({ status: 202, body: { redriven: 0 } });
    await expect(retry({ code: 'TAX_NOT_MAPPED' })).resolves.toMatchObject({ status: 202 });
    await expect(retry({ recordIds: [acme.id], entity: 'items' })).resolves.toMatchObject({ status: 400 });
  });

  it.each([
    [{ code: 'NO_SUCH_CODE' }, /^code \(body\): /],
    [{ status: 'synced' }, /^status \(body\): /],
    [{ recordIds: ['x'] }, /^recordIds\.0 \(body\): /],
    [{ entity: 'unicorns' }, /^entity \(body\): /],
    [{ code: 'TAX_NOT_MAPPED', status: 'parked' }, /^the body: must hold a code, recordIds, or a status/],
  ])('a retry of %j is refused, naming what is wrong', async (body, expected) => {
    const answer = await api.call(`post ${at}/retry`, { key: acme.key, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body['detail']).toMatch(expected);
  });

  it('issues can be listed by code, scope and entity', async () => {
    const answer = await get(`${at}/issues?code=TAX_NOT_MAPPED&scope=mapping&entity=invoices&open=true`);
    expect(answer).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    await expect(get(`${at}/issues?code=NO_SUCH_CODE`)).resolves.toMatchObject({ status: 400 });
  });

  it('a run is started, listed, read and cancelled', async () => {
    const started = await api.call(`post ${at}/runs`, {
      key: acme.key,
      body: { entities: ['invoices'], mode: 'full' },
    });
    expect(started.status).toBe(202);
    const id = String(started.body['id']);
    await expect(get(`/v1/runs/${id}`)).resolves.toMatchObject({
      status: 200,
      body: { id, organizationId: acme.id, mode: 'full', status: 'queued' },
    });
    const listed = (await get(`${at}/runs`)).body as unknown as Page;
    expect(listed.items.map((run) => run.id)).toContain(id);
    await expect(api.call(`post /v1/runs/${id}/cancel`, { key: acme.key })).resolves.toMatchObject({
      status: 200,
      body: { status: 'cancelled' },
    });
    await expect(api.call(`post /v1/runs/${id}/cancel`, { key: acme.key })).resolves.toMatchObject({
      status: 409,
    });
  });

  it.each([
    [{ mode: 'sideways' }, 'INVALID_REQUEST'],
    [{ entities: [] }, 'INVALID_REQUEST'],
    [{ entities: ['unicorns'] }, 'INVALID_REQUEST'],
    [{ speed: 'fast' }, 'INVALID_REQUEST'],
    [{ dryRun: true }, 'DRY_RUN_NOT_AVAILABLE'],
  ])('a run of %j is refused', async (body, code) => {
    await expect(api.call(`post ${at}/runs`, { key: acme.key, body })).resolves.toMatchObject({
      status: 400,
      body: { code },
    });
  });
});
