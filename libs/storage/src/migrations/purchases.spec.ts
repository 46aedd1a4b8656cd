import { CRM_ENTITIES } from '@sync/domain';
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

  const steps = PURCHASES.filter((statement) => statement.startsWith('update organization set settings'));
  const settingsAfter = async (stored: object) => {
    const { id } = await bench.another();
    await bench.query('update organization set settings = $2 where id = $1', [id, JSON.stringify(stored)]);
    for (const step of steps) await bench.query(step);
    return (await bench.storage.admin.organization(id))?.settings;
  };
  const FORMER = ['taxes', 'customers', 'items', 'invoices', 'payments'] as const;
  // What came later has a step of its own.
  const NEW = CRM_ENTITIES.filter((entity) => !FORMER.some((former) => former === entity));

  it.each([{}, { entities: FORMER }, { autoSync: false }])(
    'lets nothing flow that did not flow before: %j',
    async (stored) => {
      const { directions } = (await settingsAfter(stored)) ?? {};
      expect(NEW).toHaveLength(6);
      for (const entity of NEW) expect([entity, directions?.[entity]]).toEqual([entity, 'off']);
      expect(directions).toMatchObject({ taxes: 'two-way', customers: 'to-xero', payments: 'to-xero' });
    },
  );

  it('leaves off what was off', async () => {
    expect((await settingsAfter({ entities: ['taxes', 'customers', 'invoices'] }))?.directions).toMatchObject(
      {
        taxes: 'two-way',
        customers: 'to-xero',
        items: 'off',
        invoices: 'two-way',
        payments: 'off',
        expenses: 'off',
      },
    );
  });

  it('changes nothing that was chosen as a direction', async () => {
    const directions = { items: 'off', invoices: 'to-xero', expenses: 'to-xero' };
    expect((await settingsAfter({ directions }))?.directions).toMatchObject({
      items: 'off',
      invoices: 'to-xero',
      payments: 'to-xero',
      expenses: 'to-xero',
      vendors: 'off',
    });
  });

  it('takes nothing away that stayed before, and asks nobody', async () => {
    expect(await settingsAfter({})).toMatchObject({ goneFromCrm: 'ignore', goneFromXero: 'ignore' });
    expect(await settingsAfter({ goneFromCrm: 'void' })).toMatchObject({ goneFromCrm: 'void' });
  });

  it('spreads the first listings of everything over the days that follow', async () => {
    const { id } = await bench.another();
    const freshAsOf = '2026-01-01T00:00:00Z';
    await bench.query(
      `insert into xero_checkpoint (organization_id, entity, fresh_as_of)
       select $1, e.entity, $2 from unnest($3::text[]) as e (entity)`,
      [id, freshAsOf, FORMER],
    );
    for (const step of PURCHASES.filter((statement) => statement.startsWith('update xero_checkpoint')))
      await bench.query(step);
    const rows = await bench.query(
      `select full_at > now() - interval '6 days 1 minute' and full_at <= now() as "inTime", full_at::text
       from xero_checkpoint where organization_id = $1`,
      [id],
    );
    expect(rows.map(({ inTime }) => inTime)).toEqual(FORMER.map(() => true));
    expect(new Set(rows.map(({ full_at }) => full_at)).size).toBe(FORMER.length);
  });
});
