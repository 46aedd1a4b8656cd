import { ENTITIES } from '@sync/domain';
import { tick } from '../planner.js';
import type { BenchRequest, DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real-storage.js';
import { customer, ids, invoice } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What webhooks tell of is read together with what comes within this. */
const GATHERED = 3_000;

describe('reading Xero', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = async (settings: BenchRequest['settings'] = {}) => {
    bench = await openBench({ settings });
  };
  /** Customer 1 and its invoices are in Xero, and nothing is due. */
  const posted = async (count = 1) => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put(
      'invoices',
      ids(count).map((id) => invoice(id)),
    );
    await bench.hint('customers', ['1']);
    await bench.hint('invoices', ids(count));
    await bench.settle();
    bench.xero.calls.length = 0;
    bench.xero.most.listings = 0;
  };
  const rung = async () => {
    bench.rings.length = 0;
    await tick(bench.parts);
    return bench.rings.filter((ring) => ring !== 'sweeps' && ring !== 'reference');
  };
  const xeroIds = (entity: 'customers' | 'invoices') =>
    bench.xero.shelf.records(entity).map(({ xeroId }) => xeroId);
  const tenantId = async () =>
    (await bench.parts.stores.organizations.load(bench.organizationId))?.xeroConnection.tenantId ?? '';
  const tell = async (category: string, resourceId: string, at: Date | null = null) =>
    bench.parts.stores.webhooks.receive('client', [{ tenantId: await tenantId(), category, resourceId, at }]);

  it('has its turn a quarter of an hour after invoices were read last, and not before', async () => {
    await open({ writeBack: true });
    await posted();
    clock.advance(15 * MINUTE - 1);
    expect(await rung()).not.toContain('invoices');
    clock.advance(1);
    expect(await rung()).toContain('invoices');
    await bench.drain('invoices');
    expect(bench.xero.most.listings).toBe(1);
    expect(await rung()).not.toContain('invoices');
  });

  /** The listings of so many hours in which a worker looks every quarter of an hour whose turn it is. */
  const listingsIn = async (hours: number) => {
    bench.xero.most.listings = 0;
    for (let quarter = 0; quarter < hours * 4; quarter += 1) {
      clock.advance(15 * MINUTE);
      const turns = await rung();
      for (const entity of ENTITIES.filter((one) => turns.includes(one))) await bench.drain(entity);
    }
    return bench.xero.most.listings;
  };

  it('has its turn once a day where nothing flows into the CRM', async () => {
    await open();
    await posted();
    // Customers with vendors, and invoices.
    expect(await listingsIn(24)).toBeLessThanOrEqual(2);
    expect(await listingsIn(24)).toBe(2);
  });

  it('has its turn at once where something begins to flow into the CRM', async () => {
    await open();
    await posted();
    clock.advance(60 * MINUTE);
    expect(await rung()).toEqual([]);
    await storage.admin.updateSettings(bench.organizationId, { writeBack: true });
    expect(await rung()).toContain('invoices');
  });

  it('is not asked for by what was never read and flows into Xero only', async () => {
    await open();
    clock.advance(DAY);
    expect(await rung()).toEqual([]);
  });

  it('hints a record that somebody edited in Xero, and none that only echoes what we wrote', async () => {
    await open();
    await posted(2);
    clock.advance(DAY);
    await bench.drain('invoices');
    expect(bench.crm.calls.read).toBe(2);
    bench.xero.shelf.edit('invoices', xeroIds('invoices')[0] ?? '', { owned: { dueDate: '2026-12-24' } });
    clock.advance(DAY);
    await bench.drain('invoices');
    expect(bench.crm.calls.read).toBe(3);
  });

  it('reads customers and vendors with one listing', async () => {
    await open();
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('vendors', [customer('v1')]);
    await bench.hint('customers', ['1']);
    await bench.hint('vendors', ['v1']);
    await bench.settle();
    expect(bench.xero.most.listings).toBe(1);
    expect(await bench.statuses('vendors')).toEqual({ synced: ['v1'] });
  });

  it('reads by id what a webhook told of, once, however often it is told', async () => {
    await open();
    await posted();
    const [id = ''] = xeroIds('customers');
    bench.xero.shelf.edit('customers', id, { owned: { phone: '7' } });
    await tell('CONTACT', id);
    clock.advance(GATHERED);
    await tell('CONTACT', id);
    expect(await rung()).toEqual(['customers']);
    const before = bench.crm.calls.read;
    await bench.drain('customers');
    expect(bench.xero.most).toMatchObject({ reads: 1, listings: 0 });
    expect(bench.crm.calls.read).toBe(before + 1);
    expect(await rung()).toEqual([]);
  });

  it('reads nothing for a webhook that tells of our own write', async () => {
    await open();
    await posted();
    const [record] = bench.xero.shelf.records('customers');
    await tell('CONTACT', record?.xeroId ?? '', record?.updatedAt ?? null);
    clock.advance(GATHERED);
    await bench.drain('customers');
    expect(bench.xero.most.reads).toBe(0);
    expect(await rung()).toEqual([]);
  });

  it('drops what is told of a tenant that nobody connected, or to another app', async () => {
    await open();
    const event = { tenantId: 'somebody', category: 'CONTACT', resourceId: 'x', at: null };
    expect(await bench.parts.stores.webhooks.receive('client', [event])).toBe(0);
    const ours = { ...event, tenantId: await tenantId() };
    expect(await bench.parts.stores.webhooks.receive('another app', [ours])).toBe(0);
    expect(await bench.parts.stores.webhooks.receive('client', [ours])).toBe(1);
  });

  it('keeps a notice that comes again while the record is read', async () => {
    await open();
    await posted();
    const { webhooks } = bench.parts.stores;
    await tell('CONTACT', 'x-1');
    clock.advance(GATHERED);
    const taken = await webhooks.take(bench.connectionId, 'CONTACT', 40);
    await tell('CONTACT', 'x-1');
    await webhooks.done(bench.connectionId, taken);
    clock.advance(GATHERED);
    expect(await webhooks.take(bench.connectionId, 'CONTACT', 40)).toHaveLength(1);
  });

  it('reads a burst of webhooks in a few calls, the first of them after three seconds', async () => {
    await open();
    await posted(30);
    const secondsToRead: number[] = [];
    for (const [second, id] of xeroIds('invoices').entries()) {
      bench.xero.shelf.edit('invoices', id, { owned: { dueDate: '2026-12-24' } });
      await tell('INVOICE', id);
      clock.advance(1_000);
      const before = bench.xero.most.reads;
      if ((await rung()).includes('invoices')) await bench.drain('invoices');
      if (bench.xero.most.reads > before) secondsToRead.push(second + 1);
    }
    expect(secondsToRead[0]).toBe(3);
    expect(bench.xero.most.reads).toBeLessThanOrEqual(10);
    clock.advance(GATHERED);
    expect(await rung()).toContain('invoices');
  });

  it('reads contacts for the vendors where customers are off', async () => {
    await open({ directions: { customers: 'off' } });
    bench.crm.put('vendors', [customer('v1')]);
    await bench.hint('vendors', ['v1']);
    await bench.settle();
    bench.xero.most.listings = 0;
    bench.xero.shelf.edit('vendors', bench.xero.shelf.records('vendors')[0]?.xeroId ?? '', {
      owned: { phone: '7' },
    });
    await tell('CONTACT', bench.xero.shelf.records('vendors')[0]?.xeroId ?? '');
    clock.advance(GATHERED);
    expect(await rung()).toEqual(['vendors']);
    await bench.drain('vendors');
    expect(bench.xero.most).toMatchObject({ reads: 1, listings: 0 });
    expect(await rung()).toEqual([]);
  });

  it('reads the payments of an invoice that a webhook told of, without auto-sync as well', async () => {
    await open({ autoSync: false });
    await posted();
    const [id = ''] = xeroIds('invoices');
    bench.xero.shelf.edit('invoices', id, { derived: { status: 'paid', paid: '100.00' } });
    await tell('INVOICE', id);
    clock.advance(GATHERED);
    expect(await rung()).toEqual(['invoices']);
    await bench.drain('invoices');
    expect(await rung()).toContain('payments');
    bench.xero.most.listings = 0;
    await bench.drain('payments');
    expect(bench.xero.most.listings).toBe(1);
    clock.advance(DAY);
    expect(await rung()).not.toContain('payments');
  });

  const lastItem = { id: '1', code: 'LAST', name: 'Last', description: null, unitPrice: '1.00', taxes: [] };
  /** Items of Xero that changed one after the other, and one that changed last. */
  const shelved = (count: number, apartMs: number) => {
    const { shelf } = bench.xero;
    shelf.pageSize = 10;
    const at = (index: number) => new Date(clock.now().getTime() - 60 * MINUTE + index * apartMs);
    for (const id of ids(count))
      shelf.put('items', xeroRecord(`i${id}`, { number: `C${id}` }, at(Number(id))));
    shelf.put('items', xeroRecord('last', { number: 'LAST' }, at(count + 60_000)));
    bench.crm.put('items', [lastItem]);
  };

  it('gets past more than a page of records of one instant', async () => {
    await open();
    shelved(35, 0);
    await bench.hint('items', ['1']);
    await bench.drain('items');
    expect(await bench.record('items', '1')).toMatchObject({ status: 'synced', xeroId: 'last' });
  });

  it('goes on where it was interrupted', async () => {
    await open();
    shelved(45, MINUTE / 2);
    let listings = 0;
    bench.xero.onList(() => {
      listings += 1;
      if (listings === 4) throw new Error('the worker dies');
    });
    await bench.hint('items', ['1']);
    await expect(bench.drain('items')).rejects.toThrow('dies');
    await bench.drain('items');
    expect(await bench.record('items', '1')).toMatchObject({ status: 'synced', xeroId: 'last' });
    // Three pages before, and what was left after: beginning anew would have taken six.
    expect(listings).toBeLessThan(4 + 5);
  });

  it('finds by a complete listing what is gone from Xero, and looks at it', async () => {
    await open();
    bench.crm.put('items', [lastItem]);
    await bench.hint('items', ['1']);
    await bench.settle();
    const before = bench.crm.calls.read;
    bench.xero.shelf.lose('items', 'x-items-1');
    clock.advance(DAY);
    await bench.drain('items');
    expect(bench.crm.calls.read).toBe(before + 1);
    const [copy] = await bench.parts.stores.identities.copies(bench.organizationId, 'items', ['x-items-1']);
    expect(copy).toMatchObject({ live: false, record: { derived: { status: 'deleted' } } });
  });

  it('lists everything when that is due, even if what changed was read just before', async () => {
    await open({ writeBack: true });
    await posted();
    bench.xero.shelf.lose('invoices', xeroIds('invoices')[0] ?? '');
    clock.advance(8 * DAY);
    bench.crm.put('invoices', [invoice('2')]);
    bench.crm.put('items', [lastItem]);
    await bench.hint('items', ['1']);
    await bench.hint('invoices', ['2'], 'event');
    // Events of invoices are taken along, and who has the number of a new one is looked up.
    await bench.drain('items');
    expect(await bench.statuses('invoices')).toMatchObject({ synced: ['1', '2'] });
    expect(await rung()).toContain('invoices');
    await bench.drain('invoices');
    expect(await bench.record('invoices', '1')).toMatchObject({ reason: 'VOID_TO_DECIDE' });
  });

  it('reads payments as soon as the paid amount of an invoice moves', async () => {
    await open();
    await posted();
    clock.advance(DAY);
    await bench.drain('invoices');
    const due = async () =>
      (await bench.parts.stores.xeroCheckpoints.load(bench.organizationId, 'payments')).nextAt;
    expect(await due()).toBeNull();
    bench.xero.shelf.edit('invoices', xeroIds('invoices')[0] ?? '', {
      derived: { status: 'paid', paid: '100.00' },
    });
    clock.advance(DAY);
    await bench.drain('invoices');
    expect(await due()).toEqual(clock.now());
  });
});
