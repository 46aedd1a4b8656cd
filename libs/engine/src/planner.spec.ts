import { ENTITIES } from '@sync/domain';
import { tick } from './planner.js';
import type { DrainBench } from './testing/drain-bench.js';
import { withRealStorage } from './testing/real/real-storage.js';
import { customer, invoice, payment } from './testing/records.js';

describe('a tick of the planner', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench({ settings: { autoSync: false } });
    await storage.stores.organizations.saveReference(bench.organizationId, bench.xero.reference, clock.now());
  });

  const rung = async () => {
    bench.rings.length = 0;
    await tick(bench.parts);
    return [...bench.rings];
  };

  it('rings for what is due, parents before children, whatever was rung before', async () => {
    for (const entity of ENTITIES.toReversed()) await bench.hint(entity, ['1'], 'event');
    expect(await rung()).toEqual([...ENTITIES]);
    expect(await rung()).toEqual([...ENTITIES]);
  });

  it('rings for the backfill of the first entity only, since the others wait for it', async () => {
    for (const entity of ENTITIES) await bench.hint(entity, ['1']);
    await bench.hint('payments', ['2'], 'event');
    expect(await rung()).toEqual([ENTITIES[0], 'payments']);
  });

  it('rings for nothing where nothing is due', async () => {
    expect(await rung()).toEqual([]);
  });

  it('rings for nothing before the mappings are confirmed', async () => {
    bench = await openBench({
      confirmed: false,
      settings: { autoSync: false },
    });
    await bench.hint('customers', ['1']);
    expect(await rung()).toEqual(['reference']);
  });

  it('wakes a child whose parents are settled, without anybody asking', async () => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1')]);
    await bench.hint('payments', ['1'], 'event');
    await bench.drain('payments');
    expect(await bench.statuses('payments')).toEqual({ waiting: ['1'] });
    for (let beat = 0; beat < 6; beat += 1)
      for (const entity of await rung()) await bench.drain(entity as never);
    expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['customers', 'invoices', 'payments']);
    expect((await bench.statuses('payments')).synced).toEqual(['1']);
  });

  it('rings for the sweeps of a run until they are made', async () => {
    const { organizationId } = bench;
    const run = await storage.stores.runs.create({ organizationId, entities: ['customers'], mode: 'full' });
    expect(await rung()).toEqual(['sweeps']);
    await storage.stores.runs.swept(run, 'customers');
    expect(await rung()).toEqual([]);
    expect((await storage.admin.run(organizationId, run))?.status).toBe('completed');
  });

  it('rings for reference data that is a day old', async () => {
    clock.advance(24 * 60 * 60_000 + 1);
    expect(await rung()).toEqual(['reference']);
  });

  it('rings for what a worker left claimed when its lease is over', async () => {
    const { organizationId, connectionId } = bench;
    await bench.hint('customers', ['1']);
    const fence = await storage.stores.leases.acquire(connectionId, 'killed', 60_000);
    if (!fence) throw new Error('the lease was not free');
    const claim = { organizationId, entity: 'customers', limit: 5, claimId: 'c', fence } as const;
    await storage.stores.operations.claim({ ...claim, lanes: ['backfill'] });
    expect(await rung()).toEqual([]);
    await storage.stores.leases.release(fence);
    expect(await rung()).toEqual(['customers']);
  });
});
