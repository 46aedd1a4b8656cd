import { describeWith } from '@sync/testing';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
} from '../../../testing/src/perfex/index.js';
import { costOfUnchangedSweep } from './testing/unchanged-sweep.js';

/** Logging in and looking at the schema. */
const FIXED_BYTES = 12 * 1024;
/** 64 KB for 200,000 invoices allow 0.32 bytes for one; a bucket of 1,000 of them takes three short rows. */
const BYTES_AN_INVOICE = 0.25;

describeWith(['mariadb'], 'what finding no change costs, at a tenth of the size', () => {
  let perfex: PerfexDatabase;

  beforeAll(async () => {
    perfex = await createPerfexDatabase({ seeded: false });
    await fillPerfexDatabase(perfex, { customers: 2000, items: 40, invoices: 20_000, payments: 14_000 });
  }, 120_000);

  afterAll(() => perfex.drop());

  it('takes a quarter of a byte over the wire for each unchanged invoice', async () => {
    const cost = await costOfUnchangedSweep(perfex);
    expect(cost).toMatchObject({ listed: 20_000, changed: 0 });
    expect(cost.bytes).toBeLessThanOrEqual(FIXED_BYTES + 20_000 * BYTES_AN_INVOICE);
  }, 120_000);
});
