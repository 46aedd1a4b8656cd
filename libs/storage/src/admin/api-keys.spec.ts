import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench } from '../testing/bench.js';

describe('API keys', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
  });

  afterAll(async () => {
    await database.drop();
  });

  beforeEach(async () => {
    bench = await openBench(database.url);
  });

  afterEach(async () => {
    await bench.close();
  });

  const create = () =>
    bench.storage.apiKeys.create({ kind: 'organization', name: 'ci', organizationId: bench.organizationId });

  it('have 256 random bits and are nowhere in the database', async () => {
    const { key } = await create();
    expect(key).toMatch(/^cxs_[\w-]{43}$/);
    const [row] = await bench.query(
      'select row_to_json(k)::text as text from api_key k order by created_at desc',
    );
    expect(row?.['text']).not.toContain(key.slice(4));
  });

  it('say whose they are, until they are revoked', async () => {
    const { apiKeys } = bench.storage;
    const { id, key } = await create();
    const identity = {
      id,
      kind: 'organization',
      organizationId: bench.organizationId,
      crmConnectionId: null,
    };
    expect(await apiKeys.identify(key)).toEqual(identity);
    expect(await apiKeys.identify(`${key}x`)).toBeNull();
    expect(await apiKeys.revoke(id, bench.organizationId)).toBe(true);
    expect(await apiKeys.identify(key)).toBeNull();
  });

  it('are revoked and listed within their organization only', async () => {
    const { apiKeys } = bench.storage;
    const { id } = await create();
    const stranger = await bench.another();
    expect(await apiKeys.revoke(id, stranger.id)).toBe(false);
    expect(await apiKeys.revoke('no id', null)).toBe(false);
    expect(await apiKeys.list(stranger.id)).toEqual([]);
    expect(only(await apiKeys.list(bench.organizationId))).toMatchObject({ id, name: 'ci', revokedAt: null });
  });

  it('note their use, at most once a minute', async () => {
    const { apiKeys } = bench.storage;
    const { key } = await create();
    const lastUsedAt = async () => only(await apiKeys.list(bench.organizationId)).lastUsedAt;
    expect(await lastUsedAt()).toBeNull();
    const first = bench.clock.now();
    await apiKeys.identify(key);
    bench.clock.advance(59_000);
    await apiKeys.identify(key);
    expect(await lastUsedAt()).toEqual(first);
    bench.clock.advance(2000);
    await apiKeys.identify(key);
    expect(await lastUsedAt()).toEqual(bench.clock.now());
  });

  it('that are given stay known across starts, and stay revoked', async () => {
    const { apiKeys } = bench.storage;
    const request = {
      kind: 'installation',
      name: 'standalone',
      key: 'cxs_kept-by-the-installation',
    } as const;
    await apiKeys.ensure(request);
    await apiKeys.ensure(request);
    const identity = await apiKeys.identify(request.key);
    expect(identity).toMatchObject({ kind: 'installation', organizationId: null });
    await apiKeys.revoke(identity?.id ?? '', null);
    await apiKeys.ensure(request);
    expect(await apiKeys.identify(request.key)).toBeNull();
  });
});
