import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage } from '@sync/storage';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, item } from '../testing/records.js';
import type { Fate } from '../testing/scripted-xero.js';

describe('the rounds of a drain', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
    bench.xero.batchSize = { customers: 1, items: 1 };
    bench.xero.onWrite(async (): Promise<Fate> => {
      await sleep(30);
      return 'done';
    });
  });

  const backlog = async (customers: number, items: number) => {
    const [customerIds, itemIds] = [ids(customers), ids(items)];
    bench.crm.put(
      'customers',
      customerIds.map((id) => customer(id)),
    );
    bench.crm.put(
      'items',
      itemIds.map((id) => item(id)),
    );
    await bench.hint('customers', customerIds);
    await bench.hint('items', itemIds);
  };
  const calls = (entity: string) => bench.xero.calls.filter((call) => call.entity === entity).length;

  it('go on, in a long drain, with the next entity while the last calls are under way', async () => {
    await backlog(40, 3);
    let leftMeanwhile = false;
    const itemSent = new EventEmitter();
    bench.xero.onWrite(async ({ entity, crmIds }): Promise<Fate> => {
      if (entity === 'items') itemSent.emit('sent');
      // The last customer's call comes back when an item's has left, or at long last.
      else if (crmIds[0] === '40')
        leftMeanwhile = await Promise.race([once(itemSent, 'sent').then(() => true), sleep(5_000, false)]);
      return 'done';
    });
    // Sleeps take time here: the calls are to come back while the drain waits for one of them.
    const parts = { ...bench.parts, clock: { ...clock, sleep: (ms: number) => sleep(ms) } };
    await bench.drain('customers', { parts });
    expect(calls('customers')).toBe(40);
    expect(calls('items')).toBe(3);
    expect(leftMeanwhile).toBe(true);
  });

  it('leave other entities to their own drains when there is little to do', async () => {
    await backlog(5, 3);
    await bench.drain('customers');
    expect(calls('items')).toBe(0);
    expect(bench.rings).toEqual(['items']);
  });

  it('end, in a long drain too, before the next entity when somebody waits', async () => {
    await backlog(8, 3);
    await bench.drain('customers', { othersWait: true });
    expect(calls('items')).toBe(0);
  });

  it('read what the next entity needs beside the calls of a long drain', async () => {
    await backlog(40, 3);
    let customersBefore: number | null = null;
    bench.xero.onList((entity) => {
      if (entity === 'items') customersBefore ??= calls('customers');
    });
    await bench.drain('customers');
    expect(customersBefore).toBeLessThan(20);
  });

  it('work by the settings and mappings of the moment, not of their beginning', async () => {
    await backlog(40, 0);
    const loads: number[] = [];
    const { load } = storage.stores.organizations;
    const organizations: Storage['stores']['organizations'] = {
      ...storage.stores.organizations,
      load: async (id) => {
        loads.push(calls('customers'));
        return load(id);
      },
    };
    const stores = { ...storage.stores, organizations };
    await bench.drain('customers', { parts: { ...bench.parts, stores } });
    expect(loads.length).toBeGreaterThanOrEqual(5);
  });
});
