import { canonicalHash } from '@sync/domain';
import { LeaseLost, type ClaimedOperation } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written, xeroRecord } from '../testing/bench.js';

describe('settling', () => {
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

  const claimed = async (crmId = '1'): Promise<ClaimedOperation> => {
    await bench.hint('invoices', [crmId]);
    return only((await bench.claim('invoices')).filter(({ binding }) => binding.crmId === crmId));
  };
  const recordOf = ({ binding }: ClaimedOperation) =>
    bench.storage.admin.record(bench.organizationId, binding.id);
  const issues = async (open = true) => {
    const all = {
      organizationId: bench.organizationId,
      open,
      code: null,
      scope: null,
      entity: null,
      recordId: null,
    };
    return (await bench.storage.admin.issues({ ...all, cursor: null, limit: 50 })).items;
  };
  const historyOf = async ({ binding }: ClaimedOperation) => {
    const request = { organizationId: bench.organizationId, recordId: binding.id, cursor: null, limit: 50 };
    return (await bench.storage.admin.history(request))?.items.map(({ what }) => what);
  };
  const operations = async () =>
    (
      await bench.query('select count(*)::int as n from sync_operation where organization_id = $1', [
        bench.organizationId,
      ])
    )[0]?.['n'];

  it('saves what was written with both snapshots and their hashes, and closes the operation', async () => {
    const operation = await claimed();
    const crmOwned = { total: '10.00', lines: [{ b: 1, a: null }] };
    await bench.settle([written(operation, 'x1', { crmOwned, birthMark: 'born', codecVersion: 3 })]);
    expect(await operations()).toBe(0);
    await bench.hint('invoices', ['1']);
    const { binding } = only(await bench.claim('invoices'));
    expect(binding).toMatchObject({
      xeroId: 'x1',
      status: 'synced',
      crmSnapshot: crmOwned,
      crmHash: canonicalHash(crmOwned),
      xeroHash: canonicalHash({ Name: 'as Xero has it' }),
      birthMark: 'born',
      codecVersion: 3,
    });
    expect(await historyOf(operation)).toEqual(['create']);
  });

  it('keeps what was written but leaves the operation due when a hint came meanwhile', async () => {
    const operation = await claimed();
    await bench.hint('invoices', ['1']);
    await bench.settle([written(operation, 'x1')]);
    expect(only(await bench.claim('invoices'))).toMatchObject({ version: 2, binding: { xeroId: 'x1' } });
  });

  it('forgets a mere decision when a hint came meanwhile', async () => {
    const operation = await claimed();
    await bench.hint('invoices', ['1']);
    await bench.settle([{ operation, kind: 'parked', code: 'INVOICE_WITHOUT_LINES', meta: {}, label: null }]);
    expect(await issues()).toEqual([]);
    expect(await bench.claim('invoices')).toHaveLength(1);
  });

  it('turns a write under a claim that was lost into a hint for whoever holds it now', async () => {
    const first = await claimed();
    await bench.storage.stores.operations.release(bench.organizationId, [first]);
    const second = only(await bench.claim('invoices'));
    await bench.settle([written(first, 'x1')]);
    await bench.settle([
      { operation: second, kind: 'excluded', reason: 'draft', label: null, lookAgainAt: null },
    ]);
    expect(only(await bench.claim('invoices')).binding).toMatchObject({ xeroId: 'x1', status: 'synced' });
  });

  it('refuses everything under an old fence and changes nothing', async () => {
    const operation = await claimed();
    const { leases } = bench.storage.stores;
    await leases.release(bench.fence);
    await leases.acquire(bench.connectionId, 'other', 60_000);
    await expect(bench.settle([written(operation, 'x1')])).rejects.toBeInstanceOf(LeaseLost);
    expect(await recordOf(operation)).toMatchObject({ xeroId: null, status: 'pending' });
  });

  it('survives a NUL and half a surrogate pair in a text of a record', async () => {
    const operation = await claimed();
    await bench.settle([
      written(operation, 'x1', { label: 'a\0b\uD800c', crmOwned: { note: '\\u0000 \0 \uDC00' } }),
    ]);
    expect(await recordOf(operation)).toMatchObject({ label: 'a\uFFFDb\uFFFDc', status: 'synced' });
  });

  it('keeps no CRM hash beside a problem, parks the record and says why', async () => {
    const operation = await claimed();
    const problem = { code: 'XERO_TOTAL_DIFFERS', meta: { xero: '1', crm: '2' } } as const;
    await bench.settle([written(operation, 'x1', { problem })]);
    expect(await issues()).toMatchObject([{ code: 'XERO_TOTAL_DIFFERS', severity: 'blocking' }]);
    expect(await bench.storage.stores.hints.redriveParked(bench.organizationId, ['XERO_TOTAL_DIFFERS'])).toBe(
      1,
    );
    expect(only(await bench.claim('invoices')).binding).toMatchObject({ status: 'parked', crmHash: null });
  });

  it('counts an issue up, and resolves it once the record goes through', async () => {
    const outcome = {
      kind: 'parked',
      code: 'INVOICE_WITHOUT_LINES',
      meta: { n: 1 },
      label: 'INV-1',
    } as const;
    await bench.settle([{ operation: await claimed(), ...outcome }]);
    await bench.settle([{ operation: await claimed(), ...outcome }]);
    expect(await issues()).toMatchObject([{ count: 2, recordLabel: 'INV-1', scope: 'record' }]);
    await bench.settle([written(await claimed(), 'x1')]);
    expect(await issues()).toEqual([]);
    expect(await issues(false)).toHaveLength(1);
  });

  it('keeps a warning beside a record that went through', async () => {
    const warnings = [{ code: 'INVOICE_HAS_CREDITS', meta: { credited: '5.00' } }] as const;
    await bench.settle([written(await claimed(), 'x1', { warnings: [...warnings] })]);
    expect(await issues()).toMatchObject([{ severity: 'warning' }]);
    await bench.settle([
      { operation: await claimed(), kind: 'unchanged', warnings: [], label: 'l', lookAgainAt: null },
    ]);
    expect(await issues()).toEqual([]);
  });

  it('parks the second record that claims one record of Xero, and lets the rest of the batch through', async () => {
    await bench.hint('invoices', ['1', '2', '3']);
    const all = await bench.claim('invoices');
    await bench.settle(all.map((operation, n) => written(operation, n === 2 ? 'x2' : 'x1')));
    const counts = (await bench.storage.admin.summary(bench.organizationId)).invoices;
    expect(counts).toMatchObject({ synced: 2, parked: 1 });
    expect(await issues()).toMatchObject([{ code: 'DUPLICATE_CLAIM' }]);
    await bench.settle([written(await claimed('4'), 'x2')]);
    expect(await issues()).toHaveLength(2);
  });

  it('lets several customers share one contact', async () => {
    await bench.hint('customers', ['1', '2']);
    const all = await bench.claim('customers');
    await bench.settle(all.map((operation) => written(operation, 'shared')));
    expect((await bench.storage.admin.summary(bench.organizationId)).customers.synced).toBe(2);
  });

  it('looks at an event once more, and remembers that it did', async () => {
    await bench.settle([written(await claimed(), 'x1')]);
    const lookAgainAt = new Date(bench.clock.now().getTime() + 30_000);
    await bench.settle([
      { operation: await claimed(), kind: 'unchanged', warnings: [], label: 'l', lookAgainAt },
    ]);
    expect(await bench.claim('invoices')).toEqual([]);
    bench.clock.advance(30_000);
    expect(only(await bench.claim('invoices')).lookedAgain).toBe(true);
  });

  it('counts a try unless it was free, and tells a series of tries once', async () => {
    const dueAt = bench.clock.now();
    const again = { kind: 'again', dueAt, reason: 'slow' } as const;
    let operation = await claimed();
    for (const free of [false, true, false]) {
      await bench.settle([{ operation, ...again, free }]);
      operation = only(await bench.claim('invoices'));
    }
    expect(operation.attempts).toBe(2);
    expect(await historyOf(operation)).toEqual(['again']);
  });

  it('ends an excluded record, with its reason', async () => {
    const operation = await claimed();
    await bench.settle([{ operation, kind: 'excluded', reason: 'draft', label: 'INV-9', lookAgainAt: null }]);
    expect(await operations()).toBe(0);
    expect(await recordOf(operation)).toMatchObject({ status: 'excluded', reason: 'draft', label: 'INV-9' });
  });

  it('takes two bindings of one pair for one, and leaves it there', async () => {
    await bench.storage.stores.hints.hint({
      organizationId: bench.organizationId,
      lane: 'event',
      hints: [{ entity: 'invoices', xeroId: 'x1' }],
    });
    await bench.hint('invoices', ['1']);
    const both = await bench.claim('invoices');
    const ofXero = only(both.filter(({ binding }) => binding.crmId === null));
    const ofCrm = only(both.filter(({ binding }) => binding.crmId === '1'));
    await bench.settle([written(ofCrm, 'x1', { action: 'link' }), written(ofXero, 'x1', { crmId: '1' })]);
    const left = (await Promise.all([recordOf(ofXero), recordOf(ofCrm)])).filter((one) => one !== null);
    expect(left).toMatchObject([{ crmId: '1', xeroId: 'x1', status: 'synced' }]);
  });

  it('moves an operation to the other id with the run that waits for it, and forgets the stub', async () => {
    const { runs } = bench.storage.stores;
    const runId = await runs.create({
      organizationId: bench.organizationId,
      entities: ['taxes'],
      mode: 'full',
    });
    await bench.hint('taxes', ['7'], { runId });
    const stub = only(await bench.claim('taxes'));
    await bench.settle([{ operation: stub, kind: 'moved', crmId: 'set:7' }]);
    expect(await recordOf(stub)).toBeNull();
    const moved = only(await bench.claim('taxes'));
    expect(moved.binding.crmId).toBe('set:7');
    await bench.settle([written(moved, 'OUTPUT')]);
    expect((await bench.storage.admin.run(null, runId))?.entities.taxes).toMatchObject({ total: 1, done: 1 });
  });

  it('remembers a record that is linked even if it moves', async () => {
    await bench.hint('taxes', ['7']);
    await bench.settle([written(only(await bench.claim('taxes')), 'OUTPUT')]);
    await bench.hint('taxes', ['7']);
    const linked = only(await bench.claim('taxes'));
    await bench.settle([{ operation: linked, kind: 'moved', crmId: 'set:7' }]);
    expect(await recordOf(linked)).toMatchObject({ status: 'excluded', reason: 'moved', xeroId: 'OUTPUT' });
  });

  it('moves a link from a record that is gone, and has that one looked at again', async () => {
    const old = await claimed('1');
    await bench.settle([written(old, 'x1')]);
    const anew = await claimed('2');
    await bench.settle([written(anew, 'x1', { action: 'link', takesFrom: ['1'] })]);
    expect(await recordOf(anew)).toMatchObject({ status: 'synced', xeroId: 'x1' });
    expect(only(await bench.claim('invoices')).binding).toMatchObject({
      crmId: '1',
      xeroId: null,
      crmHash: null,
      crmSnapshot: null,
      xeroSnapshot: null,
    });
  });

  it('leaves a link alone that stands for another record of Xero than the one that is taken', async () => {
    const old = await claimed('1');
    await bench.settle([written(old, 'x1')]);
    await bench.settle([written(await claimed('2'), 'x2', { action: 'link', takesFrom: ['1'] })]);
    expect(await recordOf(old)).toMatchObject({ xeroId: 'x1' });
  });

  it('does not touch the identity keys: what the engine knows of a linked record may be little', async () => {
    const { identities } = bench.storage.stores;
    const known = xeroRecord('x1', { number: 'INV-1' });
    const scope = { organizationId: bench.organizationId, entity: 'invoices' } as const;
    await identities.absorb({ ...scope, codecVersion: 1, records: [known], freshAsOf: null });
    await bench.settle([written(await claimed(), 'x1', { action: 'link' })]);
    const found = await identities.candidates(scope.organizationId, 'invoices', [known.keys]);
    expect(only(found)).toMatchObject({ xeroId: 'x1', boundCrmIds: ['1'] });
  });
});
