import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('leases', () => {
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

  it('go to one of many who ask at once, and to nobody twice', async () => {
    const { leases } = bench.storage.stores;
    const connection = randomUUID();
    const asked = await Promise.all(
      Array.from({ length: 10 }, () => leases.acquire(connection, 'same', 60_000)),
    );
    expect(asked.filter((fence) => fence !== null)).toEqual([{ connectionId: connection, number: 1 }]);
  });

  it('pass on with a higher number when they run out, and the old holder learns of it', async () => {
    const { leases } = bench.storage.stores;
    const connection = randomUUID();
    const first = await leases.acquire(connection, 'a', 30);
    await sleep(60);
    const second = await leases.acquire(connection, 'b', 60_000);
    if (first === null || second === null) throw new Error('both were free to take');
    expect(second.number).toBe(first.number + 1);
    expect(await leases.renew(first, 60_000)).toBe(false);
    expect(await leases.renew(second, 60_000)).toBe(true);
    await leases.release(first);
    expect(await leases.acquire(connection, 'c', 60_000)).toBeNull();
  });

  it('are free the moment they are released', async () => {
    const { leases } = bench.storage.stores;
    const connection = randomUUID();
    for (let number = 1; number <= 50; number += 1) {
      const fence = await leases.acquire(connection, 'a', 60_000);
      expect(fence).toEqual({ connectionId: connection, number });
      if (fence !== null) await leases.release(fence);
    }
  });

  it('run by the clock of the database, whatever ours says', async () => {
    const { leases } = bench.storage.stores;
    const connection = randomUUID();
    await leases.acquire(connection, 'a', 60_000);
    bench.clock.advance(86_400_000);
    expect(await leases.acquire(connection, 'b', 60_000)).toBeNull();
  });

  it('of a name are held by one at a time, over all connections', async () => {
    const { storage } = bench;
    const inner = await storage.advisoryLock('planner', () =>
      storage.advisoryLock('planner', () => Promise.resolve(1)),
    );
    expect(inner).toBeNull();
    expect(await storage.advisoryLock('planner', () => Promise.resolve(2))).toBe(2);
    await expect(storage.advisoryLock('planner', () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await storage.advisoryLock('planner', () => Promise.resolve(3))).toBe(3);
  });
});
