import type { ClaimedOperation, Outcome } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written } from '../testing/bench.js';

describe('runs', () => {
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

  const start = (): Promise<string> =>
    bench.storage.stores.runs.create({
      organizationId: bench.organizationId,
      entities: ['items'],
      mode: 'full',
    });
  const view = async (runId: string) => {
    await bench.storage.stores.runs.completeFinished();
    return bench.storage.admin.run(bench.organizationId, runId);
  };
  const unchanged = (operation: ClaimedOperation): Outcome => ({
    operation,
    kind: 'unchanged',
    warnings: [],
    label: 'l',
    lookAgainAt: null,
  });

  it('complete when every sweep is done and every record has an outcome', async () => {
    const { runs } = bench.storage.stores;
    const runId = await start();
    expect(await view(runId)).toMatchObject({ status: 'queued', entities: { items: { total: 0, done: 0 } } });
    await bench.hint('items', ['1', '2', '3'], { runId });
    const [first, second, third] = await bench.claim('items');
    if (!first || !second || !third) throw new Error('three were due');
    await bench.settle([written(first, 'x1'), unchanged(second)]);
    await runs.swept(runId, 'items');
    expect(await view(runId)).toMatchObject({
      status: 'running',
      entities: { items: { total: 3, done: 2 } },
    });
    await bench.settle([
      { operation: third, kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null },
    ]);
    expect(await view(runId)).toMatchObject({
      status: 'completed',
      entities: { items: { total: 3, done: 3, outcomes: { create: 1, unchanged: 1, parked: 1 } } },
    });
  });

  it('stay open while a record waits for its parent', async () => {
    const runId = await start();
    await bench.storage.stores.runs.swept(runId, 'items');
    await bench.hint('invoices', ['1'], { runId });
    const operation = only(await bench.claim('invoices'));
    const parents = [{ entity: 'customers', crmId: 'c' }] as const;
    await bench.settle([{ operation, kind: 'waiting', parents: [...parents], label: '', birthMark: null }]);
    expect((await view(runId))?.status).toBe('running');
  });

  it('share an operation, and each counts its outcome', async () => {
    const [first, second] = [await start(), await start()];
    await bench.hint('items', ['1'], { runId: first });
    await bench.hint('items', ['1'], { runId: second });
    await bench.settle([written(only(await bench.claim('items')), 'x1')]);
    for (const runId of [first, second]) {
      await bench.storage.stores.runs.swept(runId, 'items');
      expect(await view(runId)).toMatchObject({
        status: 'completed',
        entities: { items: { outcomes: { create: 1 } } },
      });
    }
  });

  it('wait for a record again that they ask for again', async () => {
    const runId = await start();
    await bench.hint('items', ['1'], { runId });
    await bench.settle([written(only(await bench.claim('items')), 'x1')]);
    await bench.hint('items', ['1'], { runId });
    expect(await view(runId)).toMatchObject({ entities: { items: { total: 1, done: 0 } } });
  });

  it('drop nobody else’s work when they are cancelled', async () => {
    const { runs, hints } = bench.storage.stores;
    const [mine, other] = [await start(), await start()];
    await bench.hint('items', ['alone', 'shared', 'claimed', 'event', 'parent'], { runId: mine });
    await bench.hint('items', ['shared'], { runId: other });
    await bench.hint('items', ['event'], { lane: 'event' });
    await bench.hint('invoices', ['1']);
    const invoice = only(await bench.claim('invoices'));
    const parents = [{ entity: 'items' as const, crmId: 'parent' }];
    await bench.settle([{ operation: invoice, kind: 'waiting', parents, label: '', birthMark: null }]);
    const all = await bench.claim('items');
    const claimed = only(all.filter(({ binding }) => binding.crmId === 'claimed'));
    await bench.storage.stores.operations.release(
      bench.organizationId,
      all.filter((one) => one !== claimed),
    );
    expect(await runs.cancel(bench.organizationId, mine)).toBe(true);
    const left = await bench.claim('items');
    expect(new Set(left.map(({ binding }) => binding.crmId))).toEqual(new Set(['event', 'parent', 'shared']));
    const alone = only(all.filter(({ binding }) => binding.crmId === 'alone')).binding;
    const record = () => bench.storage.admin.record(bench.organizationId, alone.id);
    expect(await record()).toMatchObject({ status: 'excluded', reason: 'run-cancelled' });
    expect(await view(mine)).toMatchObject({
      status: 'cancelled',
      entities: { items: { outcomes: { cancelled: 5 } } },
    });
    await bench.settle([written(claimed, 'x1')]);
    expect(await hints.redrive(bench.organizationId, [alone.id], 'event')).toBe(1);
  });

  it('leave what they found of a record that is in Xero when they are cancelled: its edit is read only once', async () => {
    const { runs } = bench.storage.stores;
    await bench.hint('items', ['linked']);
    await bench.settle([written(only(await bench.claim('items')), 'x1')]);
    const runId = await start();
    await bench.hint('items', ['linked'], { runId });
    await runs.cancel(bench.organizationId, runId);
    expect((await bench.claim('items')).map(({ binding }) => binding.crmId)).toEqual(['linked']);
  });

  it('leave what was set aside before them as it was when they are cancelled: whoever mends it has it tried again', async () => {
    const { runs, hints } = bench.storage.stores;
    const first = await start();
    await bench.hint('items', ['1', '2'], { runId: first });
    const [nameless, broken] = await bench.claim('items');
    if (!nameless || !broken) throw new Error('two were due');
    await bench.settle([
      { operation: nameless, kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null },
      { operation: broken, kind: 'parked', code: 'UNEXPECTED', meta: {}, label: null },
    ]);
    const second = await start();
    await bench.hint('items', ['1', '2'], { runId: second });
    await runs.cancel(bench.organizationId, second);
    const again = await bench.claim('items');
    expect(again.map(({ binding }) => binding.status)).toEqual(['parked', 'failed']);
    await bench.settle([
      { operation: again[0] ?? nameless, kind: 'parked', code: 'ITEM_NAME_MISSING', meta: {}, label: null },
    ]);
    expect(await hints.redriveParked(bench.organizationId, ['ITEM_NAME_MISSING'])).toBe(1);
  });

  it('are cancelled once, and only by their own organization', async () => {
    const { runs } = bench.storage.stores;
    const runId = await start();
    const stranger = await bench.another();
    expect(await runs.cancel(stranger.id, runId)).toBe(false);
    expect(await runs.cancel(bench.organizationId, 'no such run')).toBe(false);
    expect(await runs.cancel(bench.organizationId, runId)).toBe(true);
    expect(await runs.cancel(bench.organizationId, runId)).toBe(false);
  });

  it('that are over no longer gather what a late page of their sweep finds', async () => {
    const { runs } = bench.storage.stores;
    const runId = await start();
    await runs.cancel(bench.organizationId, runId);
    await bench.hint('items', ['late'], { runId });
    expect(await bench.claim('items')).toHaveLength(1);
    expect(await view(runId)).toMatchObject({ status: 'cancelled', entities: { items: { total: 0 } } });
  });

  it('say why they failed', async () => {
    const runId = await start();
    await bench.storage.stores.runs.fail(runId, 'the CRM is away');
    expect(await view(runId)).toMatchObject({ status: 'failed', failure: 'the CRM is away' });
  });
});
