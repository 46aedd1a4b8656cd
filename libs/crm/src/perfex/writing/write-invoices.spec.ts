import type { CrmPort } from '@sync/engine';
import { describeWith } from '@sync/testing';
import type { RowDataPacket } from 'mysql2/promise';
import { createPerfexDatabase, type PerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex, UNHURRIED } from '../testing/open-perfex.js';
import { change, create, idOf, INVOICE, recordOf } from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';

const SHAPES = (['3.4.0', '2.9.4'] as const).flatMap((shape) => [
  { shape, strict: true, prefix: 'tbl' },
  { shape, strict: false, prefix: 'crm_' },
]);

describeWith(['mariadb'], 'an invoice of Xero in Perfex', () => {
  let perfex: PerfexDatabase;
  let crm: CrmPort;
  const rows = async (sql: string): Promise<RowDataPacket[]> => {
    const named = sql.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      perfex.connection.escapeId(perfex.table(name)),
    );
    const [found] = await perfex.connection.query<RowDataPacket[]>(named);
    return found;
  };
  const open = async (options: Parameters<typeof createPerfexDatabase>[0] = {}): Promise<void> => {
    perfex = await createPerfexDatabase(options);
    crm = openPerfex(perfex, await grantWriting(perfex));
  };

  afterEach(async () => {
    await crm.close();
    await perfex.drop();
  });

  it.each(SHAPES)(
    'is made by the rules of Perfex $shape, strict $strict, prefix $prefix',
    async (variant) => {
      await open(variant);
      const result = await create(crm, 'invoices', INVOICE);
      expect(result).toMatchObject({
        state: 'written',
        reading: {
          id: '14',
          record: {
            number: 'INV-000014',
            dueDate: '2026-11-20',
            totalTax: '15.01',
            adjustment: '-0.01',
            total: '90.03',
          },
        },
      });
      const [row] = await rows('select * from {invoices} where id = 14');
      expect(row).toMatchObject({
        number: 14,
        prefix: 'INV-',
        number_format: 1,
        status: 1,
        sent: 0,
        subtotal: '75.03',
        discount_type: '',
        billing_street: 'PO Box 7',
        billing_country: 236,
        adminnote: 'From Xero: XI-0077, PO 4711',
        allowed_payment_modes: 'a:1:{i:0;s:1:"1";}',
        cancel_overdue_reminders: 1,
      });
      expect(row?.['hash']).toMatch(/^[0-9a-f]{32}$/);
      expect(row?.['formatted_number']).toBe(variant.shape === '3.4.0' ? 'INV-000014' : undefined);
      expect(await rows("select value from {options} where name = 'next_invoice_number'")).toEqual([
        { value: '15' },
      ]);
      expect(await rows('select rel_type, full_name from {sales_activity} where rel_id = 14')).toEqual([
        { rel_type: 'invoice', full_name: 'Xero' },
      ]);
    },
  );

  it('has its lines with their taxes, in order, and reads as it was written', async () => {
    await open();
    const id = idOf(await create(crm, 'invoices', INVOICE));
    const record = await recordOf(crm, 'invoices', id);
    expect(record.lines).toEqual(
      INVOICE.lines.map((line) => ({ ...line, quantity: '1.00', taxes: [{ name: 'VAT', rate: '20.00' }] })),
    );
  });

  it('keeps what Perfex has no decimals for as one piece, with the calculation in the text', async () => {
    await open();
    const line = { description: 'Fuel', quantity: '3.125', unitPrice: '1.8432', taxes: [], itemId: null };
    const amounts = { subtotal: '5.76', totalTax: '0', total: '5.76' };
    const id = idOf(await create(crm, 'invoices', { ...INVOICE, ...amounts, lines: [line] }));
    expect((await recordOf(crm, 'invoices', id)).lines).toEqual([
      { description: 'Fuel\n3.125 × 1.8432', quantity: '1.00', unitPrice: '5.76', taxes: [], itemId: null },
    ]);
  });

  it.each([
    ['a total that its lines do not come to', { total: '95.00' }, 'the total in Xero is 95.00'],
    ['a currency that is not set up', { currency: 'CHF' }, 'the currency CHF is not set up in Perfex'],
    ['a draft', { status: 'draft' as const }, 'it is a draft in Xero'],
    [
      'a tax with three decimals',
      { lines: [{ ...INVOICE.lines[0], taxes: [{ name: 'NY', rate: '8.875' }] }] as typeof INVOICE.lines },
      'it has a tax of 8.875 %',
    ],
  ])('is refused for %s, and no number is lost', async (_, changes, reason) => {
    await open();
    expect(await create(crm, 'invoices', { ...INVOICE, ...changes })).toMatchObject({
      state: 'refused',
      code: 'REFUSED_BY_CRM',
      meta: { reason: expect.stringContaining(reason) as string },
    });
    expect(await rows("select value from {options} where name = 'next_invoice_number'")).toEqual([
      { value: '14' },
    ]);
  });

  it('is refused for a customer that Perfex does not have', async () => {
    await open();
    expect(await create(crm, 'invoices', { ...INVOICE, customerId: '99' })).toMatchObject({
      state: 'refused',
      code: 'PARENT_MISSING',
      meta: { parent: 'customer', parentId: '99' },
    });
  });

  it('passes over numbers that somebody typed, and numbers each year by itself', async () => {
    await open();
    await rows('update {invoices} set number = 14 where id = 1');
    await rows("update {invoices} set number = 15, date = '2025-10-01' where id = 2");
    const numbers: (string | null)[] = [];
    for (const key of ['a', 'b']) {
      const id = idOf(await create(crm, 'invoices', INVOICE, key));
      numbers.push((await recordOf(crm, 'invoices', id)).number);
    }
    expect(numbers).toEqual(['INV-000015', 'INV-000016']);
  });

  it('has the status that follows from its day and its total, never one of Xero', async () => {
    await open();
    const statusOf = async (key: string, changes: Partial<typeof INVOICE>): Promise<number> => {
      const id = idOf(await create(crm, 'invoices', { ...INVOICE, ...changes }, key));
      const [row] = await rows(`select status from {invoices} where id = ${id}`);
      return Number(row?.['status']);
    };
    const nothing = { lines: [], subtotal: '0', totalTax: '0', total: '0' };
    expect(await statusOf('late', { date: '2020-01-01', dueDate: '2020-02-01' })).toBe(4);
    expect(await statusOf('open-ended', { dueDate: null })).toBe(1);
    expect(await statusOf('free', nothing)).toBe(2);
    expect(await statusOf('void', { status: 'cancelled' })).toBe(5);
  });
});

