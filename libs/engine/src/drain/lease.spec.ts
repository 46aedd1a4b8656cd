import type { Storage } from '@sync/storage';
import { type Fence, LeaseLost, type LeaseStore } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids } from '../testing/records.js';
import { holdLease } from './lease.js';
import { LEASE_MS, LEASE_RENEWAL_MS } from './timing.js';

describe('a drain and its lease', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
    bench.crm.put(
      'customers',
      ids(3).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(3));
  });

  /** Somebody takes the lease over: the holder's ran out without a renewal. */
  const takeOver = async (): Promise<Fence> => {
    const { leases } = storage.stores;
    for (let number = 1; number < 10; number += 1) {
      await leases.release({ connectionId: bench.connectionId, number });
    }
    const fence = await leases.acquire(bench.connectionId, 'successor', 60_000);
    if (!fence) throw new Error('the lease was not free');
    return fence;
  };

  it('joins whoever holds it, and does nothing', async () => {
    const fence = await takeOver();
    expect(await bench.drain('customers')).toEqual({
      result: 'joined',
      writingCalls: 0,
      outcomes: {},
      resumeAt: null,
    });
    expect(bench.crm.calls.read).toBe(0);
    expect(bench.rings).toEqual([]);
    await storage.stores.leases.release(fence);
    expect(await bench.drain('customers')).toMatchObject({ result: 'drained', writingCalls: 1 });
  });

  it('sends nothing and settles nothing when the lease went to another while it read', async () => {
    bench.crm.answer('customers', { id: '1', state: 'missing' });
    bench.crm.whileReading(async () => void (await takeOver()));
    expect(await bench.drain('customers')).toMatchObject({ result: 'lease-lost', writingCalls: 0 });
    expect(bench.xero.calls).toEqual([]);
    expect(await bench.statuses('customers')).toEqual({ pending: ids(3) });
  });

  it('sends nothing when the lease went to another before the batch left', async () => {
    let successor: Fence | null = null;
    const batches: Storage['stores']['batches'] = {
      ...storage.stores.batches,
      markSent: async (...request) => {
        successor = await takeOver();
        return storage.stores.batches.markSent(...request);
      },
    };
    const parts = { ...bench.parts, stores: { ...storage.stores, batches } };
    expect(await bench.drain('customers', { parts })).toMatchObject({ result: 'lease-lost' });
    expect(bench.xero.calls).toEqual([]);
    if (successor) await storage.stores.leases.release(successor);
    await bench.settle();
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);
  });

  it('settles nothing of a call that came back after the lease went to another', async () => {
    bench.xero.onWrite(async () => {
      await takeOver();
      return 'done' as const;
    });
    expect(await bench.drain('customers')).toMatchObject({ result: 'lease-lost' });
    expect(await bench.statuses('customers')).toEqual({ pending: ids(3) });
    expect(await storage.stores.batches.open(bench.connectionId)).toHaveLength(1);
    await storage.stores.leases.release({ connectionId: bench.connectionId, number: 2 });
    bench.xero.onWrite(() => 'done');
    clock.advance(120_000);
    await bench.drain('customers');
    expect((await bench.statuses('customers')).synced).toEqual(ids(3));
    expect(bench.xero.shelf.records('customers')).toHaveLength(3);
  });

  it('gives the lease back and closes what it opened, however it ends', async () => {
    const crmOf = async () => {
      throw new Error('no such CRM');
    };
    await expect(bench.drain('customers', { parts: { ...bench.parts, crmOf } })).rejects.toThrow('no such');
    expect(bench.xero.closed).toBe(1);
    const open = async () => {
      throw new Error('no tokens');
    };
    const xero = { ...bench.xero, open };
    await expect(bench.drain('customers', { parts: { ...bench.parts, xero } })).rejects.toThrow('no tokens');
    expect(await bench.drain('customers')).toMatchObject({ result: 'drained', writingCalls: 1 });
  });

  describe('while it is held', () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });
    const fence = { connectionId: 'c', number: 1 };
    const leases = (change: Partial<LeaseStore>): LeaseStore => ({
      acquire: async () => fence,
      renew: async () => true,
      release: async () => undefined,
      ...change,
    });

    it('counts as lost as soon as its last renewal is older than its life, whoever has it', async () => {
      const held = await holdLease(
        leases({ renew: () => Promise.reject(new Error('the database is away')) }),
        'c',
        'h',
      );
      await jest.advanceTimersByTimeAsync(LEASE_MS);
      expect(() => held?.stillHeld()).not.toThrow();
      await jest.advanceTimersByTimeAsync(LEASE_RENEWAL_MS);
      expect(() => held?.stillHeld()).toThrow(LeaseLost);
      await held?.release();
    });

    it('counts as lost when a renewal says that another has it', async () => {
      const held = await holdLease(leases({ renew: async () => false }), 'c', 'h');
      await jest.advanceTimersByTimeAsync(LEASE_RENEWAL_MS);
      expect(() => held?.stillHeld()).toThrow(LeaseLost);
      await held?.release();
    });

    it('is kept for as long as renewals come back', async () => {
      const held = await holdLease(leases({}), 'c', 'h');
      await jest.advanceTimersByTimeAsync(LEASE_MS * 5);
      expect(() => held?.stillHeld()).not.toThrow();
      await held?.release();
    });

    it('is given back after a renewal that is under way, which would take it again', async () => {
      const done: string[] = [];
      const renew = async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        done.push('renewed');
        return true;
      };
      const release = async () => void done.push('released');
      const held = await holdLease(leases({ renew, release }), 'c', 'h');
      await jest.advanceTimersByTimeAsync(LEASE_RENEWAL_MS);
      const released = held?.release();
      await jest.advanceTimersByTimeAsync(100);
      await released;
      expect(done).toEqual(['renewed', 'released']);
    });
  });
});
