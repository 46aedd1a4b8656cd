import { randomUUID } from 'node:crypto';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { Client } from 'pg';
import { type ApiUnderTest, startApiUnderTest } from './testing/api-under-test.js';
import { type NewOrganization, newOrganization } from './testing/new-organization.js';

interface Conflict {
  recordId: string;
  entity: string;
  crmId: string;
  version: string;
  fields: { field: string; crm: unknown; xero: unknown; choice: string | null }[];
}

describeWith(['postgres'], 'conflicts and held changes', () => {
  let database: TestDatabase;
  let sql: Client;
  let api: ApiUnderTest;
  let acme: NewOrganization;
  let other: NewOrganization;
  let at: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startApiUnderTest(database.url);
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    acme = await newOrganization(api);
    other = await newOrganization(api, { name: 'Other Ltd' });
    at = `/v1/organizations/${acme.id}`;
    for (const [n, crmId] of ['a', 'b', 'c'].entries()) await differ(crmId, n);
  });
  afterAll(async () => {
    await sql?.end();
    await api?.close();
    await database?.drop();
  });

  /** A customer that both sides renamed and gave another phone number. */
  const differ = async (crmId: string, minute: number) => {
    const { hints } = api.service.storage.stores;
    await hints.hint({
      organizationId: acme.id,
      lane: 'backfill',
      hints: [{ entity: 'customers', crmId }],
    });
    await sql.query(
      `insert into conflict (organization_id, binding_id, field, crm_value, xero_value, crm_seen_at, xero_updated_at, opened_at)
       select b.organization_id, b.id, f, to_jsonb(f || ' in the CRM'), to_jsonb(f || ' in Xero'), $3, $3, $3
       from binding b, unnest(array['name', 'phone']) as f where b.organization_id = $1 and b.crm_id = $2`,
      [acme.id, crmId, new Date(Date.UTC(2026, 10, 20, 10, minute))],
    );
  };
  const get = (path: string, key = acme.key) => api.call(`get ${path}`, { key });
  const conflicts = async (query = '') =>
    (await get(`${at}/conflicts${query}`)).body as unknown as {
      items: Conflict[];
      nextCursor: string | null;
    };
  const conflictOf = async (crmId: string) => {
    const found = (await conflicts()).items.find((one) => one.crmId === crmId);
    if (!found) throw new Error(`${crmId} has no conflict`);
    return found;
  };
  const choose = (recordId: string, body: unknown, { id, key } = acme) =>
    api.call(`post /v1/organizations/${id}/conflicts/${recordId}`, { key, body });

  it('show both values of each field, and when each side changed', async () => {
    const conflict = await conflictOf('a');
    expect(conflict).toMatchObject({
      entity: 'customers',
      openedAt: '2026-11-20T10:00:00.000Z',
      xeroId: null,
    });
    expect(conflict.fields[0]).toEqual({
      field: 'name',
      crm: 'name in the CRM',
      xero: 'name in Xero',
      crmSeenAt: '2026-11-20T10:00:00.000Z',
      xeroUpdatedAt: '2026-11-20T10:00:00.000Z',
      choice: null,
    });
  });

  it('page by cursor, the oldest first', async () => {
    const first = await conflicts('?limit=2');
    const second = await conflicts(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ crmId }) => crmId)).toEqual(['a', 'b', 'c']);
    expect(second.nextCursor).toBeNull();
    await expect(get(`${at}/conflicts?cursor=nonsense`)).resolves.toMatchObject({ status: 400 });
  });

  it('take a choice for each field, keep the earlier ones, and make the record due at once', async () => {
    const { recordId, version } = await conflictOf('a');
    await sql.query(`delete from sync_operation where binding_id = $1`, [recordId]);
    const first = await choose(recordId, { choices: { name: 'crm' }, version });
    expect(first.status).toBe(202);
    expect((await conflictOf('a')).fields.map(({ choice }) => choice)).toEqual(['crm', null]);
    const second = await choose(recordId, { choices: { phone: 'xero' }, version });
    const fields = second.body['fields'] as Conflict['fields'];
    expect(fields.map(({ field, choice }) => [field, choice])).toEqual([
      ['name', 'crm'],
      ['phone', 'xero'],
    ]);
    expect((await conflicts()).items.map(({ crmId }) => crmId)).toEqual(['b', 'c']);
    const due = await sql.query(`select lane, state from sync_operation where binding_id = $1`, [recordId]);
    expect(due.rows).toEqual([{ lane: 'event', state: 'due' }]);
  });

  it('take no choice between values that are no longer those that were shown', async () => {
    const { recordId, version } = await conflictOf('b');
    await sql.query(
      `update conflict set xero_value = '"once more"' where binding_id = $1 and field = 'phone'`,
      [recordId],
    );
    const stale = await choose(recordId, { choices: { phone: 'crm' }, version });
    expect(stale).toMatchObject({ status: 409, body: { code: 'CONFLICT_CHANGED' } });
    const fresh = await conflictOf('b');
    expect(fresh.fields.map(({ choice }) => choice)).toEqual([null, null]);
    await expect(
      choose(recordId, { choices: { phone: 'crm' }, version: fresh.version }),
    ).resolves.toMatchObject({ status: 202 });
  });

  it.each([
    [{ choices: { fax: 'crm' } }, /fax.*name, phone/],
    [{ choices: { name: 'both' } }, /name/],
    [{ choices: {} }, /must name a field/],
    [{ choices: { name: 'crm' }, version: '7' }, /version/],
    [{}, /choices/],
  ])('refuse %j, and choose nothing', async (body, detail) => {
    const { recordId } = await conflictOf('c');
    const answer = await choose(recordId, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body['detail']).toMatch(detail);
    expect((await conflictOf('c')).fields.map(({ choice }) => choice)).toEqual([null, null]);
  });

  it('of another organization, or of a record that has none, do not exist', async () => {
    const { recordId } = await conflictOf('c');
    const body = { choices: { name: 'crm' } };
    await expect(choose(recordId, body, other)).resolves.toMatchObject({ status: 404 });
    expect((await get(`/v1/organizations/${other.id}/conflicts`, other.key)).body['items']).toEqual([]);
    await api.service.storage.stores.hints.hint({
      organizationId: acme.id,
      lane: 'backfill',
      hints: [{ entity: 'items', crmId: 'plain' }],
    });
    const { body: page } = await get(`${at}/records?entity=items`);
    const [plain] = page['items'] as { id: string }[];
    await expect(choose(plain?.id ?? '', body)).resolves.toMatchObject({ status: 404 });
  });

  /** As a drain leaves what the brake holds. */
  const park = async (bindingIds: readonly string[]) => {
    await sql.query(
      `insert into issue (organization_id, code, scope, severity, entity, binding_id, meta, first_seen_at, last_seen_at)
       select b.organization_id, 'MASS_CHANGE_HELD', 'record', 'blocking', b.entity, b.id, '{}', now(), now()
       from binding b where b.id = any ($1::uuid[])`,
      [bindingIds],
    );
    await sql.query(`update sync_operation set state = 'parked' where binding_id = any ($1::uuid[])`, [
      bindingIds,
    ]);
  };

  it('records whose change is held are listed by name, page by page, until somebody says that it is meant', async () => {
    const { brake } = api.service.storage.stores;
    const { rows } = await sql.query<{ id: string; crm_id: string }>(
      `select id, crm_id from binding where organization_id = $1 and entity = 'customers' order by crm_id`,
      [acme.id],
    );
    const changes = Array.from({ length: 25 }, (_, n) => ({
      bindingId: rows[n]?.id ?? randomUUID(),
      effect: n === 0 ? ('void-in-xero' as const) : ('change-in-crm' as const),
    }));
    expect(await brake.pass(acme.id, 'customers', changes)).toEqual({ open: false, count: 25 });
    await park(changes.map(({ bindingId }) => bindingId));
    const page = async (query: string, { id, key } = acme) =>
      (await get(`/v1/organizations/${id}/held-changes/records${query}`, key)).body as unknown as {
        items: { crmId: string; effect: string; entity: string }[];
        nextCursor: string | null;
      };
    const first = await page('?limit=2&entity=customers');
    const second = await page(`?limit=2&cursor=${first.nextCursor}`);
    const found = new Map([...first.items, ...second.items].map(({ crmId, effect }) => [crmId, effect]));
    expect([...found.keys()].toSorted()).toEqual(['a', 'b', 'c']);
    expect([found.get('a'), found.get('b')]).toEqual(['void-in-xero', 'change-in-crm']);
    expect(second.nextCursor).toBeNull();
    expect((await page('?entity=invoices')).items).toEqual([]);
    expect((await page('', other)).items).toEqual([]);
    await api.call(`post ${at}/held-changes/confirm`, { key: acme.key });
    expect((await page('')).items).toEqual([]);
    await sql.query('delete from brake_release where organization_id = $1', [acme.id]);
  });

  it('changes that are held are listed until somebody says that they are meant', async () => {
    const { brake, hints } = api.service.storage.stores;
    const organizationId = acme.id;
    const crmIds = Array.from({ length: 21 }, (_, n) => `held-${n}`);
    const entity = 'invoices' as const;
    await hints.hint({ organizationId, lane: 'backfill', hints: crmIds.map((crmId) => ({ entity, crmId })) });
    const { rows } = await sql.query<{ id: string }>(
      `select id from binding where organization_id = $1 and entity = $2 and crm_id = any ($3)`,
      [organizationId, entity, crmIds],
    );
    const effect = 'change-in-xero' as const;
    await brake.pass(
      organizationId,
      entity,
      rows.map(({ id }) => ({ bindingId: id, effect })),
    );
    await park(rows.map(({ id }) => id));
    const before = await get(`${at}/held-changes`);
    expect(before.body['items']).toMatchObject([{ entity: 'invoices', count: 21 }]);
    expect((await get(`/v1/organizations/${other.id}/held-changes`, other.key)).body['items']).toEqual([]);
    const confirm = (organization = acme) =>
      api.call(`post /v1/organizations/${organization.id}/held-changes/confirm`, { key: organization.key });
    await expect(confirm(other)).resolves.toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    await expect(confirm()).resolves.toMatchObject({ status: 202, body: before.body });
    expect((await get(`${at}/held-changes`)).body['items']).toEqual([]);
    const due = await sql.query<{ state: string }>(
      'select distinct state from sync_operation where binding_id = any ($1::uuid[])',
      [rows.map(({ id }) => id)],
    );
    expect(due.rows).toEqual([{ state: 'due' }]);
    await expect(confirm()).resolves.toMatchObject({ status: 409 });
  });
});
