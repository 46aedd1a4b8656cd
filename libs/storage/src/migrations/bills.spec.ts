import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';
import { BILLS } from './bills.sql.js';

describe('the step to bills', () => {
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

  const settingsAfter = async (stored: object) => {
    const { id } = await bench.another();
    await bench.query('update organization set settings = $2 where id = $1', [id, JSON.stringify(stored)]);
    for (const step of BILLS) await bench.query(step);
    return (await bench.storage.admin.organization(id))?.settings;
  };

  it.each([{}, { directions: { expenses: 'to-xero' } }])(
    'leaves expenses as they are, and bills off: %j',
    async (stored) => {
      const settings = await settingsAfter(stored);
      expect(settings?.directions).toMatchObject({
        bills: 'off',
        'bill-payments': 'off',
        ...stored.directions,
      });
      expect(settings).toMatchObject({
        expensesAs: 'spend-money',
        expensesAsByCategory: {},
        expensesAsByMode: {},
      });
    },
  );

  it('changes nothing that was chosen', async () => {
    expect((await settingsAfter({ directions: { bills: 'to-xero' } }))?.directions.bills).toBe('to-xero');
  });
});
