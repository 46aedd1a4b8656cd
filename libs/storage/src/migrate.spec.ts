import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { createDataSource } from './data-source.js';
import { migrateDatabase } from './migrate.js';

describe('migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    await database.drop();
  });

  it('bring an empty database to the current schema, and do nothing the second time', async () => {
    await migrateDatabase(database.url);
    const first = await schemaOf(database.url);
    await migrateDatabase(database.url);
    expect(await schemaOf(database.url)).toEqual(first);
    expect(first).toContain('sync_operation.binding_id uuid');
    expect(first).toContain('session.sess json');
  });

  it('may be started by several processes at once', async () => {
    const shared = await createTestDatabase();
    try {
      await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(shared.url)));
      expect(await schemaOf(shared.url)).toEqual(await schemaOf(database.url));
    } finally {
      await shared.drop();
    }
  });

  it('make exactly the tables and columns that the classes say', async () => {
    const source = createDataSource({ url: database.url, bounded: true });
    await source.initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      const differences = upQueries
        .map(({ query }) => query)
        .filter((query) => !/INDEX|CONSTRAINT/.test(query));
      expect(differences).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('go forward only', async () => {
    const source = createDataSource({ url: database.url, bounded: true });
    await source.initialize();
    try {
      await expect(source.undoLastMigration()).rejects.toThrow('forward only');
    } finally {
      await source.destroy();
    }
  });
});

async function schemaOf(url: string): Promise<string[]> {
  const source = createDataSource({ url, bounded: true });
  await source.initialize();
  try {
    const columns: { column: string }[] = await source.query(
      `select table_name || '.' || column_name || ' ' || data_type as column
       from information_schema.columns where table_schema = 'public' order by 1`,
    );
    return columns.map(({ column }) => column);
  } finally {
    await source.destroy();
  }
}
