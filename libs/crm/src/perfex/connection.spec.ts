import { describeWith, freePort } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../testing/src/perfex/index.js';
import { openDatabase } from './database.js';
import type { PerfexCrmOptions } from './perfex-crm.js';
import { countingProxy } from './testing/counting-proxy.js';
import { memoryFingerprints } from './testing/memory-fingerprints.js';
import { openPerfex, sweepPerfex, UNHURRIED } from './testing/open-perfex.js';

const NO_TABLES = { kind: 'validation', code: 'CRM_SCHEMA_UNKNOWN' };

describeWith(['mariadb'], 'connecting to a Perfex database', () => {
  let perfex: PerfexDatabase;
  const run = (sql: string): Promise<unknown> => perfex.connection.query(sql);
  const check = async (changes: Partial<PerfexCrmOptions> = {}): Promise<void> => {
    const crm = openPerfex(perfex, changes);
    await crm.check(UNHURRIED).finally(() => crm.close());
  };

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
  });

  afterEach(() => perfex.drop());

  it('is content with a user who may only read', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  it('could not even write where the user may', async () => {
    const database = openDatabase({ ...perfex.owner, allowPrivateAddresses: true });
    const write = database.snapshot(UNHURRIED, (query) => query('delete from tblitems'));
    await expect(write).rejects.toMatchObject({
      cause: { code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' },
    });
    await database.close();
  });

  it('says that the password is wrong', async () => {
    await expect(check({ password: 'wrong' })).rejects.toMatchObject({ kind: 'auth' });
  });

  it('says that there is no such database', async () => {
    const database = 'no_such_database';
    await expect(check({ database })).rejects.toMatchObject(NO_TABLES);
    await expect(check({ ...perfex.owner, database })).rejects.toMatchObject({
      ...NO_TABLES,
      meta: { reason: 'there is no database of this name' },
    });
  });

  it('says that nothing listens there, and that trying again makes sense', async () => {
    await expect(check({ port: await freePort() })).rejects.toMatchObject({
      kind: 'transient',
      code: 'CRM_UNREACHABLE',
    });
  });

  it.each(['127.0.0.1', 'localhost', '0x7f.1'])(
    'refuses the private address %s unless allowed',
    async (host) => {
      await expect(check({ host, allowPrivateAddresses: false })).rejects.toMatchObject({
        kind: 'validation',
        code: 'CRM_ADDRESS_REFUSED',
      });
    },
  );

  it('names a table that is missing', async () => {
    await run('drop table tblitemable, tblcredits');
    await expect(check()).rejects.toMatchObject({
      ...NO_TABLES,
      meta: { reason: 'it has no tables tblcredits, tblitemable, or the database user may not read them' },
    });
  });

  it('names a column that is missing', async () => {
    await run('alter table tblinvoices drop column total_tax');
    await expect(check()).rejects.toMatchObject({
      ...NO_TABLES,
      meta: { reason: expect.stringContaining('it has no columns tblinvoices.total_tax') as string },
    });
  });

  it('says which prefix the tables have instead', async () => {
    await expect(check({ prefix: 'perfex_' })).rejects.toMatchObject({
      ...NO_TABLES,
      meta: {
        reason: expect.stringContaining(
          'tables named tblinvoices were found: set the prefix to tbl',
        ) as string,
      },
    });
  });

  it.each(['tbl`; drop table x', 'a-b', 'tbl.'])(
    'refuses the prefix %s, which could change a query',
    (prefix) => {
      expect(() => openPerfex(perfex, { prefix })).toThrow(/letters, digits and underscores/);
    },
  );

  it('says that a column went away while it was at work, and then looks at the columns again', async () => {
    const crm = openPerfex(perfex);
    await run('alter table tblitems add sku_code varchar(200)');
    await crm.check(UNHURRIED);
    await run('alter table tblitems drop column sku_code');
    await expect(crm.read('items', ['1'], UNHURRIED)).rejects.toMatchObject(NO_TABLES);
    await expect(crm.read('items', ['1'], UNHURRIED)).resolves.toMatchObject([{ state: 'found' }]);
    await crm.close();
  });

  it('goes on after the server cut all connections', async () => {
    const crm = openPerfex(perfex);
    await crm.read('items', ['1'], UNHURRIED);
    await run(`kill user '${perfex.reader.user}'`);
    await expect(crm.read('items', ['1'], UNHURRIED)).resolves.toMatchObject([{ state: 'found' }]);
    await crm.close();
  });

  it('goes on when its connection died without a sign, as behind a firewall', async () => {
    const proxy = await countingProxy(perfex.reader);
    const crm = openPerfex(perfex, { port: proxy.port });
    await crm.read('items', ['1'], UNHURRIED);
    proxy.killUnnoticed();
    await expect(crm.read('items', ['1'], UNHURRIED)).resolves.toMatchObject([{ state: 'found' }]);
    await crm.close();
    await proxy.close();
  });

  it('is unreachable while the server is away, and goes on when it is back', async () => {
    const proxy = await countingProxy(perfex.reader);
    const { port } = proxy;
    const crm = openPerfex(perfex, { port });
    await crm.read('items', ['1'], UNHURRIED);
    await proxy.close();
    await expect(crm.read('items', ['1'], UNHURRIED)).rejects.toMatchObject({ kind: 'transient' });
    const back = await countingProxy(perfex.reader, port);
    await expect(crm.read('items', ['1'], UNHURRIED)).resolves.toMatchObject([{ state: 'found' }]);
    await crm.close();
    await back.close();
  });

  it('does not blame the CRM when our own storage is away', async () => {
    const away = Object.assign(new Error('storage is away'), { code: 'ECONNREFUSED' });
    const fingerprints = { ...memoryFingerprints(), buckets: () => Promise.reject(away) };
    const crm = openPerfex(perfex, { fingerprints });
    await expect(sweepPerfex(crm, { entity: 'items', depth: 'changed' })).rejects.toBe(away);
    await crm.close();
  });

  it('stops waiting when it is told to', async () => {
    const crm = openPerfex(perfex);
    await crm.check(UNHURRIED);
    await run('lock tables tblitems write');
    const patience = new AbortController();
    const reading = crm.read('items', ['1'], patience.signal);
    const reason = new Error('no time left');
    setTimeout(() => patience.abort(reason), 100);
    await expect(reading).rejects.toBe(reason);
    await run('unlock tables');
    await expect(crm.read('items', ['1'], UNHURRIED)).resolves.toMatchObject([{ state: 'found' }]);
    await crm.close();
  });
});
