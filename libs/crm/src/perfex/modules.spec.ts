import type { CrmEntity } from '@sync/domain';
import { describeWith } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../testing/src/perfex/index.js';
import { openPerfex, rememberingPerfex, sweepPerfex, UNHURRIED } from './testing/open-perfex.js';

const PURCHASES: readonly CrmEntity[] = ['vendors', 'purchase-orders'];

describeWith(['mariadb'], 'what an installation of Perfex has', () => {
  let perfex: PerfexDatabase;
  const run = (sql: string): Promise<unknown> => perfex.connection.query(sql);
  const entities = async (): Promise<readonly CrmEntity[]> => {
    const crm = openPerfex(perfex);
    await crm.check(UNHURRIED);
    await crm.close();
    return crm.entities;
  };

  afterEach(() => perfex.drop());

  it('has vendors and purchase orders where the Purchase module is', async () => {
    perfex = await createPerfexDatabase();
    expect(await entities()).toEqual(expect.arrayContaining([...PURCHASES]));
    await perfex.drop();
    perfex = await createPerfexDatabase({ purchase: null });
    const without = await entities();
    for (const entity of PURCHASES) expect(without).not.toContain(entity);
    expect(without).toContain('expenses');
  });

  it('has expenses without vendors where there is no such module', async () => {
    perfex = await createPerfexDatabase({ purchase: null });
    const crm = openPerfex(perfex);
    const [expense] = await crm.read('expenses', ['1'], UNHURRIED);
    await crm.close();
    expect(expense).toMatchObject({ state: 'found', record: { total: '41.67', vendorId: null } });
  });

  it('has less for a user who may read only what an earlier release asked for, and goes on with that', async () => {
    perfex = await createPerfexDatabase();
    const { user, database } = perfex.reader;
    await run(`revoke select on ${database}.* from '${user}'@'%'`);
    const earlier = `clients contacts countries credits currencies invoicepaymentrecords invoices item_tax itemable items
      options payment_modes taxes`;
    for (const table of earlier.split(/\s+/)) {
      await run(`grant select on ${database}.tbl${table} to '${user}'@'%'`);
    }
    expect(await entities()).toEqual(['taxes', 'customers', 'items', 'invoices', 'payments']);
  });

  it('does not take the records of a module for deleted when its tables are gone', async () => {
    perfex = await createPerfexDatabase();
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'vendors', depth: 'changed' });
    await run('drop table tblpur_contacts');
    await crm.check(UNHURRIED);
    for (const depth of ['new', 'changed', 'all'] as const) {
      expect((await sweepPerfex(crm, { entity: 'vendors', depth })).changes).toEqual([]);
    }
    expect(await crm.read('vendors', ['1'], UNHURRIED)).toMatchObject([{ id: '1', state: 'invalid' }]);
    await crm.close();
  });

  it('reads orders of an old Purchase module, which kept whole numbers and no names of taxes', async () => {
    perfex = await createPerfexDatabase({ purchase: '1.0.4', strict: true });
    await run(`insert into tblpur_orders (id, pur_order_name, vendor, estimate, pur_order_number, order_date,
        approve_status, datecreated, days_owed, subtotal, total_tax, total, addedfrom)
      values (1, 'Old', 1, 0, '#PO-1', '2019-05-04', 2, '2019-05-04 10:00:00', 0, 37.50, 7.50, 45.00, 1)`);
    await run(`insert into tblpur_order_detail (pur_order, item_code, unit_price, quantity, into_money, tax, total)
      values (1, '3', 12.50, 3, 37.50, '1', 45.00)`);
    const crm = openPerfex(perfex);
    expect((await sweepPerfex(crm, { entity: 'purchase-orders', depth: 'changed' })).changes).toHaveLength(1);
    expect(await crm.read('purchase-orders', ['1'], UNHURRIED)).toMatchObject([
      {
        state: 'found',
        record: {
          currency: 'USD',
          lines: [
            {
              description: 'Travel\n3 × 13.00',
              quantity: '1',
              unitPrice: '38.00',
              taxes: [{ name: 'VAT', rate: '20.00' }],
              itemId: '3',
            },
          ],
          shippingFee: '0.00',
          totalTax: '7.50',
          total: '45.00',
        },
      },
    ]);
    await crm.close();
  });
});
