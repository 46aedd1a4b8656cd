import type { CrmEntity } from '@sync/domain';
import { describeWith } from '@sync/testing';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
} from '../../../testing/src/perfex/index.js';
import { costOfUnchangedSweep } from './testing/unchanged-sweep.js';

/** Logging in and looking at the schema. */
const FIXED_BYTES = 12 * 1024;
/** 64 KB for 200,000 records allow 0.32 bytes for one; a bucket of 1,000 of them takes a short row for each table. */
const BYTES_A_RECORD = 0.25;
const COUNT = 20_000;

const CRM_ENTITIES: readonly CrmEntity[] = [
  'invoices',
  'payments',
  'credit-notes',
  'vendors',
  'expenses',
  'purchase-orders',
];

describeWith(['mariadb'], 'what finding no change costs, at a tenth of the size', () => {
  let perfex: PerfexDatabase;

  beforeAll(async () => {
    perfex = await createPerfexDatabase({ seeded: false });
    await fillPerfexDatabase(perfex, {
      customers: 2000,
      items: 40,
      invoices: COUNT,
      payments: COUNT,
      creditNotes: COUNT,
      vendors: COUNT,
      expenses: COUNT,
      purchaseOrders: COUNT,
    });
  }, 120_000);

  afterAll(() => perfex.drop());

  it.each(CRM_ENTITIES)(
    'takes a quarter of a byte over the wire for each unchanged record of %s',
    async (entity) => {
      const cost = await costOfUnchangedSweep(perfex, entity);
      expect(cost).toMatchObject({ listed: COUNT, changed: 0 });
      expect(cost.bytes).toBeLessThanOrEqual(FIXED_BYTES + COUNT * BYTES_A_RECORD);
    },
    120_000,
  );
});
