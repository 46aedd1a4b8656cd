import { randomUUID } from 'node:crypto';
import type { CrmConnectionConfig } from '@sync/engine';
import { createTestDatabase, type TestDatabase, waitUntil } from '@sync/testing';
import { Client } from 'pg';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

const http: CrmConnectionConfig = {
  kind: 'http',
  baseUrl: 'https://crm.example/api',
  apiKey: 'k',
  allowPrivateAddresses: false,
};
const perfex: CrmConnectionConfig = {
  kind: 'perfex',
  host: 'db.example',
  port: 3306,
  user: 'reader',
  password: 'p',
  database: 'crm',
  prefix: 'tbl',
  allowPrivateAddresses: false,
};

describe('who may be connected to what', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    bench = await openBench(database.url);
  });
  afterEach(() => bench.close());

  const create = async (crm: CrmConnectionConfig | { connectionId: string }, connectionId?: string) =>
    bench.storage.admin.createOrganization({
      name: 'Acme Ltd',
      crm,
      xero: { connectionId: connectionId ?? (await bench.connect()) },
      settings: {},
    });
  const outcomes = (settled: readonly PromiseSettledResult<unknown>[]) =>
    settled
      .map((each) => (each.status === 'fulfilled' ? 'made' : (each.reason as { rule: string }).rule))
      .toSorted((a, b) => a.localeCompare(b));

  /** Begins several at once, and tells how they ended: nothing is stored before all have come as far as they can. */
  const together = async (count: number, begin: () => Promise<unknown>) => {
    const gate = new Client({ connectionString: database.url });
    await gate.connect();
    await gate.query('begin; lock table organization in share mode');
    const tries = Promise.allSettled(Array.from({ length: count }, begin));
    const waiting = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await waitUntil(async () => (await bench.query(waiting))[0]?.['n'] === count || undefined, {
      what: 'all to wait',
    });
    await gate.query('commit');
    await gate.end();
    return tries;
  };

  describe('a Xero organisation', () => {
    it('has one organization, though several are made at the same moment', async () => {
      const connectionId = await bench.connect();
      const tries = await together(3, () => create(http, connectionId));
      expect(outcomes(tries)).toEqual(['made', 'TENANT_TAKEN', 'TENANT_TAKEN']);
    });

    it('has one organization, through whichever app it is reached', async () => {
      const tenantId = randomUUID();
      const first = await create(http, await bench.connect({ tenantId, clientId: 'one' }));
      const other = await bench.connect({ tenantId, clientId: 'another' });
      await expect(create(http, other)).rejects.toMatchObject({
        rule: 'TENANT_TAKEN',
        holder: { id: first.id, name: 'Acme Ltd' },
      });
    });
  });

  describe('a CRM connection', () => {
    it('is shared by organizations if it speaks the contract', async () => {
      const { crm } = await create(http);
      expect(outcomes(await Promise.allSettled([create(crm), create(crm)]))).toEqual(['made', 'made']);
    });

    it('of Perfex serves one organization', async () => {
      const { id, crm } = await create(perfex);
      await expect(create(crm)).rejects.toMatchObject({ rule: 'CRM_NOT_SHARED', holder: { id } });
    });

    it('does not become one of Perfex while somebody begins to share it', async () => {
      const { id, crm } = await create(http);
      const acts = [() => create(crm), () => bench.storage.admin.changeCrm(id, perfex)];
      const tries = await together(2, () => acts.pop()?.() ?? Promise.reject(new Error('no act left')));
      expect(outcomes(tries)).toEqual(['CRM_NOT_SHARED', 'made']);
    });
  });

  describe('the kind of a CRM', () => {
    it('stays once a record is linked to it', async () => {
      const { admin } = bench.storage;
      await bench.hint('items', ['1']);
      await expect(admin.changeCrm(bench.organizationId, perfex)).rejects.toMatchObject({
        rule: 'OTHER_KIND',
        holder: { id: bench.organizationId },
      });
      expect(await admin.crmConfig(bench.crmConnectionId)).toMatchObject({ kind: 'http' });
      await admin.changeCrm(bench.organizationId, { ...http, apiKey: 'another' });
      expect(await admin.crmConfig(bench.crmConnectionId)).toMatchObject({ apiKey: 'another' });
    });

    it('can change before that, and then everything that the other one told is forgotten', async () => {
      const { admin, stores } = bench.storage;
      const { organizationId, crmConnectionId, clock } = bench;
      const mode = {
        kind: 'payment-mode',
        key: '1',
        label: 'Cash',
        value: 'a',
        source: 'suggested',
      } as const;
      await stores.mappings.suggest(organizationId, [{ ...mode, reason: 'the first one' }]);
      await stores.mappings.confirm(organizationId, clock.now());
      const sweep = { organizationId, entity: 'items', holder: 'spec' } as const;
      const checkpoint = await stores.sweeps.begin({ ...sweep, ttlMs: 60_000 });
      if (checkpoint === null) throw new Error('nobody else sweeps');
      const page = { checkpoint, holder: 'spec', ttlMs: 60_000, hints: [], changed: true, runId: null };
      await stores.sweeps.page({ ...page, cursor: 'of the other CRM' });
      const lists = { baseCurrency: 'USD', paymentModes: [], expenseCategories: [] };
      const copy = { data: lists, readAt: clock.now() };
      await stores.organizations.saveCopies(organizationId, { crm: copy });
      const fingerprints = bench.storage.fingerprints(crmConnectionId);
      const records = [{ recordId: '1', bucket: 0, hash: 'h' }];
      const none = { removedRecords: [], removedBuckets: [] };
      await fingerprints.save('items', { buckets: [{ bucket: 0, hash: 'h' }], records, ...none });
      expect(await admin.changeCrm(organizationId, perfex)).toMatchObject({
        crm: { kind: 'perfex' },
        mappingsConfirmedAt: null,
      });
      expect(await stores.mappings.load(organizationId)).toEqual([]);
      expect(await stores.organizations.copies(organizationId)).toMatchObject({ crm: null });
      expect(await stores.sweeps.begin({ ...sweep, holder: 'next', ttlMs: 1 })).toMatchObject({
        cursor: null,
      });
      expect((await fingerprints.buckets('items')).size).toBe(0);
      expect((await fingerprints.records('items', [0])).size).toBe(0);
    });
  });
});
