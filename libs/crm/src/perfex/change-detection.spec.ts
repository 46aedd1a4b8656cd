import type { CrmEntity } from '@sync/domain';
import { describeWith } from '@sync/testing';
import { createPerfexDatabase, type PerfexDatabase } from '../../../testing/src/perfex/index.js';
import { openPerfex, rememberingPerfex, sweepPerfex } from './testing/open-perfex.js';

const named = (perfex: PerfexDatabase, sql: string): Promise<unknown> =>
  perfex.connection.query(
    sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => perfex.connection.escapeId(perfex.table(name))),
  );

/** Edits as a person or a module would make them, and whom they change. */
const EDITS: readonly { what: string; entity: CrmEntity; sql: string[]; changes: unknown[] }[] = [
  {
    what: 'a header',
    entity: 'invoices',
    sql: ["update {invoices} set duedate = '2026-12-24' where id = 4"],
    changes: [{ recordId: '4' }],
  },
  {
    what: 'a line',
    entity: 'invoices',
    sql: ["update {itemable} set description = 'Other' where rel_id = 7"],
    changes: [{ recordId: '7' }],
  },
  {
    what: 'the tax of a line',
    entity: 'invoices',
    sql: ['update {item_tax} set taxrate = 21.00 where rel_id = 9'],
    changes: [{ recordId: '9' }],
  },
  {
    what: 'an applied credit',
    entity: 'invoices',
    sql: ['update {credits} set amount = 31.00 where invoice_id = 12'],
    changes: [{ recordId: '12' }],
  },
  {
    what: 'a currency that gets its code',
    entity: 'invoices',
    sql: ["update {currencies} set name = 'CHF' where id = 2"],
    changes: [{ recordId: '9' }],
  },
  {
    what: 'a cancelled invoice',
    entity: 'invoices',
    sql: ['update {invoices} set status = 5 where id = 10'],
    changes: [{ recordId: '10' }],
  },
  {
    what: 'a person of a customer',
    entity: 'customers',
    sql: ["update {contacts} set email = 'new@acme.example' where id = 2"],
    changes: [{ recordId: '1' }],
  },
  {
    what: 'the tax of an item',
    entity: 'items',
    sql: ["update {taxes} set name = 'Town' where id = 2"],
    changes: [{ recordId: '1' }],
  },
  {
    what: 'a tax',
    entity: 'taxes',
    sql: ['update {taxes} set taxrate = 6.00 where id = 2'],
    changes: [{ recordId: '2' }],
  },
  {
    what: 'a payment',
    entity: 'payments',
    sql: ["update {invoicepaymentrecords} set paymentmode = 'mollie' where id = 3"],
    changes: [{ recordId: '3' }],
  },
  {
    what: 'a person of a vendor',
    entity: 'vendors',
    sql: ["update {pur_contacts} set email = 'new@paper.example' where id = 1"],
    changes: [{ recordId: '1' }],
  },
  {
    what: 'a line of a credit note',
    entity: 'credit-notes',
    sql: ["update {itemable} set rate = 81.00 where rel_id = 4 and rel_type = 'credit_note'"],
    changes: [{ recordId: '4' }],
  },
  {
    what: 'a credit note that is made void',
    entity: 'credit-notes',
    sql: ['update {creditnotes} set status = 3 where id = 1'],
    changes: [{ recordId: '1' }],
  },
  {
    what: 'a credit that is taken off an invoice',
    entity: 'credit-applications',
    sql: ['delete from {credits} where id = 1'],
    changes: [{ recordId: '1', gone: true }],
  },
  {
    what: 'a refund',
    entity: 'refunds',
    sql: ['update {creditnote_refunds} set amount = 29.00 where id = 2'],
    changes: [{ recordId: '2' }],
  },
  {
    what: 'the second tax of an expense',
    entity: 'expenses',
    sql: ['update {expenses} set tax2 = 0 where id = 1'],
    changes: [{ recordId: '1' }],
  },
  {
    what: 'the vendor of an expense that was deleted',
    entity: 'expenses',
    sql: ['delete from {pur_vendor} where userid = 2'],
    changes: [{ recordId: '4' }],
  },
  {
    what: 'a line of a purchase order, its approval, and its end',
    entity: 'purchase-orders',
    sql: [
      "update {pur_orders} set order_status = 'cancelled' where id = 5",
      "update {pur_order_detail} set item_name = 'Other' where pur_order = 2",
      'update {pur_orders} set approve_status = 2 where id = 1',
    ],
    changes: [{ recordId: '1' }, { recordId: '2' }, { recordId: '5' }],
  },
  {
    what: 'a deleted record between others',
    entity: 'payments',
    sql: ['delete from {invoicepaymentrecords} where id = 2'],
    changes: [{ recordId: '2', gone: true }],
  },
  {
    what: 'a deleted newest invoice with its rows, and a new one',
    entity: 'invoices',
    sql: [
      'delete from {invoices} where id = 13',
      'delete from {itemable} where rel_id = 13',
      'delete from {item_tax} where rel_id = 13',
      `insert into {invoices} (id, clientid, number, datecreated, date, currency, subtotal, total, hash, discount_type,
        include_shipping) values (14, 1, 14, '2026-11-01 10:00:00', '2026-11-01', 1, 1, 1, 'x', '', 0)`,
    ],
    changes: [{ recordId: '13', gone: true }, { recordId: '14' }],
  },
];

