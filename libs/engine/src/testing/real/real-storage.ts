import { definitions } from '@sync/entities';
import { migrateDatabase, openStorage, type Storage } from '@sync/storage';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { type BenchRequest, type DrainBench, openDrainBench } from '../drain-bench.js';
import { createMovedClock, type MovedClock } from '../moved-clock.js';

/** What the benches of a spec have in common. */
export interface RealStorage {
  clock: MovedClock;
  /** On a database of its own; there from the first `beforeAll` of the spec on. */
  storage: Pick<Storage, 'stores' | 'admin'>;
  /** A bench of another organization, with the real definitions unless told. */
  openBench(request?: Partial<BenchRequest>): Promise<DrainBench>;
}

/** Opens storage before the tests of the `describe` that calls this, and takes it away after them. */
export function withRealStorage(): RealStorage {
  const clock = createMovedClock();
  let database: TestDatabase;
  let opened: Storage;
  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
    opened = await openStorage({ url: database.url, encryptionKeys, clock });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });
  return {
    clock,
    storage: {
      get stores() {
        return opened.stores;
      },
      get admin() {
        return opened.admin;
      },
    },
    openBench: (request = {}) => openDrainBench({ storage: opened, definitions, clock, ...request }),
  };
}