describeWith(['mariadb'], 'an invoice of Perfex that was changed in Xero', () => {
  let perfex: PerfexDatabase;
  let crm: CrmPort;
  const rows = async (sql: string): Promise<RowDataPacket[]> => {
    const [found] = await perfex.connection.query<RowDataPacket[]>(sql);
    return found;
  };

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
    crm = openPerfex(perfex, await grantWriting(perfex));
  });

  afterEach(async () => {
    await crm.close();
    await perfex.drop();
  });

  it('changes just what differs: its number, its texts and its amounts stay when only a day moves', async () => {
    const before = await rows('select * from tblinvoices where id = 3');
    const result = await change(crm, 'invoices', { id: '3', to: { dueDate: '2026-12-01', number: 'XI-1' } });
    expect(result).toMatchObject({
      state: 'written',
      reading: { record: { number: 'INV-000003', dueDate: '2026-12-01' } },
    });
    expect(await rows('select * from tblinvoices where id = 3')).toEqual([
      { ...before[0], duedate: new Date('2026-12-01T00:00:00') },
    ]);
  });

  it('keeps the rows of lines that stay, and counts anew', async () => {
    const was = await recordOf(crm, 'invoices', '1');
    const added = {
      description: 'Hotel',
      quantity: '2',
      unitPrice: '60.00',
      taxes: [{ name: 'City', rate: '5.00' }],
      itemId: null,
    };
    const [consulting, travel] = was.lines;
    const stored = `select id, description from tblitemable where rel_id = 1 and rel_type = 'invoice' order by item_order`;
    const ids = await rows(stored);
    const lines = [consulting, added, travel].filter((line) => line !== undefined);
    const to = { lines, subtotal: '370.00', totalTax: '46.00', total: '416.00' };
    expect(await change(crm, 'invoices', { id: '1', to })).toMatchObject({
      state: 'written',
      reading: {
        record: {
          ...to,
          lines: [{ description: 'Consulting' }, { description: 'Hotel' }, { description: 'Travel' }],
        },
      },
    });
    const after = await rows(stored);
    expect([after[0], after[2]]).toEqual(ids);
    const gone = { lines: [added], subtotal: '120.00', totalTax: '6.00', total: '126.00' };
    expect(await change(crm, 'invoices', { id: '1', to: gone })).toMatchObject({ state: 'written' });
    expect(
      await rows('select count(*) as n from tblitem_tax where rel_id = 1 and rel_type = "invoice"'),
    ).toEqual([{ n: 1 }]);
  });

  it('leaves options alone that the customer did not choose', async () => {
    const to = { lines: [], subtotal: '0.00', total: '0.00' };
    await change(crm, 'invoices', { id: '8', to });
    expect(await rows('select description from tblitemable where rel_id = 8')).toEqual([
      { description: 'Offered only' },
    ]);
  });

  it('is cancelled and never deleted, with its payments, and says so in its history', async () => {
    expect(await change(crm, 'invoices', { id: '2', to: { status: 'cancelled' } })).toMatchObject({
      state: 'written',
      reading: { record: { status: 'cancelled', paid: '100.00' } },
    });
    expect(await rows('select status, sent from tblinvoices where id = 2')).toEqual([{ status: 5, sent: 1 }]);
    expect(await rows('select description from tblsales_activity where rel_id = 2')).toEqual([
      { description: 'Cancelled, as in Xero' },
    ]);
    expect(crm.removable).not.toContain('invoices');
  });

  it('is not touched when somebody changed it in Perfex since', async () => {
    const was = await recordOf(crm, 'invoices', '1');
    await rows("update tblitemable set rate = 51.00 where rel_id = 1 and description = 'Travel'");
    expect(await change(crm, 'invoices', { id: '1', was, to: { date: '2026-12-24' }, key: 'k' })).toEqual({
      key: 'k',
      state: 'changed',
    });
    expect((await recordOf(crm, 'invoices', '1')).date).toBe('2026-10-01');
  });

  it('is left for later when somebody keeps it locked, and keeps no other waiting', async () => {
    const was = [await recordOf(crm, 'invoices', '1'), await recordOf(crm, 'invoices', '4')] as const;
    await rows('start transaction');
    await rows('select id from tblinvoices where id = 1 for update');
    const writes = was.map((record) => ({
      key: `k-${record.id}`,
      crmId: record.id,
      record: { ...record, date: '2026-12-24' },
      was: record,
    }));
    const results = await crm.write('invoices', writes, UNHURRIED);
    await rows('commit');
    expect(results.map(({ state }) => state)).toEqual(['changed', 'written']);
  });

  it('waits for whoever is at it, and then sees what became of it', async () => {
    const was = await recordOf(crm, 'invoices', '1');
    await rows('start transaction');
    await rows("update tblinvoices set adminnote = 'mine', total = 291.00 where id = 1");
    const writing = change(crm, 'invoices', { id: '1', was, to: { date: '2026-12-24' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await rows('commit');
    expect(await writing).toMatchObject({ state: 'changed' });
  });
});
