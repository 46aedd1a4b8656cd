import { describeWith } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';

describeWith(['mariadb'], 'reading records by id', () => {
  let perfex: PerfexDatabase;
  const run = (sql: string): Promise<unknown> => perfex.connection.query(sql);
  const read = async (entity: 'invoices' | 'payments' | 'items' | 'taxes', ids: string[]) => {
    const crm = openPerfex(perfex);
    return crm.read(entity, ids, UNHURRIED).finally(() => crm.close());
  };

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
  });

  afterEach(() => perfex.drop());

  it('answers each id that was asked for; what is no id of Perfex is missing', async () => {
    const ids = ['1', '999', '0', '-1', '1.0', '01', 'x', '99999999999', '1 or 1=1'];
    const readings = await read('invoices', ids);
    expect(readings.map(({ id, state }) => [id, state])).toEqual(
      ids.map((id) => [id, id === '1' ? 'found' : 'missing']),
    );
  });

  it('lets an invoice that cannot be read spoil no other, and says why without telling what is in it', async () => {
    await run("update tblcurrencies set name = 'Secret money' where id = 2");
    await run("update tblinvoices set date = '0000-00-00' where id = 1");
    await run('update tblinvoices set clientid = 0 where id = 2');
    await run('update tblinvoices set currency = 77 where id = 3');
    const readings = await read('invoices', ['1', '2', '3', '4', '9']);
    expect(readings).toMatchObject([
      { id: '1', state: 'invalid', reason: 'date must be a day written as YYYY-MM-DD' },
      { id: '2', state: 'invalid', reason: 'its customer was deleted in the CRM' },
      { id: '3', state: 'invalid', reason: 'its currency is no ISO code such as USD' },
      { id: '4', state: 'found' },
      { id: '9', state: 'invalid', reason: 'its currency is no ISO code such as USD' },
    ]);
  });

  it('finds payments of drafts and cancelled invoices, but not those of no invoice', async () => {
    await run('update tblinvoicepaymentrecords set invoiceid = 6 where id = 1');
    await run('update tblinvoicepaymentrecords set invoiceid = 99 where id = 2');
    await run('update tblinvoicepaymentrecords set paymentmode = null where id = 3');
    expect(await read('payments', ['1', '2', '3', '4'])).toMatchObject([
      { state: 'found', record: { invoiceId: '6' } },
      { state: 'invalid', reason: 'its invoice 99 does not exist' },
      { state: 'invalid', reason: 'it has no payment mode' },
      { state: 'found', record: { invoiceId: '5' } },
    ]);
  });

  it('takes the item code that a warehouse module keeps, the SKU first', async () => {
    await run(
      "alter table tblitems add sku_code varchar(200), add commodity_code varchar(100) not null default ''",
    );
    await run("update tblitems set sku_code = ' SKU-1 ', commodity_code = 'C-1' where id = 1");
    await run("update tblitems set sku_code = '', commodity_code = 'C-2' where id = 2");
    const codes = (await read('items', ['1', '2', '3'])).map((reading) =>
      reading.state === 'found' ? 'code' in reading.record && reading.record.code : reading.state,
    );
    expect(codes).toEqual(['SKU-1', 'C-2', null]);
  });

  it('reads a tax by its row or by the key of a set, and gives it the key as id', async () => {
    expect(await read('taxes', ['2', 'City|5+VAT|20', 'none', 'no key'])).toMatchObject([
      { id: '2', state: 'found', record: { id: 'City|5', components: [{ name: 'City', rate: '5.00' }] } },
      { id: 'City|5+VAT|20', state: 'found', record: { id: 'City|5+VAT|20' } },
      { id: 'none', state: 'missing' },
      { id: 'no key', state: 'missing' },
    ]);
  });

  it('gives the days of the CRM, whatever zone the server and this process are in', async () => {
    await run("update tblinvoices set date = '2026-03-29', duedate = '2026-10-25' where id = 1");
    const [reading] = await read('invoices', ['1']);
    expect(reading).toMatchObject({ record: { date: '2026-03-29', dueDate: '2026-10-25' } });
  });

  it('keeps the birth mark when the CRM gets another time zone', async () => {
    const before = await read('payments', ['1']);
    await run("update tbloptions set value = 'Pacific/Auckland' where name = 'default_timezone'");
    expect(await read('payments', ['1'])).toEqual(before);
  });

  it('refuses more than 200 ids', async () => {
    const ids = Array.from({ length: 201 }, (_, index) => String(index + 1));
    await expect(read('invoices', ids)).rejects.toMatchObject({ kind: 'bug' });
  });

  it('knows modes that payments still name, as inactive', async () => {
    await run("update tblinvoicepaymentrecords set paymentmode = 'paypal' where id = 1");
    await run('update tblpayment_modes set active = 0');
    const crm = openPerfex(perfex);
    expect((await crm.reference(UNHURRIED)).paymentModes).toEqual([
      { id: '1', name: 'Bank', active: false },
      { id: 'stripe', name: 'Stripe Checkout', active: true },
      { id: 'paypal', name: 'paypal', active: false },
    ]);
    await crm.close();
  });
});