/** What happens all day and is nobody's business. */
const VISITS: readonly { what: string; entity: CrmEntity; sql: string }[] = [
  {
    what: 'a payment, which is a record of its own',
    entity: 'invoices',
    sql: 'update {invoices} set status = 2 where id = 1',
  },
  {
    what: 'an invoice that was sent',
    entity: 'invoices',
    sql: "update {invoices} set sent = 1, datesend = '2026-11-01 10:00:00', last_overdue_reminder = '2026-11-01'",
  },
  {
    what: 'a login',
    entity: 'customers',
    sql: "update {contacts} set last_login = '2026-11-01 10:00:00', last_ip = '192.0.2.1'",
  },
  {
    what: 'a refund, which is a record of its own',
    entity: 'credit-notes',
    sql: 'update {creditnotes} set status = 2 where id = 4',
  },
  {
    what: 'an expense that was billed',
    entity: 'expenses',
    sql: 'update {expenses} set invoiceid = 2 where id = 2',
  },
  {
    what: 'goods that arrived',
    entity: 'purchase-orders',
    sql: "update {pur_orders} set order_status = 'delivered', status_goods = 1 where id <> 6",
  },
  {
    what: 'lines of an estimate with the id of an invoice',
    entity: 'invoices',
    sql: `insert into {itemable} (rel_id, rel_type, description, qty, rate) values (1, 'estimate', 'Maybe', 1, 1)`,
  },
];

