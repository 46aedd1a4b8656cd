import { ENTITIES } from '@sync/domain';
import { randomUUID } from 'node:crypto';
import type { IssueCode } from '@sync/domain';
import type { CursorPage } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written } from '../testing/bench.js';

describe('what the API reads and changes', () => {
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

  const everything = { entity: null, status: null, text: null, cursor: null, limit: 50 } as const;
  const records = (change: object = {}) =>
    bench.storage.admin.records({ organizationId: bench.organizationId, ...everything, ...change });
  const settled = async (crmIds: string[]) => {
    await bench.hint('items', crmIds);
    const claimed = await bench.claim('items', { limit: 200 });
    await bench.settle(claimed.map((operation) => written(operation, `x-${operation.binding.crmId}`)));
    return claimed;
  };
  const allPages = async <Item>(read: (cursor: string | null) => Promise<CursorPage<Item>>) => {
    const pages: Item[][] = [];
    for (let cursor: string | null = null; ; ) {
      const page: CursorPage<Item> = await read(cursor);
      pages.push(page.items);
      if (page.nextCursor === null) return pages;
      cursor = page.nextCursor;
    }
  };

  it('gives each of many records of one moment once, page by page', async () => {
    await settled(Array.from({ length: 95 }, (_, n) => String(n)));
    const pages = await allPages((cursor) => records({ cursor, limit: 10 }));
    expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(95);
  });

  it('never shows a record twice when it changes while somebody pages', async () => {
    await settled(Array.from({ length: 30 }, (_, n) => String(n)));
    const first = await records({ limit: 10 });
    bench.clock.advance(1000);
    await settled([first.items[0]?.crmId ?? '', '29']);
    const rest = await allPages((cursor) => records({ cursor: cursor ?? first.nextCursor, limit: 10 }));
    const shown = [...first.items, ...rest.flat()].map(({ id }) => id);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('finds records by text as it stands, by entity and by status', async () => {
    await settled(['1', '100%', 'a_b']);
    await bench.hint('taxes', ['100%']);
    const found = async (change: object) =>
      (await records(change)).items.map(({ entity, crmId }) => `${entity} ${crmId}`);
    expect(await found({ text: '0%' })).toEqual(expect.arrayContaining(['items 100%', 'taxes 100%']));
    expect(await found({ text: 'A_B' })).toEqual(['items a_b']);
    expect(await found({ text: 'LABEL OF x-1', entity: 'items' })).toHaveLength(2);
    expect(await found({ status: 'pending' })).toEqual(['taxes 100%']);
    expect(await found({ text: '\0' })).toEqual([]);
  });

  it('refuses a cursor that it did not give', async () => {
    const forged = ['x', '', Buffer.from('2026-01-01T00:00:00Z x').toString('base64url')];
    for (const cursor of forged)
      await expect(records({ cursor })).rejects.toMatchObject({ kind: 'validation' });
  });

  it('gives nothing of an organization to another, nor to ids that are none', async () => {
    const [operation] = await settled(['1']);
    const recordId = operation?.binding.id ?? '';
    const { admin, stores } = bench.storage;
    const stranger = await bench.another();
    const runId = await stores.runs.create({
      organizationId: bench.organizationId,
      entities: [],
      mode: 'full',
    });
    const page = { cursor: null, limit: 5 };
    const anyIssue = { open: true, code: null, scope: null, entity: null };
    expect(await admin.record(stranger.id, recordId)).toBeNull();
    expect(await admin.history({ organizationId: stranger.id, recordId, ...page })).toBeNull();
    expect(await admin.run(stranger.id, runId)).toBeNull();
    expect((await admin.records({ organizationId: stranger.id, ...everything })).items).toEqual([]);
    for (const id of ['', 'x', `${recordId}'`]) {
      expect(await admin.record(bench.organizationId, id)).toBeNull();
      expect(await admin.binding(id)).toBeNull();
      expect(await admin.run(null, id)).toBeNull();
      expect(await admin.organization(id)).toBeNull();
      expect(await admin.updateSettings(id, {})).toBeNull();
      const issues = await admin.issues({
        organizationId: bench.organizationId,
        recordId: id,
        ...anyIssue,
        ...page,
      });
      expect(issues.items).toEqual([]);
    }
    expect(await admin.binding(recordId)).toMatchObject({
      organizationId: bench.organizationId,
      xeroId: 'x-1',
    });
  });

  it('counts every status of every entity, zeros included', async () => {
    await settled(['1', '2']);
    const summary = await bench.storage.admin.summary(bench.organizationId);
    expect(summary.items).toEqual({ pending: 0, waiting: 0, synced: 2, parked: 0, failed: 0, excluded: 0 });
    expect(Object.keys(summary)).toEqual(ENTITIES);
  });

  it('changes only the settings that are named, and refuses impossible ones', async () => {
    const { admin } = bench.storage;
    await Promise.all([
      admin.updateSettings(bench.organizationId, { allowedCents: 9 }),
      admin.updateSettings(bench.organizationId, { createTaxRates: true }),
    ]);
    const view = await admin.organization(bench.organizationId);
    expect(view?.settings).toMatchObject({
      allowedCents: 9,
      createTaxRates: true,
      invoiceStatus: 'AUTHORISED',
      lockedDates: 'block',
    });
    await expect(admin.updateSettings(bench.organizationId, { sweepEverySeconds: 0 })).rejects.toThrow();
  });

  it('shows an address of the CRM without its secrets, and keeps the configuration as given', async () => {
    const { admin } = bench.storage;
    const perfex = {
      kind: 'perfex',
      host: 'db.example',
      port: 3306,
      user: 'reader',
      password: 'pass-word',
      database: 'crm',
      prefix: 'tbl',
      allowPrivateAddresses: true,
    } as const;
    const view = await admin.createOrganization({
      name: 'Perfex Ltd',
      crm: perfex,
      xero: { connectionId: await bench.connect() },
      settings: { autoSync: false },
    });
    expect(view.crm).toMatchObject({ kind: 'perfex', address: 'db.example:3306/crm' });
    expect(await admin.crmConfig(view.crm.connectionId)).toEqual(perfex);
    expect(await admin.organizationsOfCrm(view.crm.connectionId)).toEqual([
      { id: view.id, name: 'Perfex Ltd' },
    ]);
    const mended = { ...perfex, prefix: 'crm_' };
    expect(await admin.changeCrm(view.id, mended)).toMatchObject({ crm: view.crm });
    expect(await admin.crmConfig(view.crm.connectionId)).toEqual(mended);
    expect(await admin.changeCrm('00000000-0000-4000-8000-000000000000', mended)).toBeNull();
  });

  it('keeps the connection of a tenant that is connected again, and lets what stood still go on', async () => {
    const { admin, stores } = bench.storage;
    const { organizationId } = bench;
    const before = await stores.organizations.load(organizationId);
    if (before === null) throw new Error('the organization is there');
    const stop = { organizationId, entity: null, code: 'NEEDS_RECONNECT', meta: {}, probeAt: null } as const;
    await stores.organizations.pause(stop);
    const tenant = { tenantName: 'Renamed', xeroConnectionId: randomUUID() };
    const connected = await admin.connectXero({
      clientId: before.xeroConnection.clientId,
      clientSecret: 'new secret',
      tokens: { accessToken: 'a2', refreshToken: 'r2', accessExpiresAt: bench.clock.now() },
      tenants: [{ tenantId: before.xeroConnection.tenantId, ...tenant }],
      dayLimit: 1000,
    });
    expect(only(connected).connectionId).toBe(bench.connectionId);
    expect(await stores.organizations.pauses(organizationId)).toEqual([]);
    const after = await stores.organizations.load(organizationId);
    expect(after?.xeroConnection).toMatchObject({
      id: bench.connectionId,
      tenantName: 'Renamed',
      dayLimit: 1000,
    });
    await expect(bench.storage.tokenVault.read(before.xeroConnection.authorizationId)).rejects.toThrow(
      'connect Xero',
    );
  });

  it('tells which choices open issues ask for, each once, under the name that people know', async () => {
    const { admin } = bench.storage;
    await bench.hint('taxes', ['1', '2', '3', '4']);
    await bench.hint('expenses', ['1']);
    await bench.hint('payments', ['1', '2']);
    const metas = [
      { tax: 'VAT 20%', key: 'VAT|20' },
      { tax: 'VAT 20%', key: 'VAT|20' },
      { tax: 'GST 5%', key: 'GST|5' },
      { tax: 'GST 5% on purchases', key: 'GST|5', kind: 'purchase' },
    ];
    const taxes = await bench.claim('taxes');
    const parked = { kind: 'parked', label: null } as const;
    const park = (operation: (typeof taxes)[number], code: IssueCode, meta: Record<string, string>) =>
      bench.settle([{ ...parked, operation, code, meta }]);
    for (const [n, operation] of taxes.entries()) await park(operation, 'TAX_NOT_MAPPED', metas[n] ?? {});
    for (const operation of await bench.claim('expenses'))
      await park(operation, 'EXPENSE_CATEGORY_NOT_MAPPED', { category: 'Travel', key: '7' });
    const [first, second] = await bench.claim('payments');
    if (!first || !second) throw new Error('two payments were claimed');
    await park(first, 'PAYMENT_MODE_NOT_MAPPED', { mode: 'paypal' });
    await park(second, 'RECORD_INVALID', { mode: 'none of these' });
    expect(await admin.wantedMappings(bench.organizationId)).toEqual([
      { kind: 'expense-category', key: '7', label: 'Travel' },
      { kind: 'payment-mode', key: 'paypal', label: 'paypal' },
      { kind: 'purchase-tax', key: 'GST|5', label: 'GST 5% on purchases' },
      { kind: 'tax', key: 'GST|5', label: 'GST 5%' },
      { kind: 'tax', key: 'VAT|20', label: 'VAT 20%' },
    ]);
    await bench.storage.stores.hints.redriveParked(bench.organizationId, ['TAX_NOT_MAPPED']);
    await bench.settle((await bench.claim('taxes')).map((operation, n) => written(operation, `x-${n}`)));
    expect((await admin.wantedMappings(bench.organizationId)).map(({ key }) => key)).toEqual(['7', 'paypal']);
    expect(await admin.wantedMappings((await bench.another()).id)).toEqual([]);
    expect(await admin.wantedMappings('x')).toEqual([]);
  });

  it('pages through organizations, runs and issues', async () => {
    const { admin, stores } = bench.storage;
    const { organizationId } = bench;
    for (let n = 0; n < 3; n += 1)
      await stores.runs.create({ organizationId, entities: ['items'], mode: 'full' });
    const runs = await allPages((cursor) => admin.runs({ organizationId, cursor, limit: 2 }));
    expect(runs.map((page) => page.length)).toEqual([2, 1]);
    const organizations = await allPages((cursor) => admin.organizations({ cursor, limit: 1 }));
    expect(organizations.flat().map(({ id }) => id)).toContain(organizationId);
    await bench.hint('items', ['1', '2', '3']);
    const parked = { kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null } as const;
    await bench.settle((await bench.claim('items')).map((operation) => ({ operation, ...parked })));
    const filter = {
      open: true,
      code: parked.code,
      scope: 'record',
      entity: 'items',
      recordId: null,
    } as const;
    const issues = await allPages((cursor) => admin.issues({ organizationId, ...filter, cursor, limit: 2 }));
    expect(issues.map((page) => page.length)).toEqual([2, 1]);
  });
});
