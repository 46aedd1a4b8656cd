import { setTimeout as sleep } from 'node:timers/promises';
import { SyncError } from '@sync/domain';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { openStorage } from '../open-storage.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('the token vault', () => {
  let database: TestDatabase;
  let bench: Bench;
  let id: string;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
  });

  afterAll(async () => {
    await database.drop();
  });

  beforeEach(async () => {
    bench = await openBench(database.url);
    const organization = await bench.storage.stores.organizations.load(bench.organizationId);
    id = organization?.xeroConnection.authorizationId ?? '';
  });

  afterEach(async () => {
    await bench.close();
  });

  it('keeps tokens and the secret of the app unreadable in the database', async () => {
    const rows = JSON.stringify(await bench.query('select * from xero_authorization'));
    expect(rows).not.toMatch(/access-1|refresh-1|secret-of-the-app/);
    const connections = JSON.stringify(await bench.query('select * from crm_connection'));
    expect(connections).not.toContain('secret-crm-key');
    expect(await bench.storage.tokenVault.read(id)).toMatchObject({
      tokens: { accessToken: 'access-1', refreshToken: 'refresh-1' },
      app: { clientId: 'client', clientSecret: 'secret-of-the-app' },
      state: 'active',
    });
  });

  it('lets one refresh after the other, each seeing what the one before committed', async () => {
    const { tokenVault } = bench.storage;
    let refreshes = 0;
    const refresh = () =>
      tokenVault.underLock(id, async ({ tokens }) => {
        if (tokens.accessToken === 'access-2') return tokens;
        refreshes += 1;
        await sleep(20);
        return { ...tokens, accessToken: 'access-2', refreshToken: 'refresh-2' };
      });
    const results = await Promise.all(Array.from({ length: 6 }, refresh));
    expect(refreshes).toBe(1);
    expect(new Set(results.map(({ accessToken }) => accessToken))).toEqual(new Set(['access-2']));
    expect((await tokenVault.read(id)).tokens.refreshToken).toBe('refresh-2');
  });

  it('changes nothing when the refresh fails, and frees the row', async () => {
    const { tokenVault } = bench.storage;
    const refused = new SyncError('auth', 'refused', { code: 'NEEDS_RECONNECT' });
    await expect(tokenVault.underLock(id, () => Promise.reject(refused))).rejects.toBe(refused);
    expect((await tokenVault.read(id)).tokens.accessToken).toBe('access-1');
    await tokenVault.underLock(id, ({ tokens }) => Promise.resolve(tokens));
  });

  it('remembers that a person must connect again, until new tokens come', async () => {
    const { tokenVault } = bench.storage;
    await tokenVault.markNeedsReconnect(id, 'invalid_grant');
    expect((await tokenVault.read(id)).state).toBe('needs-reconnect');
    await tokenVault.underLock(id, ({ tokens }) => Promise.resolve({ ...tokens, accessToken: 'access-3' }));
    expect((await tokenVault.read(id)).state).toBe('active');
  });

  it('reads what an older key sealed, says which key it lacks, and seals everything anew when asked to', async () => {
    const keys = {
      old: { id: 'k1', key: Buffer.alloc(32, 1) },
      fresh: { id: 'k2', key: Buffer.alloc(32, 2) },
    };
    const open = (...encryptionKeys: (typeof keys.old)[]) =>
      openStorage({ url: database.url, clock: bench.clock, encryptionKeys });
    const app = await bench.storage.xeroApps.save({ clientId: 'app', webhookKey: 'secret-webhook-key' });
    const rotated = await open(keys.fresh, keys.old);
    expect((await rotated.tokenVault.read(id)).tokens.accessToken).toBe('access-1');
    const without = await open(keys.fresh);
    await expect(without.tokenVault.read(id)).rejects.toThrow('key "k1"');
    expect(await rotated.resealSecrets()).toBeGreaterThanOrEqual(2);
    expect(await rotated.resealSecrets()).toBe(0);
    expect((await without.tokenVault.read(id)).tokens).toMatchObject({ refreshToken: 'refresh-1' });
    expect(await without.admin.crmConfig(bench.crmConnectionId)).toMatchObject({ apiKey: 'secret-crm-key' });
    expect(await without.xeroApps.find(app.appId)).toMatchObject({ webhookKey: 'secret-webhook-key' });
    await Promise.all([rotated.close(), without.close()]);
  });
});
