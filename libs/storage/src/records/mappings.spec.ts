import { type IssueCode, ISSUES, issueEntry } from '@sync/domain';
import type { Mapping } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench } from '../testing/bench.js';

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

  const codes = (Object.keys(ISSUES) as IssueCode[]).filter((code) => {
    const { scope, severity } = issueEntry(code);
    return scope === 'mapping' && severity === 'blocking';
  });

  it.each(codes)('once one is saved, what is parked with %s goes on by itself', async (code) => {
    await bench.hint('expenses', [code]);
    const operation = only(await bench.claim('expenses'));
    await bench.settle([{ operation, kind: 'parked', code, meta: {}, label: 'Paper' }]);
    expect(await bench.claim('expenses')).toEqual([]);
    await bench.storage.stores.mappings.save(bench.organizationId, [suggestion('expenses', '429')]);
    expect(only(await bench.claim('expenses')).binding.crmId).toBe(code);
  });
});
