import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase, waitUntil } from '@sync/testing';
import { Client } from 'pg';
import { migrateDatabase } from '../migrate.js';
import { LIVE_OPERATIONS } from '../migrations/live-operations.sql.js';
import { type Bench, openBench, written } from '../testing/bench.js';

describe('a stub that is taken up into another binding', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    bench = await openBench(database.url);
  });

  afterAll(async () => {
    await bench.close();
    await database.drop();
  });

  const hintXero = () =>
    bench.storage.stores.hints.hint({
      organizationId: bench.organizationId,
      lane: 'backfill',
      hints: [{ entity: 'taxes', xeroId: 'INPUT' }],
    });
  const orphans = () =>
    bench.query('select binding_id from sync_operation where binding_id not in (select id from binding)');
  const bindings = () => bench.query(`select id, crm_id from binding where entity = 'taxes' order by id`);

  it('leaves no operation behind where it is hinted just then', async () => {
    await hintXero();
    const [stub] = await bindings();
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('delete from sync_operation where binding_id = $1', [stub?.['id']]);
    const hinted = hintXero();
    const waiting = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await waitUntil(async () => (await bench.query(waiting))[0]?.['n'] === 1 || undefined, {
      what: 'the hint to wait',
    });
    await other.query('delete from binding where id = $1', [stub?.['id']]);
    await other.query('commit');
    await other.end();
    expect(await hinted).toMatchObject({ created: 1 });
    expect(await orphans()).toEqual([]);
    const [anew, ...others] = await bindings();
    expect(others).toEqual([]);
    expect(anew?.['id']).not.toBe(stub?.['id']);
  });

  it('counts for nothing any more, whatever was decided of it', async () => {
    await bench.hint('taxes', ['VAT|20']);
    const claimed = await bench.claim('taxes');
    const stub = claimed.find(({ binding }) => binding.xeroId === 'INPUT');
    const own = claimed.find(({ binding }) => binding.crmId === 'VAT|20');
    if (!stub || !own) throw new Error('two operations were to be claimed');
    await bench.settle([written(own, 'INPUT')]);
    await bench.settle([{ operation: stub, kind: 'moved', crmId: 'VAT|20' }]);
    expect(await bindings()).toMatchObject([{ crm_id: 'VAT|20' }]);
    expect(await orphans()).toEqual([]);
  });

  it('is taken away by an update where one was left behind', async () => {
    const step = LIVE_OPERATIONS.find((statement) => statement.startsWith('delete from sync_operation'));
    await bench.query('alter table sync_operation drop constraint sync_operation_binding');
    await bench.query(
      `insert into sync_operation (binding_id, organization_id, entity, lane, state, due_at, created_at)
       values ($1, $2, 'taxes', 'backfill', 'due', now(), now())`,
      [randomUUID(), bench.organizationId],
    );
    expect(await orphans()).toHaveLength(1);
    await bench.query(step ?? '');
    expect(await orphans()).toEqual([]);
  });
});
