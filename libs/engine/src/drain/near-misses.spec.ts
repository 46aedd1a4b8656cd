import { definitions } from '@sync/entities';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { type DrainBench, openDrainBench } from '../testing/drain-bench.js';
import { createMovedClock } from '../testing/moved-clock.js';
import { customer } from '../testing/records.js';

const HOUR = 3_600_000;

describe('what was nearly taken for an edit', () => {
  const clock = createMovedClock();
  let database: TestDatabase;
  let storage: Storage;
  let bench: DrainBench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
    storage = await openStorage({ url: database.url, encryptionKeys, clock });
    const settings = { writeBack: true, directions: { customers: 'two-way' } } as const;
    bench = await openDrainBench({ storage, definitions, clock, settings });
    await bench.listed('customers');
    bench.crm.put('customers', [customer('1'), customer('2')]);
    await bench.hint('customers', ['1', '2']);
    await bench.settle();
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });

  const counted = async () => {
    const { nearMisses, nearMissAt } = await storage.stores.xeroCheckpoints.load(
      bench.organizationId,
      'customers',
    );
    return { nearMisses, nearMissAt };
  };
  const editAll = (phone: string) => {
    for (const { xeroId } of bench.xero.shelf.records('customers'))
      bench.xero.shelf.edit('customers', xeroId, { owned: { phone } });
  };

  it('is counted by entity, with the time of the last one; an edit is not', async () => {
    editAll('edited');
    await bench.later(HOUR, 'customers');
    expect(await counted()).toEqual({ nearMisses: 0, nearMissAt: null });

    // From now on whatever Xero holds means to the CRM what it has already.
    const { canonical } = bench.xero;
    bench.xero.canonical = (request) =>
      request.base ? { ok: true, record: request.base } : canonical(request);
    editAll('in other words');
    await bench.later(HOUR, 'customers');
    const first = clock.now();
    expect(await counted()).toEqual({ nearMisses: 2, nearMissAt: first });

    editAll('in other words again');
    await bench.later(HOUR, 'customers');
    expect(await counted()).toEqual({ nearMisses: 4, nearMissAt: new Date(first.getTime() + HOUR) });
    expect(bench.crm.calls.write).toBe(1);
  });
});
