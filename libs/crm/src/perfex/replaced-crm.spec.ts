import { describeWith } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../testing/src/perfex/index.js';
import { keepsCounters } from './changes/refuse-replaced.js';
import { openPerfex, rememberingPerfex, sweepPerfex } from './testing/open-perfex.js';

const DEPTHS = ['new', 'changed', 'all'] as const;
const REPLACED = { kind: 'conflict', code: 'CRM_REPLACED' };

describe('the counter of a table', () => {
  it.each([
    ['10.11.19-MariaDB-0+deb12u1', true],
    ['5.5.5-10.2.4-MariaDB', true],
    ['10.2.3-MariaDB', false],
    ['10.1.48-MariaDB', false],
    ['8.0.36', true],
    ['5.7.44-log', false],
  ])('of %s outlives a restart: %s', (version, lasting) => {
    expect(keepsCounters(version)).toBe(lasting);
  });
});

describeWith(['mariadb'], 'a CRM that was restored or set up anew', () => {
  let perfex: PerfexDatabase;
  const run = (sql: string): Promise<unknown> => perfex.connection.query(sql);

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
  });

  afterEach(() => perfex.drop());

  it.each(DEPTHS)('is no alarm when the newest records are deleted (%s)', async (depth) => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'invoices', depth: 'changed' });
    await run('delete from tblinvoices where id > 9');
    await expect(sweepPerfex(crm, { entity: 'invoices', depth })).resolves.toBeDefined();
    await crm.close();
  });

  it('is no alarm when every record is deleted', async () => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'payments', depth: 'changed' });
    await run('delete from tblinvoicepaymentrecords');
    const { changes } = await sweepPerfex(crm, { entity: 'payments', depth: 'changed' });
    await crm.close();
    expect(changes).toHaveLength(4);
    expect(changes.every(({ gone }) => gone)).toBe(true);
  });

  it.each(DEPTHS)(
    'is noticed when an older copy takes its place, also after a restart of ours (%s)',
    async (depth) => {
      const { crm, fingerprints } = rememberingPerfex(perfex);
      await sweepPerfex(crm, { entity: 'invoices', depth: 'new' });
      await crm.close();
      await run('create table older like tblinvoices');
      await run('insert into older select * from tblinvoices where id <= 10');
      await run('drop table tblinvoices');
      await run('rename table older to tblinvoices');
      const next = openPerfex(perfex, { fingerprints });
      await expect(sweepPerfex(next, { entity: 'invoices', depth })).rejects.toMatchObject({
        ...REPLACED,
        meta: { reason: 'its invoices end at id 10 and go on with 11, but 13 was seen before' },
      });
      await next.close();
    },
  );

  it('is noticed when a table is emptied and begins anew', async () => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await run('truncate table tblclients');
    await expect(sweepPerfex(crm, { entity: 'customers', depth: 'changed' })).rejects.toMatchObject(REPLACED);
    await crm.close();
  });
});
