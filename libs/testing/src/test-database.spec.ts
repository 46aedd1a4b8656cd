import { Client } from 'pg';
import { describeWith } from './describe-with.js';
import { onMaintenanceDatabase } from './postgres-server.js';
import { dropTemplates } from './template-database.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { beginTestRun } from './test-run.js';

describeWith(['postgres'], 'createTestDatabase', () => {
  const outerRun = process.env['TEST_RUN_ID'];
  const runId = beginTestRun();
  const made: TestDatabase[] = [];

  afterAll(async () => {
    await Promise.all(made.map((database) => database.drop()));
    await dropTemplates(runId);
    if (outerRun !== undefined) {
      process.env['TEST_RUN_ID'] = outerRun;
    }
  });

  async function create(options?: Parameters<typeof createTestDatabase>[0]): Promise<TestDatabase> {
    const database = await createTestDatabase(options);
    made.push(database);
    return database;
  }

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function exists(name: string): Promise<boolean> {
    return onMaintenanceDatabase(async (client) => {
      const found = await client.query('select 1 from pg_database where datname = $1', [name]);
      return found.rowCount === 1;
    });
  }

  it('gives each caller an empty database of its own', async () => {
    const [one, other] = await Promise.all([create(), create()]);
    await query(one.url, 'create table mine (id int)');
    const tables = "select tablename from pg_tables where schemaname = 'public'";
    await expect(query(one.url, tables)).resolves.toEqual([{ tablename: 'mine' }]);
    await expect(query(other.url, tables)).resolves.toEqual([]);
  });

  it('migrates once a run for a named template, however many ask at the same time', async () => {
    let migrations = 0;
    const migrate = async (url: string): Promise<void> => {
      migrations += 1;
      await query(url, 'create table things as select 7 as id');
    };
    const databases = await Promise.all(
      Array.from({ length: 4 }, () => create({ migrate, template: 'things' })),
    );
    expect(migrations).toBe(1);
    await query(databases[0]!.url, 'delete from things');
    await expect(query(databases[1]!.url, 'select id from things')).resolves.toEqual([{ id: 7 }]);
  });

  it('makes a template again whose migration failed', async () => {
    const failing = create({ template: 'broken', migrate: () => Promise.reject(new Error('no such type')) });
    await expect(failing).rejects.toThrow('no such type');
    const migrate = async (url: string): Promise<void> =>
      void (await query(url, 'create table good (id int)'));
    const database = await create({ template: 'broken', migrate });
    await expect(query(database.url, 'select count(*)::int as n from good')).resolves.toEqual([{ n: 0 }]);
  });

  it('migrates every time without a name, since two functions may differ', async () => {
    let migrations = 0;
    const migrate = (): Promise<void> => Promise.resolve(void (migrations += 1));
    await create({ migrate });
    await create({ migrate });
    expect(migrations).toBe(2);
  });

  it('drops a database although somebody is still connected', async () => {
    const database = await create();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(exists(database.name)).resolves.toBe(false);
  });

  it('removes its templates at the end of the run', async () => {
    const migrate = (): Promise<void> => Promise.resolve();
    await create({ migrate, template: 'short-lived' });
    await dropTemplates(runId);
    const left = await onMaintenanceDatabase((client) =>
      client.query("select 1 from pg_database where datname like 'sync_test_template%' and datname like $1", [
        `%${runId}`,
      ]),
    );
    expect(left.rowCount).toBe(0);
  });
});
