import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench } from '../testing/bench.js';
import { PURCHASES } from './purchases.sql.js';

describe('the step to directions', () => {
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

  const step = PURCHASES.find((statement) => statement.startsWith('update organization set settings')) ?? '';
  const directionsAfter = async (stored: object) => {
    const { id } = await bench.another();
    await bench.query('update organization set settings = $2 where id = $1', [id, JSON.stringify(stored)]);
    await bench.query(step);
    return (await bench.storage.admin.organization(id))?.settings.directions;
  };

  it('leaves off what was off, and gives new entities their default', async () => {
    expect(await directionsAfter({ entities: ['taxes', 'customers', 'invoices'] })).toMatchObject({
      taxes: 'two-way',
      customers: 'to-xero',
      items: 'off',
      invoices: 'two-way',
      payments: 'off',
      expenses: 'two-way',
    });
  });

  it('changes nothing that was chosen as a direction', async () => {
    expect(await directionsAfter({ directions: { items: 'off', invoices: 'to-xero' } })).toMatchObject({
      items: 'off',
      invoices: 'to-xero',
      payments: 'to-xero',
    });
  });
});
