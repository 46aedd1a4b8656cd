import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createDatabaseClock } from '@sync/composition';
import { openStorage } from '@sync/storage';
import { createTestDatabase, describeWith, spawnNode, type TestDatabase } from '@sync/testing';

const main = resolve(__dirname, '../dist/main.js');

async function run(environment: Record<string, string>, ...args: string[]) {
  const child = spawnNode(main, { args: ['migrate', ...args], env: { REDIS_URL: '', ...environment } });
  const { code } = await child.exited;
  return { code, output: child.output() };
}

describeWith(['postgres'], 'migrate', () => {
  let database: TestDatabase;
  const key = randomBytes(32);

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('makes the tables of an empty database, and says so', async () => {
    const first = await run({ DATABASE_URL: database.url });
    expect(first).toEqual({
      code: 0,
      output: expect.stringMatching(/is at the current schema \(\d+ tables made\)/),
    });
  });

  it('finds nothing to do the second time', async () => {
    const second = await run({ DATABASE_URL: database.url });
    expect(second).toEqual({ code: 0, output: expect.stringContaining('no table was missing') });
  });

  it('makes a key of the installation that the API knows', async () => {
    const environment = { DATABASE_URL: database.url, ENCRYPTION_KEYS: `a:${key.toString('base64')}` };
    const { code, output } = await run(environment, '--create-key', 'first admin');
    const [made = ''] = /^cxs_\S+$/m.exec(output) ?? [];
    expect(code).toBe(0);
    const storage = await openStorage({
      url: database.url,
      encryptionKeys: [{ id: 'a', key }],
      clock: createDatabaseClock(),
    });
    try {
      expect(await storage.apiKeys.identify(made)).toMatchObject({ kind: 'installation' });
    } finally {
      await storage.close();
    }
  });

  it('shows no password when the database cannot be reached', async () => {
    const { code, output } = await run({ DATABASE_URL: 'postgres://sync:do-not-print@127.0.0.1:1/sync' });
    expect(code).toBe(1);
    expect(output).toMatch(/Postgres at sync@127\.0\.0\.1:1\/sync does not let us in: .*ECONNREFUSED/);
    expect(output).not.toContain('do-not-print');
  });
});

test('without a database it says how to name one', async () => {
  const { code, output } = await run({ DATABASE_URL: '' });
  expect(code).toBe(1);
  expect(output).toMatch(/^DATABASE_URL is not set: set it to .*postgres:\/\//);
});
