import type { Mapping } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

describe('mappings', () => {
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

  const suggestion = (key: string, value: string | null): Mapping => ({
    kind: 'account',
    key,
    label: key,
    value,
    source: 'suggested',
    reason: 'by its name',
  });

  it('are suggested, chosen and confirmed; a suggestion never replaces a choice', async () => {
    const { mappings, organizations } = bench.storage.stores;
    const { id } = await bench.another({ confirmed: false });
    await mappings.suggest(id, [suggestion('sales', '200'), suggestion('rounding', null)]);
    await mappings.save(id, [suggestion('sales', '260')]);
    await mappings.suggest(id, [suggestion('sales', '299'), suggestion('bank', '090')]);
    expect((await mappings.load(id)).map(({ key, value, source }) => [key, value, source])).toEqual([
      ['bank', '090', 'suggested'],
      ['rounding', null, 'suggested'],
      ['sales', '260', 'confirmed'],
    ]);
    expect((await organizations.load(id))?.mappingsConfirmedAt).toBeNull();
    const at = bench.clock.now();
    await mappings.confirm(id, at);
    expect((await mappings.load(id)).map(({ source }) => source)).toEqual([
      'confirmed',
      'suggested',
      'confirmed',
    ]);
    await mappings.confirm(id, new Date(at.getTime() + 1000));
    expect((await organizations.load(id))?.mappingsConfirmedAt).toEqual(at);
  });

  it('fill a gap once something fits, and stay suggestions', async () => {
    const { mappings } = bench.storage.stores;
    const { id } = await bench.another({ confirmed: false });
    await mappings.suggest(id, [suggestion('rounding', null), suggestion('sales', '200')]);
    await mappings.suggest(id, [suggestion('rounding', '860'), suggestion('sales', null)]);
    expect((await mappings.load(id)).map(({ key, value, source }) => [key, value, source])).toEqual([
      ['rounding', '860', 'suggested'],
      ['sales', '200', 'suggested'],
    ]);
  });
});
