import { type CanonicalRecord, CRM_ENTITIES } from '@sync/domain';
import { describeWith } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, sweepPerfex, UNHURRIED } from '../testing/open-perfex.js';
import { create, CREDIT_NOTE, CUSTOMER, EXPENSE, INVOICE, PAYMENT } from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';
import { WRITERS } from './writers.js';

const USE = { id: '', creditNoteId: '4', date: '2026-10-24', amount: '10', currency: 'USD' };
const RECORDS: readonly [keyof typeof WRITERS, CanonicalRecord][] = [
  ['taxes', { id: '', components: [{ name: 'State', rate: '6' }] }],
  ['customers', CUSTOMER],
  ['vendors', CUSTOMER],
  ['items', { id: '', code: null, name: 'Desk', description: null, unitPrice: '1', taxes: EXPENSE.taxes }],
  ['invoices', INVOICE],
  ['credit-notes', CREDIT_NOTE],
  ['credit-applications', { ...USE, invoiceId: '1' }],
  ['payments', PAYMENT],
  ['refunds', { ...USE, modeId: '1', reference: null }],
  ['expenses', EXPENSE],
];

describeWith(['mariadb'], 'what it takes to write into Perfex', () => {
  let perfex: PerfexDatabase;
  const rows = async (sql: string): Promise<RowDataPacket[]> => {
    const [found] = await perfex.connection.query<RowDataPacket[]>(sql);
    return found;
  };
  const attempt = async (
    work: (crm: ReturnType<typeof openPerfex>) => Promise<unknown>,
  ): Promise<unknown> => {
    const crm = openPerfex(perfex);
    return work(crm).finally(() => crm.close());
  };

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
  });

  afterEach(() => perfex.drop());

  it('is nothing as long as nothing is written: reading leaves no trace', async () => {
    await attempt(async (crm) => {
      for (const entity of CRM_ENTITIES) await sweepPerfex(crm, { entity, depth: 'all' });
      await crm.read('invoices', ['1'], UNHURRIED);
    });
    expect(await rows("show tables like '%crm_xero_sync%'")).toEqual([]);
  });

  it('are the rights that the documentation names, for every entity that can be written', async () => {
    await grantWriting(perfex);
    await attempt(async (crm) => {
      await crm.check(UNHURRIED);
      expect(crm.writable).toEqual(CRM_ENTITIES.filter((entity) => entity !== 'purchase-orders'));
      expect(crm.removable).toEqual(['items', 'credit-applications', 'payments', 'refunds', 'expenses']);
      for (const entity of crm.writable) expect(await crm.write(entity, [], UNHURRIED)).toEqual([]);
      expect(await create(crm, 'invoices', INVOICE)).toMatchObject({ state: 'written' });
    });
  });

  it.each(RECORDS)('are for %s alone just those that their writer names', async (entity, record) => {
    const { user, database } = perfex.reader;
    await rows(`grant create, insert, update, delete on ${database}.tblcrm_xero_sync_link to '${user}'@'%'`);
    const rights = Object.entries(WRITERS[entity].rights) as [string, string[]][];
    for (const [table, needed] of rights) {
      await rows(`grant ${needed.join(', ')} on ${database}.tbl${table} to '${user}'@'%'`);
    }
    expect(await attempt((crm) => create(crm, entity, record))).toMatchObject({ state: 'written' });
  });

  it('are named all at once where they are missing, and nothing is written then', async () => {
    const result = await attempt((crm) => create(crm, 'payments', PAYMENT));
    expect(result).toEqual({
      key: 'key-of-payments',
      state: 'refused',
      code: 'CRM_WRITE_NOT_ALLOWED',
      meta: {
        missing:
          'SELECT, INSERT, UPDATE, DELETE, CREATE on tblcrm_xero_sync_link; INSERT, UPDATE, DELETE on tblinvoicepaymentrecords; ' +
          'UPDATE on tblinvoices; INSERT on tblsales_activity',
      },
    });
    expect(await rows('select count(*) as n from tblinvoicepaymentrecords')).toEqual([{ n: 4 }]);
  });

  it('are looked at again once they were given', async () => {
    const crm = openPerfex(perfex, await grantWriting(perfex, /tblexpenses/));
    expect(await create(crm, 'expenses', EXPENSE)).toMatchObject({
      meta: { missing: 'INSERT, UPDATE, DELETE on tblexpenses' },
    });
    await grantWriting(perfex);
    expect(await create(crm, 'expenses', EXPENSE)).toMatchObject({ state: 'written' });
    await crm.close();
  });

  it('may be given for the whole database, or to the table of ours that somebody made beforehand', async () => {
    const { user, database } = perfex.reader;
    await rows(`grant insert, update, delete on ${database}.* to '${user}'@'%'`);
    expect(await attempt((crm) => create(crm, 'customers', CUSTOMER))).toMatchObject({
      code: 'CRM_WRITE_NOT_ALLOWED',
    });
    await rows(`grant create on ${database}.* to '${user}'@'%'`);
    expect(await attempt((crm) => create(crm, 'customers', CUSTOMER))).toMatchObject({ state: 'written' });
    await rows(`revoke create on ${database}.* from '${user}'@'%'`);
    const other = { ...CUSTOMER, email: null, people: [] };
    expect(await attempt((crm) => create(crm, 'customers', other, 'other'))).toMatchObject({
      state: 'written',
    });
  });

  it('are tables that know transactions', async () => {
    await grantWriting(perfex);
    await rows('alter table tblitemable engine=MyISAM');
    await rows('alter table tbloptions engine=MyISAM');
    expect(await attempt((crm) => create(crm, 'invoices', INVOICE))).toMatchObject({
      state: 'refused',
      code: 'CRM_TABLES_WITHOUT_TRANSACTIONS',
      meta: { tables: 'tblitemable, tbloptions' },
    });
    expect(await attempt((crm) => create(crm, 'customers', CUSTOMER))).toMatchObject({ state: 'written' });
  });

  it('is a module for vendors', async () => {
    await perfex.drop();
    perfex = await createPerfexDatabase({ purchase: null });
    await grantWriting(perfex);
    await attempt(async (crm) => {
      expect(await create(crm, 'vendors', CUSTOMER)).toMatchObject({
        state: 'refused',
        code: 'REFUSED_BY_CRM',
      });
      expect(crm.writable).not.toContain('vendors');
    });
  });
});
