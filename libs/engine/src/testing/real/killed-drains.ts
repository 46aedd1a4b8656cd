import { type Entity, SyncError } from '@sync/domain';
import { QUIET_AFTER_SENDING_MS } from '../../drain/timing.js';
import type { DrainBench } from '../drain-bench.js';
import { killedWorker } from '../killed-worker.js';
import { customer, ids, invoice, item, payment } from '../records.js';
import { withRealStorage } from './real-storage.js';

/** A drain makes fewer calls to storage than this; a worker that outlives them all ends the search. */
const MOST_STEPS = 80;

/** At which of its steps a worker is killed: the first, and from there on every so many. */
export interface KilledSteps {
  every: number;
  timeoutMs: number;
}

/** Nothing is lost and nothing doubled, at whichever of its steps a worker dies. */
export function proveDrainsSurvive({ every, timeoutMs }: KilledSteps): void {
  const { clock, storage, openBench } = withRealStorage();

  const recover = async (bench: DrainBench, entity: Entity) => {
    for (let round = 0; round < 4; round += 1) {
      await bench.drain(entity);
      await bench.settle();
      if ((await storage.stores.batches.open(bench.connectionId)).length === 0) break;
      clock.advance(QUIET_AFTER_SENDING_MS);
    }
  };

  const expectEndedOnce = async (bench: DrainBench, entity: Entity, count: number) => {
    expect(await bench.statuses(entity)).toEqual({ synced: ids(count) });
    const made = bench.xero.shelf.records(entity).map(({ xeroId }) => xeroId);
    const bound = await Promise.all(ids(count).map((id) => bench.record(entity, id)));
    expect(bound.map(({ xeroId }) => xeroId ?? '').toSorted()).toEqual(made.toSorted());
    expect(await storage.stores.batches.open(bench.connectionId)).toEqual([]);
    expect(await bench.due()).toEqual({});
  };

  /** Kills a drain at each of its steps in turn, and has another worker take over. */
  const killEverywhere = async (entity: Entity, scene: (bench: DrainBench) => Promise<number>) => {
    for (let at = 1; at <= MOST_STEPS; at += every) {
      const bench = await openBench();
      const count = await scene(bench);
      const worker = killedWorker(bench.parts, at);
      await bench.drain(entity, { parts: worker.parts }).catch((error: unknown) => {
        expect(String(error)).toContain('killed');
      });
      const died = worker.died();
      await worker.leaseRunsOut();
      await recover(bench, entity);
      await expectEndedOnce(bench, entity, count);
      if (!died) return at;
    }
    throw new Error('the drain never came to its end');
  };

  const creations = async (bench: DrainBench) => {
    bench.xero.batchSize = { customers: 2 };
    bench.crm.put(
      'customers',
      ids(3).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(3));
    return 3;
  };

  const updates = async (bench: DrainBench) => {
    bench.crm.put('items', [item('1'), item('2')]);
    await bench.hint('items', ids(2));
    await bench.settle();
    bench.crm.put('items', [item('1', { name: 'New' }), item('2', { name: 'New' }), item('3')]);
    await bench.hint('items', ids(3));
    return 3;
  };

  it(
    'at any step, loses and doubles no record that was to be created',
    async () => {
      expect(await killEverywhere('customers', creations)).toBeGreaterThan(15);
    },
    timeoutMs,
  );

  it(
    'at any step, loses no update and doubles nothing without a marker',
    async () => {
      expect(await killEverywhere('items', updates)).toBeGreaterThan(15);
    },
    timeoutMs,
  );

  it(
    'at any step, leaves nothing parked for the right to approve, once that was given',
    async () => {
      for (let at = 1, died = true; died; at += every) {
        const bench = await openBench();
        await draftWithPayment(bench);
        const worker = killedWorker(bench.parts, at);
        await bench.drain('invoices', { parts: worker.parts }).catch((error: unknown) => {
          expect(String(error)).toContain('killed');
        });
        died = worker.died();
        await worker.leaseRunsOut();
        await recover(bench, 'invoices');
        expect([at, await bench.statuses('invoices')]).toEqual([at, { synced: ['1'] }]);
        expect([at, await bench.statuses('payments')]).toEqual([at, { synced: ['p1'] }]);
        expect(await bench.issues()).toEqual([]);
      }
    },
    timeoutMs,
  );

  /** An invoice that Xero saved as a draft, its payment parked for that, and the right to approve given since. */
  const draftWithPayment = async (bench: DrainBench) => {
    const { shelf } = bench.xero;
    const isDraft = () => shelf.records('invoices').some(({ derived }) => derived.status === 'draft');
    const refusal = new SyncError('validation', 'not approved', { code: 'PAYMENT_INVOICE_NOT_APPROVED' });
    bench.xero.refuse = (crmId) => (crmId === 'p1' && isDraft() ? refusal : null);
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('p1')]);
    shelf.draftsOnly = true;
    await bench.hint('customers', ['1']);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    await bench.hint('payments', ['p1']);
    await bench.settle();
    expect((await bench.record('payments', 'p1')).reason).toBe('PAYMENT_INVOICE_NOT_APPROVED');
    shelf.draftsOnly = false;
    clock.advance(60 * 60_000);
  };
}
