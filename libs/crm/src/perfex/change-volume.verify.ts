import { describeWith } from '@sync/testing';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
} from '../../../testing/src/perfex/index.js';
import { costOfUnchangedSweep } from './testing/unchanged-sweep.js';

describeWith(['mariadb'], 'what finding no change costs, at full size', () => {
  let perfex: PerfexDatabase;

  beforeAll(async () => {
    perfex = await createPerfexDatabase({ seeded: false });
    await fillPerfexDatabase(perfex, { customers: 20_000, items: 40, invoices: 200_000, payments: 140_000 });
  }, 600_000);

  afterAll(() => perfex.drop());

  it('takes at most 64 KB over the wire for 200,000 unchanged invoices', async () => {
    const cost = await costOfUnchangedSweep(perfex);
    process.stdout.write(`200,000 unchanged invoices: ${JSON.stringify(cost)}\n`);
    expect(cost).toMatchObject({ listed: 200_000, changed: 0 });
    expect(cost.bytes).toBeLessThanOrEqual(64 * 1024);
  }, 600_000);
});
