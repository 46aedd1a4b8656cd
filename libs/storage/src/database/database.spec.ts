import { inspect } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../data-source.js';
import { type Database, openDatabase } from './database.js';
import { silentLogger } from './logger.js';
import { StorageError } from './storage-error.js';
import { openStorage } from '../open-storage.js';

describe('the database', () => {
  let owned: TestDatabase;
  let source: DataSource;
  let database: Database;

  beforeAll(async () => {
    owned = await createTestDatabase();
    source = createDataSource({ url: owned.url, bounded: true, poolSize: 4 });
    await source.initialize();
    database = openDatabase(source, silentLogger);
    await database.run('create table counter (id int primary key, n int not null)');
    await database.run('insert into counter values (1, 0), (2, 0)');
  });

  afterAll(async () => {
    await source.destroy();
    await owned.drop();
  });

  it('tells no parameter of a statement that failed', async () => {
    const failing = database.rows('select $1::text::int', ['the-secret-name']);
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: '22P02', transient: false });
    const refused = await database
      .run('insert into counter values ($1, 0)', [1])
      .catch((thrown: unknown) => thrown);
    expect(inspect(refused, { depth: 5 })).not.toContain('parameters');
  });

  it('reads what is committed, whatever the server is set to', async () => {
    await database.run(`alter database ${owned.name} set default_transaction_isolation = 'serializable'`);
    const another = createDataSource({ url: owned.url, bounded: true });
    await another.initialize();
    const isolation = await openDatabase(another, silentLogger).transaction((sql) =>
      sql.rows('show transaction_isolation'),
    );
    await another.destroy();
    expect(isolation).toEqual([{ transaction_isolation: 'read committed' }]);
  });

  it('commits all of a transaction or nothing', async () => {
    const broken = database.transaction(async (sql) => {
      await sql.run('update counter set n = 100');
      throw new Error('changed my mind');
    });
    await expect(broken).rejects.toThrow('changed my mind');
    expect(await database.rows('select sum(n)::int as n from counter')).toEqual([{ n: 0 }]);
  });

  it('repeats a transaction that lost a deadlock, so that both get through', async () => {
    let ready = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const add = (first: number, second: number) =>
      database.transaction(async (sql) => {
        await sql.run('update counter set n = n + 1 where id = $1', [first]);
        ready += 1;
        if (ready === 2) release();
        await both;
        await sql.run('update counter set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    // One more where the loser is back before the other one has gone on.
    expect(ready).toBeGreaterThanOrEqual(3);
    expect(await database.rows('select n from counter')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('that cannot be reached says so as a passing trouble', async () => {
    const opening = openStorage({
      url: 'postgres://root@127.0.0.1:1/none',
      encryptionKeys: [{ id: 'k', key: Buffer.alloc(32) }],
      clock: { now: () => new Date(), sleep: () => Promise.resolve() },
    });
    await expect(opening).rejects.toMatchObject({
      name: 'StorageError',
      code: 'ECONNREFUSED',
      transient: true,
    });
  });

  it('recovers when its connections are cut', async () => {
    await database.rows('select 1');
    const cut = database.transaction(async (sql) => {
      await sql.rows('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(cut).rejects.toMatchObject({ transient: true });
    expect(await database.rows('select 1 as n')).toEqual([{ n: 1 }]);
  });
});