describeWith(['mariadb'], 'finding changes in a Perfex database', () => {
  let perfex: PerfexDatabase;

  beforeEach(async () => {
    perfex = await createPerfexDatabase();
  });

  afterEach(() => perfex.drop());

  it('lists every record at first, and nothing when nothing changed', async () => {
    const { crm } = rememberingPerfex(perfex);
    const first = await sweepPerfex(crm, { entity: 'invoices', depth: 'changed' });
    const second = await sweepPerfex(crm, { entity: 'invoices', depth: 'changed', cursor: first.cursor });
    await crm.close();
    expect(first.changes).toEqual(
      Array.from({ length: 13 }, (_, index) => ({ recordId: String(index + 1) })),
    );
    expect(second.changes).toEqual([]);
  });

  it.each(EDITS)('finds $what', async ({ entity, sql, changes }) => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity, depth: 'changed' });
    for (const edit of sql) await named(perfex, edit);
    const after = await sweepPerfex(crm, { entity, depth: 'changed' });
    const again = await sweepPerfex(crm, { entity, depth: 'changed' });
    await crm.close();
    expect(after.changes).toEqual(changes);
    expect(again.changes).toEqual([]);
  });

  it.each(VISITS)('is not disturbed by $what', async ({ entity, sql }) => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity, depth: 'changed' });
    await named(perfex, sql);
    const after = await sweepPerfex(crm, { entity, depth: 'changed' });
    await crm.close();
    expect(after.changes).toEqual([]);
  });

  it("tells ('a', NULL, 'b') from ('a', 'b', NULL), and text that moves to the next column", async () => {
    const { crm } = rememberingPerfex(perfex);
    await named(perfex, "update {clients} set city = 'a', state = null, zip = 'b' where userid = 1");
    await named(perfex, "update {clients} set city = 'ab', state = 'c', zip = '' where userid = 2");
    await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await named(perfex, "update {clients} set city = 'a', state = 'b', zip = null where userid = 1");
    await named(perfex, "update {clients} set city = 'a', state = 'bc', zip = '' where userid = 2");
    const after = await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await crm.close();
    expect(after.changes).toEqual([{ recordId: '1' }, { recordId: '2' }]);
  });

  it('tells two invoices that swap a line from two that stay as they are', async () => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'invoices', depth: 'changed' });
    await named(perfex, 'update {itemable} set rel_id = 17 - rel_id where rel_id in (7, 10)');
    const after = await sweepPerfex(crm, { entity: 'invoices', depth: 'changed' });
    await crm.close();
    expect(after.changes).toEqual([{ recordId: '7' }, { recordId: '10' }]);
  });

  it('reports a page again when the process dies before it acknowledges', async () => {
    const { crm, fingerprints } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await named(perfex, "update {clients} set vat = 'new' where userid = 3");
    const lost = await sweepPerfex(crm, { entity: 'customers', depth: 'changed', acknowledge: false });
    await crm.close();
    const next = openPerfex(perfex, { fingerprints });
    const found = await sweepPerfex(next, { entity: 'customers', depth: 'changed', cursor: lost.cursor });
    await next.close();
    expect(lost.changes).toEqual([{ recordId: '3' }]);
    expect(found.changes).toEqual([{ recordId: '3' }]);
  });

  it('lists new records alone when it only looks for new ones, each once', async () => {
    const { crm } = rememberingPerfex(perfex);
    const first = await sweepPerfex(crm, { entity: 'customers', depth: 'changed' });
    await named(perfex, "update {clients} set vat = 'new' where userid = 3");
    await named(
      perfex,
      "insert into {clients} (userid, company, datecreated) values (9, 'Late Ltd', '2026-11-01')",
    );
    const fresh = await sweepPerfex(crm, { entity: 'customers', depth: 'new', cursor: first.cursor });
    await named(
      perfex,
      "insert into {clients} (userid, company, datecreated) values (8, 'Slow Ltd', '2026-11-01')",
    );
    const late = await sweepPerfex(crm, { entity: 'customers', depth: 'new', cursor: fresh.cursor });
    const none = await sweepPerfex(crm, { entity: 'customers', depth: 'new', cursor: late.cursor });
    const changed = await sweepPerfex(crm, { entity: 'customers', depth: 'changed', cursor: none.cursor });
    await crm.close();
    expect(fresh.changes).toEqual([{ recordId: '9' }]);
    expect(late.changes).toEqual([{ recordId: '8' }]);
    expect(none.changes).toEqual([]);
    expect(changed.changes).toEqual([{ recordId: '3' }]);
  });

  it('lists everything when asked for everything, with what is gone', async () => {
    const { crm } = rememberingPerfex(perfex);
    await sweepPerfex(crm, { entity: 'items', depth: 'changed' });
    await named(perfex, 'delete from {items} where id = 2');
    const all = await sweepPerfex(crm, { entity: 'items', depth: 'all' });
    const changed = await sweepPerfex(crm, { entity: 'items', depth: 'changed', cursor: all.cursor });
    await crm.close();
    expect(all.changes).toEqual([{ recordId: '1' }, { recordId: '2', gone: true }, { recordId: '3' }]);
    expect(changed.changes).toEqual([]);
  });
});
