import type { CrmEntity } from '@sync/domain';
import type { CrmPort } from '@sync/engine';
import { describeWith } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import {
  change,
  create,
  CREDIT_NOTE,
  EXPENSE,
  idOf,
  INVOICE,
  PAYMENT,
  recordOf,
} from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';

let perfex: PerfexDatabase;
let crm: CrmPort;

const rows = async (sql: string): Promise<RowDataPacket[]> => {
  const [found] = await perfex.connection.query<RowDataPacket[]>(sql);
  return found;
};

const remove = async <E extends CrmEntity>(entity: E, id: string) => {
  const removal = { key: `remove-${id}`, crmId: id, was: await recordOf(crm, entity, id) };
  return crm.remove(entity, [removal], UNHURRIED);
};

describeWith(['mariadb'], 'money of Xero in Perfex', () => {
  beforeEach(async () => {
    perfex = await createPerfexDatabase();
    crm = openPerfex(perfex, await grantWriting(perfex));
  });

  afterEach(async () => {
    await crm.close();
    await perfex.drop();
  });

  it('an expense gives way with its net amount, since its gross left the bank', async () => {
    const taxes = [{ name: 'VAT', rate: '20' }];
    const id = idOf(
      await create(crm, 'expenses', {
        ...EXPENSE,
        amount: '10.02',
        taxes,
        total: '12.04',
        vendorId: 'fallback|Sundry',
      }),
    );
    expect(await recordOf(crm, 'expenses', id)).toMatchObject({
      amount: '10.03',
      total: '12.04',
      vendorId: null,
    });
  });

  it('an expense that Perfex cannot hold is refused', async () => {
    const refusedFor = async (changes: Partial<typeof EXPENSE>): Promise<unknown> =>
      create(crm, 'expenses', { ...EXPENSE, ...changes });
    expect(await refusedFor({ total: '50.00' })).toMatchObject({ state: 'refused', code: 'REFUSED_BY_CRM' });
    expect(await refusedFor({ categoryId: '77' })).toMatchObject({ code: 'PARENT_MISSING' });
    expect(await refusedFor({ taxes: [...EXPENSE.taxes, { name: 'C', rate: '1' }] })).toMatchObject({
      meta: { reason: 'it has 3 taxes, and Perfex keeps two' },
    });
  });

  it('an expense that was billed to a customer is not taken out', async () => {
    expect(await remove('expenses', '3')).toMatchObject([{ state: 'refused', code: 'REFUSED_BY_CRM' }]);
    expect(await remove('expenses', '2')).toMatchObject([{ state: 'removed' }]);
    const [removal] = [{ key: 'k', crmId: '2', was: EXPENSE }];
    expect(await crm.remove('expenses', [removal], UNHURRIED)).toEqual([{ key: 'k', state: 'removed' }]);
  });

  it('a payment makes its invoice paid, less of it partly paid, and none unpaid or overdue', async () => {
    const statusOf = async (): Promise<unknown> =>
      (await rows('select status from tblinvoices where id = 1'))[0]?.['status'];
    const id = idOf(await create(crm, 'payments', PAYMENT));
    expect(await statusOf()).toBe(2);
    await rows("update tblinvoices set duedate = '2020-01-01' where id = 1");
    await change(crm, 'payments', { id, to: { amount: '100.00', date: '2026-10-25' } });
    expect(await statusOf()).toBe(3);
    expect(await remove('payments', id)).toMatchObject([{ state: 'removed' }]);
    expect(await statusOf()).toBe(4);
    expect(await rows('select count(*) as n from tblsales_activity where rel_id = 1')).toEqual([{ n: 3 }]);
  });

  it('a payment without a reference bears our key, is dated as in Xero and recorded in local time', async () => {
    const id = idOf(await create(crm, 'payments', { ...PAYMENT, reference: null }, 'binding-7.1'));
    const [row] = await rows(
      `select transactionid, cast(date as char) as date, cast(daterecorded as char) as recorded
       from tblinvoicepaymentrecords where id = ${id}`,
    );
    const [date, recorded] = ['2026-10-22', '2026-10-15 10:00:00'];
    expect(row).toEqual({ transactionid: 'binding-7.1', date, recorded });
  });

  it('a payment is refused for a draft, for another currency, and for no invoice', async () => {
    const reasonFor = async (changes: Partial<typeof PAYMENT>): Promise<unknown> =>
      create(crm, 'payments', { ...PAYMENT, ...changes });
    expect(await reasonFor({ invoiceId: '6' })).toMatchObject({
      meta: { reason: 'its invoice is a draft in Perfex' },
    });
    expect(await reasonFor({ invoiceId: '9' })).toMatchObject({
      meta: { reason: 'it is in USD, and its invoice in Perfex is not' },
    });
    expect(await reasonFor({ invoiceId: '99' })).toMatchObject({ code: 'PARENT_MISSING' });
    expect(await reasonFor({ amount: '0' })).toMatchObject({
      meta: { reason: 'its amount is not above zero' },
    });
  });

  it('a credit note is numbered by itself, applied and refunded until it is closed, and then never void', async () => {
    const noteId = idOf(await create(crm, 'credit-notes', CREDIT_NOTE));
    const statusOf = async (table: string, id: string): Promise<unknown> =>
      (await rows(`select status from ${table} where id = ${id}`))[0]?.['status'];
    expect(await recordOf(crm, 'credit-notes', noteId)).toMatchObject({
      number: 'CN-000005',
      reference: 'RMA-9',
      total: '60.00',
    });
    const common = { id: '', creditNoteId: noteId, date: '2026-10-24', currency: 'USD' };
    const applied = idOf(
      await create(crm, 'credit-applications', { ...common, invoiceId: '10', amount: '15.00' }),
    );
    expect([await statusOf('tblinvoices', '10'), await statusOf('tblcreditnotes', noteId)]).toEqual([2, 1]);
    await create(crm, 'refunds', { ...common, amount: '45.00', modeId: '1', reference: null });
    expect(await statusOf('tblcreditnotes', noteId)).toBe(2);
    expect(await change(crm, 'credit-notes', { id: noteId, to: { status: 'void' } })).toMatchObject({
      state: 'refused',
    });
    await remove('credit-applications', applied);
    expect([await statusOf('tblinvoices', '10'), await statusOf('tblcreditnotes', noteId)]).toEqual([1, 1]);
    expect(await change(crm, 'credit-notes', { id: '4', to: { status: 'void' } })).toMatchObject({
      state: 'written',
      reading: { record: { status: 'void' } },
    });
  });

  it('is not removed when somebody changed it since', async () => {
    const was = await recordOf(crm, 'payments', '1');
    await rows('update tblinvoicepaymentrecords set amount = 61.00 where id = 1');
    expect(await crm.remove('payments', [{ key: 'k', crmId: '1', was }], UNHURRIED)).toEqual([
      { key: 'k', state: 'changed' },
    ]);
  });

  it('spoils no other when it is refused', async () => {
    const writes = [INVOICE, { ...INVOICE, customerId: '99' }, INVOICE].map((record, index) => ({
      key: String(index),
      crmId: null,
      record,
      was: null,
    }));
    const results = await crm.write('invoices', writes, UNHURRIED);
    expect(results.map(({ state }) => state)).toEqual(['written', 'refused', 'written']);
    expect(
      results.map((result) => (result.state === 'written' ? result.reading.record.number : null)),
    ).toEqual(['INV-000014', null, 'INV-000015']);
  });
});
