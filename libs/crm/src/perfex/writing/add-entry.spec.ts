import type { CrmPort, ReferenceAddition, ReferenceKind } from '@sync/engine';
import { describeWith } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import { grantWriting } from '../testing/writer-login.js';

const ACCOUNT = 'd1ebb97b-d207-4ccb-9ab6-8a466a8b4d39:72f1dcfe-5d7d-4239-bf9d-e12469309716';
const LISTS: [ReferenceKind, string][] = [
  ['expense-category', 'tblexpenses_categories'],
  ['payment-mode', 'tblpayment_modes'],
];

describeWith(['mariadb'], 'an account of Xero becomes an entry of a list of Perfex', () => {
  let perfex: PerfexDatabase;
  let crm: CrmPort;
  const rows = async (sql: string): Promise<RowDataPacket[]> => {
    const [found] = await perfex.connection.query<RowDataPacket[]>(sql);
    return found;
  };
  const add = (kind: ReferenceKind, change: Partial<ReferenceAddition> = {}, one = crm) =>
    one.addReference({ kind, key: ACCOUNT, name: 'Savings', ...change }, UNHURRIED);

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
    crm = openPerfex(perfex, await grantWriting(perfex));
  });

  afterEach(async () => {
    await crm.close();
    await perfex.drop();
  });

  it.each(LISTS)('%s: once for a key, asked for one after the other or at once', async (kind, table) => {
    const other = openPerfex(perfex, perfex.reader);
    const [before] = await rows(`select count(*) as n from ${table}`);
    const results = await Promise.all([crm, other, crm, other].map((one) => add(kind, {}, one)));
    const again = await add(kind, { name: 'Renamed in Xero' });
    await other.close();
    expect(new Set([...results, again].map((one) => (one.state === 'added' ? one.id : one)))).toHaveProperty(
      'size',
      1,
    );
    const [after] = await rows(`select count(*) as n from ${table}`);
    expect(Number(after?.['n'])).toBe(Number(before?.['n']) + 1);
    expect(await rows(`select name from ${table} order by id desc limit 1`)).toEqual([{ name: 'Savings' }]);
    expect(await rows('select sync_key, entity, made from tblcrm_xero_sync_link')).toEqual([
      { sync_key: ACCOUNT, entity: kind, made: 1 },
    ]);
  });

  it('is among what there is to choose from, by the name that it has in Xero', async () => {
    const name = 'Repairs & <Maintenance>';
    const category = await add('expense-category', { name });
    const mode = await add('payment-mode', { key: 'another', name: 'Savings' });
    const { expenseCategories, paymentModes } = await crm.reference(UNHURRIED);
    expect(expenseCategories).toContainEqual({ id: Object(category).id, name });
    expect(paymentModes).toContainEqual({ id: Object(mode).id, name: 'Savings', active: true });
  });

  it('is not offered to customers on new invoices by itself', async () => {
    await add('payment-mode');
    expect(
      await rows('select active, selected_by_default from tblpayment_modes order by id desc limit 1'),
    ).toEqual([{ active: 1, selected_by_default: 0 }]);
  });

  it('is not made anew when somebody has deleted it', async () => {
    const made = await add('expense-category');
    await rows(`delete from tblexpenses_categories where id = ${Object(made).id}`);
    expect(await add('expense-category')).toMatchObject({ state: 'refused', code: 'REFUSED_BY_CRM' });
  });

  it('is refused, not cut off, where its name does not fit; nothing of it remains', async () => {
    expect(await add('payment-mode', { name: 'x'.repeat(150) })).toMatchObject({
      state: 'refused',
      meta: { reason: expect.stringContaining('name') },
    });
    expect(await rows('select * from tblcrm_xero_sync_link')).toEqual([]);
  });

  it('takes just the right to insert there, and names it where it is missing', async () => {
    await crm.close();
    await perfex.drop();
    perfex = await createPerfexDatabase();
    crm = openPerfex(perfex, await grantWriting(perfex, /tblpayment_modes/));
    expect(await add('payment-mode')).toEqual({
      state: 'not-taken',
      code: 'CRM_WRITE_NOT_ALLOWED',
      meta: { missing: 'INSERT on tblpayment_modes' },
    });
    expect(await add('expense-category')).toMatchObject({ state: 'added' });
  });
});
