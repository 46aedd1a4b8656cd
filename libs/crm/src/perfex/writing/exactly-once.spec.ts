import type { CrmPort, CrmWriteResult } from '@sync/engine';
import { describeWith, waitUntil } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import {
  change,
  create,
  CUSTOMER,
  EXPENSE,
  idOf,
  INVOICE,
  PAYMENT,
  recordOf,
} from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';

/** What a number looks like when everything is in sequence. */
const span = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describeWith(['mariadb'], 'a record of Xero is written into Perfex exactly once', () => {
  let perfex: PerfexDatabase;
  let crm: CrmPort;
  let other: CrmPort;
  const rows = async (sql: string): Promise<RowDataPacket[]> => {
    const [found] = await perfex.connection.query<RowDataPacket[]>(sql);
    return found;
  };
  const counted = async (table: string): Promise<number> =>
    Number((await rows(`select count(*) as n from ${table}`))[0]?.['n']);

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
    const login = await grantWriting(perfex);
    crm = openPerfex(perfex, login);
    other = openPerfex(perfex, login);
  });

  afterEach(async () => {
    await Promise.all([crm.close(), other.close()]);
    await perfex.drop();
  });

  it('though it is asked for twice under one key, one after the other or at once', async () => {
    const once = idOf(await create(crm, 'customers', CUSTOMER, 'k'));
    expect(idOf(await create(other, 'customers', CUSTOMER, 'k'))).toBe(once);
    const results = await Promise.all(
      [crm, other, crm, other].map((one) => create(one, 'invoices', INVOICE, 'at-once')),
    );
    expect(new Set(results.map(idOf))).toEqual(new Set(['14']));
    expect([await counted('tblclients'), await counted('tblinvoices')]).toEqual([7, 14]);
    expect(
      await rows('select sync_key, entity, record_id from tblcrm_xero_sync_link order by sync_key'),
    ).toEqual([
      { sync_key: 'at-once', entity: 'invoices', record_id: 14 },
      { sync_key: 'k', entity: 'customers', record_id: Number(once) },
    ]);
  });

  it('and answered with what came of it then, so that what somebody changed since is seen as an edit', async () => {
    const first = await create(crm, 'customers', { ...CUSTOMER, name: 'Müller 🎉' }, 'k');
    await rows(`update tblclients set company = 'Renamed Ltd' where userid = ${idOf(first)}`);
    expect(await create(crm, 'customers', CUSTOMER, 'k')).toEqual(first);
    expect((await recordOf(crm, 'customers', idOf(first))).name).toBe('Renamed Ltd');
  });

  it('and answered as it stands when it is long ago', async () => {
    const id = idOf(await create(crm, 'customers', CUSTOMER, 'k'));
    await change(crm, 'customers', { id, to: { phone: '1' }, key: 'changed-long-ago' });
    await rows("update tblcrm_xero_sync_link set written_at = '2020-01-01'");
    await crm.check(UNHURRIED);
    await create(crm, 'taxes', { id: '', components: [{ name: 'VAT', rate: '20' }] }, 'today');
    expect(
      await rows('select sync_key, became is null as forgotten from tblcrm_xero_sync_link order by sync_key'),
    ).toEqual([
      { sync_key: 'k', forgotten: 1 },
      { sync_key: 'today', forgotten: 0 },
    ]);
    expect(await create(crm, 'customers', CUSTOMER, 'k')).toMatchObject({
      reading: { id, record: { phone: '1' } },
    });
  });

  it('and not anew when somebody has deleted it', async () => {
    const id = idOf(await create(crm, 'expenses', EXPENSE, 'k'));
    await rows(`delete from tblexpenses where id = ${id}`);
    expect(await create(crm, 'expenses', EXPENSE, 'k')).toMatchObject({
      state: 'refused',
      code: 'REFUSED_BY_CRM',
    });
    expect(await counted('tblexpenses')).toBe(5);
  });

  it('with numbers in sequence, none twice and none left out, though two write at once', async () => {
    const writing = (one: CrmPort, name: string): Promise<CrmWriteResult<'invoices'>[]> =>
      one.write(
        'invoices',
        span(1, 15).map((n) => ({ key: `${name}-${n}`, crmId: null, record: INVOICE, was: null })),
        UNHURRIED,
      );
    const results = (await Promise.all([writing(crm, 'a'), writing(other, 'b')])).flat();
    expect(results.map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => 'written'));
    const numbers = await rows('select number from tblinvoices where id > 13 order by number');
    expect(numbers.map(({ number }) => Number(number))).toEqual(span(14, 43));
    expect(await rows("select value from tbloptions where name = 'next_invoice_number'")).toEqual([
      { value: '44' },
    ]);
  });

  it('with the status right though two pay at once', async () => {
    const half = (one: CrmPort, key: string) =>
      create(one, 'payments', { ...PAYMENT, amount: '145.00' }, key);
    await Promise.all([half(crm, 'first'), half(other, 'second')]);
    expect(await rows('select status from tblinvoices where id = 1')).toEqual([{ status: 2 }]);
  });

  it('and nothing of it remains when the connection dies in the middle', async () => {
    await create(crm, 'taxes', { id: 'none', components: [{ name: 'VAT', rate: '20' }] }, 'warm-up');
    await create(crm, 'invoices', { ...INVOICE, status: 'draft' }, 'prepares');
    const before = await Promise.all(['tblinvoices', 'tblitemable', 'tblitem_tax'].map(counted));
    // The last thing that an invoice needs is its line in the history: there it waits, with all of its rows written.
    await rows('lock tables tblsales_activity write');
    const writing = create(crm, 'invoices', INVOICE, 'k').catch((error: unknown) => error);
    const waits = async (): Promise<boolean> =>
      (await rows('show full processlist')).some(
        ({ User, State }) => User === perfex.reader.user && String(State).includes('lock'),
      );
    await waitUntil(waits, { what: 'the writer to wait for the history' });
    await rows(`kill user '${perfex.reader.user}'`);
    await rows('unlock tables');
    expect(await writing).toMatchObject({ kind: 'transient', code: 'CRM_UNREACHABLE' });
    expect(await Promise.all(['tblinvoices', 'tblitemable', 'tblitem_tax'].map(counted))).toEqual(before);
    expect(await rows("select value from tbloptions where name = 'next_invoice_number'")).toEqual([
      { value: '14' },
    ]);
    expect(await rows("select * from tblcrm_xero_sync_link where sync_key = 'k'")).toEqual([]);
    expect(await create(crm, 'invoices', INVOICE, 'k')).toMatchObject({
      state: 'written',
      reading: { record: { number: 'INV-000014' } },
    });
  });

  it('also as a change: asked for again after the answer was lost, it is answered and not made twice', async () => {
    const was = await recordOf(crm, 'customers', '1');
    const to = { id: '1', was, to: { phone: '+1 555 0111' }, key: 'k' };
    const first = await change(crm, 'customers', to);
    await rows(`update tblclients set phonenumber = '${was.phone}' where userid = 1`);
    expect(await change(crm, 'customers', to)).toEqual(first);
    expect(await recordOf(crm, 'customers', '1')).toEqual(was);
  });

  it('and another change under the same key is made, if the record is what it was taken for', async () => {
    await change(crm, 'customers', { id: '1', to: { phone: '1' }, key: 'k' });
    expect(await change(crm, 'customers', { id: '1', to: { phone: '2' }, key: 'k' })).toMatchObject({
      reading: { record: { phone: '2' } },
    });
  });

  it('and under another key again, as long as the record is what it was taken for', async () => {
    const was = await recordOf(crm, 'customers', '1');
    const to = { id: '1', was, to: { phone: '+1 555 0111' } };
    await change(crm, 'customers', { ...to, key: 'first' });
    expect(await change(crm, 'customers', { ...to, key: 'second' })).toMatchObject({ state: 'changed' });
    await rows(`update tblclients set phonenumber = '${was.phone}' where userid = 1`);
    expect(await change(crm, 'customers', { ...to, key: 'third' })).toMatchObject({
      state: 'written',
      reading: { record: { phone: '+1 555 0111' } },
    });
  });

  it('and a change of what was deleted meanwhile is decided anew', async () => {
    const was = await recordOf(crm, 'expenses', '2');
    const to = { id: '2', was, to: { note: 'Late' }, key: 'k' };
    await change(crm, 'expenses', to);
    await rows('delete from tblexpenses where id = 2');
    expect(await change(crm, 'expenses', to)).toEqual({ key: 'k', state: 'changed' });
  });
});
