import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';

const crm = {
  baseCurrency: 'USD',
  paymentModes: [{ id: '1', name: 'Bank', active: true }],
  expenseCategories: [{ id: '4', name: 'Travel' }],
};
const documents = { brandingThemes: [{ id: 't', name: 'Plain', isDefault: true }], trackingCategories: [] };

describe('what both sides have to choose from', () => {
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

  const at = (ms: number) => new Date(bench.clock.now().getTime() + ms);

  it('is kept as it was last read, each part with its time', async () => {
    const { organizations } = bench.storage.stores;
    const { id } = await bench.another();
    expect(await organizations.copies(id)).toEqual({ xero: null, crm: null, documents: null, askedAt: null });
    await organizations.saveCopies(id, { crm: { data: crm, readAt: at(0) } });
    await organizations.saveCopies(id, { documents: { data: documents, readAt: at(1000) } });
    await organizations.saveCopies(id, {
      crm: { data: { ...crm, baseCurrency: 'EUR' }, readAt: at(2000) },
    });
    expect(await organizations.copies(id)).toEqual({
      xero: null,
      crm: { data: { ...crm, baseCurrency: 'EUR' }, readAt: at(2000) },
      documents: { data: documents, readAt: at(1000) },
      askedAt: null,
    });
    expect(await organizations.copies(randomUUID())).toBeNull();
  });

  it('is asked for until what was asked for is read, and not what was asked for later', async () => {
    const { organizations } = bench.storage.stores;
    const { id } = await bench.another();
    const data = {
      organisation: {
        name: 'n',
        baseCurrency: 'GBP',
        country: 'GB',
        lockDate: null,
        shortCode: null,
        demo: true,
      },
      mayApproveInvoices: true,
      accounts: [],
      taxRates: [],
      currencies: ['GBP'],
    };
    await organizations.saveReference(id, data, at(0));
    await bench.storage.stores.mappings.suggest(id, [
      { kind: 'tax', key: 'none', label: 'No tax', value: null, source: 'suggested', reason: null },
    ]);
    const needed = async () =>
      (await organizations.needingReference(at(-1000))).some((organization) => organization.id === id);
    expect(await needed()).toBe(false);
    await organizations.askForReference(id, at(10));
    expect(await needed()).toBe(true);
    await organizations.askForReference(id, at(20));
    await organizations.referenceAnswered(id, at(10));
    expect((await organizations.copies(id))?.askedAt).toEqual(at(20));
    await organizations.referenceAnswered(id, at(20));
    expect(await needed()).toBe(false);
  });
});
