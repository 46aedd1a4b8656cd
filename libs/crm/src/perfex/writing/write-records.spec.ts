import type { CanonicalRecord, CrmEntity } from '@sync/domain';
import type { CrmPort } from '@sync/engine';
import { describeWith } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import { change, create, CUSTOMER, EXPENSE, idOf, PAYMENT, recordOf } from '../testing/written-records.js';
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

/** With amounts as Perfex stores them, and the id that it gave. */
const plainly = (record: unknown): unknown =>
  JSON.parse(
    JSON.stringify(record)
      .replaceAll(/"(-?\d+)\.00"/g, '"$1"')
      .replaceAll(/"(\d+\.\d)0"/g, '"$1"'),
  );

describeWith(['mariadb'], 'a record of Xero in Perfex', () => {
  beforeEach(async () => {
    perfex = await createPerfexDatabase();
    crm = openPerfex(perfex, await grantWriting(perfex));
  });

  afterEach(async () => {
    await crm.close();
    await perfex.drop();
  });

  it.each<[CrmEntity, CanonicalRecord]>([
    ['customers', CUSTOMER],
    ['vendors', CUSTOMER],
    [
      'items',
      {
        id: '',
        code: null,
        name: 'A < B & "C"',
        description: 'x\ny',
        unitPrice: '2.5',
        taxes: EXPENSE.taxes,
      },
    ],
    ['expenses', EXPENSE],
    [
      'credit-applications',
      { id: '', creditNoteId: '4', invoiceId: '1', date: '2026-10-24', amount: '50', currency: 'USD' },
    ],
    ['payments', PAYMENT],
    [
      'refunds',
      {
        id: '',
        creditNoteId: '4',
        date: '2026-10-24',
        amount: '10',
        currency: 'USD',
        modeId: '1',
        reference: null,
      },
    ],
  ])('is read as it was written: %s', async (entity, record) => {
    const result = await create(crm, entity, record);
    const id = idOf(result);
    const read = await recordOf(crm, entity, id);
    expect(plainly(read)).toEqual(plainly({ ...record, id }));
    expect(result).toMatchObject({ reading: { record: read } });
  });

  it('a customer has people without a password, who get invoices and no other mail', async () => {
    const id = idOf(await create(crm, 'customers', CUSTOMER));
    expect(
      await rows(`select is_primary, email, password, active, invoice_emails, credit_note_emails, task_emails
        from tblcontacts where userid = ${id} order by id`),
    ).toEqual([
      {
        is_primary: 1,
        email: 'nina@newcomer.example',
        password: null,
        active: 1,
        invoice_emails: 1,
        credit_note_emails: 1,
        task_emails: 0,
      },
      {
        is_primary: 0,
        email: 'otto@newcomer.example',
        password: null,
        active: 1,
        invoice_emails: 1,
        credit_note_emails: 1,
        task_emails: 0,
      },
    ]);
  });

  it('a customer whose people changed loses nobody: who is not named any more gets no invoices', async () => {
    const people = [
      { firstName: 'Robert', lastName: 'Baker', email: 'bob@acme.example' },
      { firstName: 'Eve', lastName: 'East', email: null },
    ];
    await change(crm, 'customers', { id: '1', to: { people, firstName: 'Anne', active: false } });
    expect(await recordOf(crm, 'customers', '1')).toMatchObject({ people, firstName: 'Anne', active: false });
    await change(crm, 'customers', { id: '1', to: { people: [] } });
    expect(
      await rows('select firstname, invoice_emails from tblcontacts where userid = 1 order by id'),
    ).toEqual([
      { firstname: 'Anne', invoice_emails: 1 },
      { firstname: 'Robert', invoice_emails: 0 },
      { firstname: 'Cat', invoice_emails: 0 },
      { firstname: 'Dan', invoice_emails: 1 },
      { firstname: 'Eve', invoice_emails: 0 },
    ]);
  });

  it('a customer is refused whose e-mail address another one has, and what does not fit is not cut off', async () => {
    const taken = await create(crm, 'customers', { ...CUSTOMER, email: 'ANN@acme.example' });
    expect(taken).toMatchObject({
      state: 'refused',
      meta: { reason: expect.stringContaining('customer 1') as string },
    });
    expect(await create(crm, 'customers', { ...CUSTOMER, name: 'x'.repeat(192) })).toMatchObject({
      state: 'refused',
      meta: { reason: "a value does not fit into Perfex's column company" },
    });
    expect(await rows('select count(*) as n from tblclients')).toEqual([{ n: 6 }]);
  });

  it('a tax is added once, and a set of taxes is there once each of them is', async () => {
    const components = [
      { name: 'City', rate: '5' },
      { name: 'State', rate: '6.25' },
    ];
    expect(await create(crm, 'taxes', { id: '', components })).toMatchObject({
      state: 'written',
      reading: { id: 'City|5+State|6.25', record: { id: 'City|5+State|6.25' } },
    });
    await create(crm, 'taxes', { id: '', components }, 'again');
    expect(await rows('select name, taxrate from tbltaxes order by id')).toEqual([
      { name: 'VAT', taxrate: '20.00' },
      { name: 'City', taxrate: '5.00' },
      { name: 'State', taxrate: '6.25' },
    ]);
  });

  it('an item has its code where a warehouse module keeps one, and columns that a module wants', async () => {
    await rows('alter table tblitems add sku_code varchar(200), add commodity_code varchar(100) not null');
    const record = { id: '', code: 'SKU-9', name: 'Chair', description: null, unitPrice: '10', taxes: [] };
    const id = idOf(await create(crm, 'items', record));
    expect(await recordOf(crm, 'items', id)).toMatchObject({ code: 'SKU-9', name: 'Chair' });
    await change(crm, 'items', { id, to: { unitPrice: '12.5', code: 'SKU-10' } });
    expect(await rows(`select rate, sku_code, commodity_code from tblitems where id = ${id}`)).toEqual([
      { rate: '12.50', sku_code: 'SKU-10', commodity_code: '' },
    ]);
    expect(await remove('items', id)).toEqual([{ key: `remove-${id}`, state: 'removed' }]);
    expect(await remove('items', '2')).toMatchObject([{ state: 'removed' }]);
    expect(await rows('select id from tblitems order by id')).toEqual([{ id: 1 }, { id: 3 }]);
  });
});
