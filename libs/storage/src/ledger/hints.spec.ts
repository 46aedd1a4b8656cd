import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written } from '../testing/bench.js';

const many = Array.from({ length: 2500 }, (_, n) => String(n));

describe('hints', () => {
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

  const hintMany = () =>
    bench.storage.stores.hints.hint({
      organizationId: bench.organizationId,
      lane: 'backfill',
      hints: many.map((crmId) => ({ entity: 'invoices', crmId })),
    });

  it('make one operation a record, however often and in however large lists they come', async () => {
    expect(await hintMany()).toEqual({ created: 2500, raised: 0 });
    expect(await hintMany()).toEqual({ created: 0, raised: 2500 });
    const rows = await bench.query(
      'select count(*)::int as n, min(version) as v from sync_operation where organization_id = $1',
      [bench.organizationId],
    );
    expect(rows).toEqual([{ n: 2500, v: 2 }]);
  });

  it('are claimed in the order of the CRM’s numbers: of two payments the earlier one comes first', async () => {
    await bench.hint('payments', ['10', '2', '9', '100', '1']);
    const claimed = await bench.claim('payments');
    expect(claimed.map(({ binding }) => binding.crmId)).toEqual(['1', '2', '9', '10', '100']);
  });

  it('count a record once that is named twice in one list', async () => {
    await bench.hint('items', ['1', '1', '1']);
    expect(only(await bench.claim('items')).version).toBe(1);
  });

  it('count as an edit of the CRM when it tells of one, not when a record is merely listed again', async () => {
    const hinted = async (lane: 'event' | 'backfill') => {
      bench.clock.advance(60_000);
      const hints = [{ entity: 'items', crmId: '1' }] as const;
      await bench.storage.stores.hints.hint({ organizationId: bench.organizationId, lane, hints });
      const [row] = await bench.query(
        'select crm_hinted_at as at from sync_operation where organization_id = $1',
        [bench.organizationId],
      );
      return row?.['at'];
    };
    const listed = await hinted('backfill');
    expect(listed).toEqual(bench.clock.now());
    const told = await hinted('event');
    expect(told).toEqual(bench.clock.now());
    expect(await hinted('backfill')).toEqual(told);
  });

  it('take the better lane and the earlier time, whichever comes first', async () => {
    const { hints } = bench.storage.stores;
    const later = new Date(bench.clock.now().getTime() + 60_000);
    const request = {
      organizationId: bench.organizationId,
      hints: [{ entity: 'items', crmId: '1' }],
    } as const;
    await hints.hint({ ...request, lane: 'event', dueAt: later });
    expect(await bench.claim('items')).toEqual([]);
    await hints.hint({ ...request, lane: 'backfill' });
    await hints.hint({ ...request, lane: 'backfill', dueAt: later });
    expect(only(await bench.claim('items'))).toMatchObject({ lane: 'event', version: 3 });
  });

  it('leave a claim where it is and raise its version', async () => {
    await bench.hint('items', ['1']);
    const operation = only(await bench.claim('items'));
    await bench.hint('items', ['1'], { lane: 'event' });
    expect(await bench.claim('items')).toEqual([]);
    await bench.settle([written(operation, 'x1')]);
    expect(only(await bench.claim('items'))).toMatchObject({ lane: 'event', version: 2, attempts: 0 });
  });

  it('make parked and waiting operations due again', async () => {
    await bench.hint('items', ['1', '2']);
    const [first, second] = await bench.claim('items');
    if (!first || !second) throw new Error('two were due');
    await bench.settle([
      { operation: first, kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null },
      {
        operation: second,
        kind: 'waiting',
        parents: [{ entity: 'taxes', crmId: 't' }],
        label: '',
        birthMark: null,
      },
    ]);
    expect(await bench.claim('items')).toEqual([]);
    await bench.hint('items', ['1', '2']);
    expect(await bench.claim('items')).toHaveLength(2);
  });

  it('leave the status of a known record alone', async () => {
    await bench.hint('items', ['1']);
    await bench.settle([written(only(await bench.claim('items')), 'x1')]);
    await bench.hint('items', ['1']);
    expect(only(await bench.claim('items')).binding.status).toBe('synced');
  });

  it('re-drive only what is parked with one of the codes, of this organization', async () => {
    await bench.hint('items', ['1', '2']);
    const [first, second] = await bench.claim('items');
    if (!first || !second) throw new Error('two were due');
    await bench.settle([
      { operation: first, kind: 'parked', code: 'TAX_NOT_MAPPED', meta: {}, label: null },
      { operation: second, kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null },
    ]);
    const { hints } = bench.storage.stores;
    const stranger = await bench.another();
    expect(await hints.redriveParked(stranger.id, ['TAX_NOT_MAPPED'])).toBe(0);
    expect(await hints.redriveParked(bench.organizationId, ['TAX_NOT_MAPPED'])).toBe(1);
    expect(only(await bench.claim('items')).binding.crmId).toBe(first.binding.crmId);
  });

  it('re-drive by hand what has no operation any more, and nothing of another organization', async () => {
    await bench.hint('items', ['1']);
    const operation = only(await bench.claim('items'));
    await bench.settle([written(operation, 'x1')]);
    const { hints } = bench.storage.stores;
    const stranger = await bench.another();
    expect(await hints.redrive(stranger.id, [operation.binding.id], 'event')).toBe(0);
    expect(await hints.redrive(bench.organizationId, [operation.binding.id], 'event')).toBe(1);
    expect(only(await bench.claim('items')).lane).toBe('event');
  });
});
