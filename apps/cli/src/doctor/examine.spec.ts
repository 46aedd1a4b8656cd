import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createDatabaseClock } from '@sync/composition';
import type { XeroReference } from '@sync/engine';
import { DEFAULT_APP, type RunningSandbox, SAMPLE_CRM_KEY, startSandbox } from '@sync/sandbox';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import {
  createTestDatabase,
  describeWith,
  freePort,
  redisTestUrl,
  spawnNode,
  type TestDatabase,
} from '@sync/testing';

const main = resolve(__dirname, '../../dist/main.js');
const key = randomBytes(32);

/** What Xero would have told of a chart of accounts. */
const reference: XeroReference = {
  organisation: {
    name: 'Acme Ltd',
    baseCurrency: 'USD',
    country: 'US',
    lockDate: null,
    shortCode: null,
    demo: false,
  },
  mayApproveInvoices: true,
  accounts: [],
  taxRates: [],
  currencies: ['USD'],
};

async function run(environment: Record<string, string>) {
  const empty = { DATABASE_URL: '', REDIS_URL: '', ENCRYPTION_KEYS: '', PUBLIC_URL: '', XERO_CLIENT_ID: '' };
  const child = spawnNode(main, { args: ['doctor'], env: { ...empty, ...environment } });
  const { code } = await child.exited;
  return { code, output: child.output() };
}

/** The environment in which nothing but the database is in question. */
function around(sandbox: RunningSandbox, databaseUrl: string): Record<string, string> {
  const { url } = sandbox;
  return {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: `a:${key.toString('base64')}`,
    XERO_API_URL: url,
    XERO_IDENTITY_URL: url,
    XERO_LOGIN_URL: url,
  };
}

describeWith(['postgres'], 'doctor', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let storage: Storage;
  let environment: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ port: 0, sample: { size: 10, seed: 1 } });
    environment = around(sandbox, database.url);
    storage = await openStorage({
      url: database.url,
      encryptionKeys: [{ id: 'a', key }],
      clock: createDatabaseClock(),
    });
  });
  afterAll(async () => {
    await storage.close();
    await sandbox.close();
    await database.drop();
  });

  async function newOrganization(name: string, apiKey: string): Promise<string> {
    const [connection] = await storage.admin.connectXero({
      clientId: DEFAULT_APP.clientId,
      clientSecret: DEFAULT_APP.secret,
      tokens: { accessToken: 'a', refreshToken: 'r', accessExpiresAt: new Date() },
      tenants: [{ tenantId: name, tenantName: `${name} in Xero`, xeroConnectionId: name }],
      dayLimit: 1_000,
    });
    const { id } = await storage.admin.createOrganization({
      name,
      crm: { kind: 'http', baseUrl: `${sandbox.url}/crm`, apiKey, allowPrivateAddresses: true },
      xero: { connectionId: connection?.connectionId ?? '' },
      settings: {},
    });
    return id;
  }

  it('tells a database without our schema from one that has it', async () => {
    const empty = await run(environment);
    expect([empty.code, empty.output]).toEqual([
      1,
      expect.stringMatching(/WRONG .*lacks the current schema\n.*npm run migrate/),
    ]);
    await migrateDatabase(database.url);
    const migrated = await run(environment);
    expect([migrated.code, migrated.output]).toEqual([
      0,
      expect.stringContaining('it has the current schema'),
    ]);
    expect(migrated.output).toMatch(/^warning {2}organizations: there is none yet\n.*going-to-production/m);
  });

  it('names everything that an organization lacks before it can begin', async () => {
    const id = await newOrganization('New Ltd', 'not-its-key');
    await storage.stores.mappings.suggest(id, [
      { kind: 'payment-mode', key: '1', label: 'Cash', value: null, source: 'suggested', reason: null },
    ]);
    const { code, output } = await run(environment);
    expect(code).toBe(1);
    expect(output).toMatch(/^WRONG {4}New Ltd: its CRM at .*\/crm cannot be used/m);
    expect(output).toMatch(
      /^WRONG {4}New Ltd: accounts and tax rates of New Ltd in Xero have not been read/m,
    );
    expect(output).toContain(`then POST /v1/organizations/${id}/mappings/confirm`);
    expect(output).toMatch(/^warning {2}New Ltd: nothing in Xero is chosen for payment-mode "Cash"/m);
  });

  it('says which organization stands still, and why; the others are in order', async () => {
    const id = await newOrganization('Old Ltd', SAMPLE_CRM_KEY);
    const { mappings, organizations } = storage.stores;
    await organizations.saveReference(id, reference, new Date());
    await mappings.confirm(id, new Date());
    const before = await run(environment);
    expect(before.output).toMatch(/^ok {7}Old Ltd: nothing stands still$/m);
    expect(before.output).not.toMatch(/^WRONG {4}Old Ltd/m);
    await organizations.pause({
      organizationId: id,
      entity: null,
      code: 'XERO_SCOPE_MISSING',
      meta: { reason: 'accounting.payments was not allowed' },
      probeAt: null,
    });
    const after = await run(environment);
    expect(after.output).toMatch(
      /^WRONG {4}Old Ltd: everything stands still \(XERO_SCOPE_MISSING\): .*accounting\.payments.*\n.*Connect Xero again/m,
    );
  });
});

describe('doctor without servers', () => {
  it('names every problem of the environment once, and shows no secret', async () => {
    const { code, output } = await run({ ENCRYPTION_KEYS: 'a:do-not-print', XERO_API_URL: 'ftp://x' });
    expect(code).toBe(1);
    expect(output.match(/DATABASE_URL/g)).toHaveLength(1);
    expect(output).toMatch(/^WRONG {4}configuration: ENCRYPTION_KEYS .*\n.*openssl rand/m);
    expect(output).not.toContain('do-not-print');
  });

  it('says which hosts of Xero and which queue server are out of reach', async () => {
    const port = await freePort();
    const closed = `http://127.0.0.1:${port}`;
    const { code, output } = await run({
      REDIS_URL: `redis://:do-not-print@127.0.0.1:${port}`,
      XERO_API_URL: closed,
      XERO_IDENTITY_URL: closed,
      XERO_LOGIN_URL: closed,
    });
    expect(code).toBe(1);
    expect(output).toContain(`xero: ${closed} cannot be reached: connect ECONNREFUSED`);
    expect(output).toMatch(
      new RegExp(`queues: Redis at 127\\.0\\.0\\.1:${port} does not let us in: .*ECONNREFUSED`),
    );
    expect(output).not.toContain('do-not-print');
  });
});

describeWith(['redis'], 'doctor with Redis', () => {
  it('looks at how Redis keeps what it is given', async () => {
    const { output } = await run({ REDIS_URL: redisTestUrl() });
    expect(output).toMatch(/^ok {7}queues: Redis \d+\.\S+ answers$/m);
  });
});
