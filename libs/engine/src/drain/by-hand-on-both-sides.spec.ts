import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, invoice, payment } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const MINUTE = 60_000;

describe('a payment that people entered by hand on both sides', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;
  let invoiceXeroId: string;

  beforeEach(async () => {
    const settings = { writeBack: true, directions: { invoices: 'two-way', payments: 'two-way' } } as const;
    bench = await openBench({ settings });
    await bench.listed('customers', 'invoices', 'payments');
    const from = new Date('2026-01-01T00:00:00Z');
    await storage.stores.xeroCheckpoints.pullFrom(bench.organizationId, 'payments', from);
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    invoiceXeroId = (await bench.record('invoices', '1')).xeroId ?? '';
    await bench.later(MINUTE, 'payments');
    clock.advance(5 * MINUTE);
    bench.xero.calls.length = 0;
  });

  const enteredInXero = (xeroId: string, total: string, date = '2026-05-10') => {
    const { id: _, ...owned } = payment(xeroId, { amount: total, date });
    bench.xero.shelf.put('payments', {
      ...xeroRecord(xeroId, { parentXeroId: invoiceXeroId, currency: 'USD', date, total }, clock.now()),
      owned: { ...owned, invoiceId: invoiceXeroId },
      derived: { status: 'approved' },
    });
  };
  const enteredInCrm = (id: string, amount: string) => bench.crm.put('payments', [payment(id, { amount })]);
  /** Xero's payments are read, and whatever follows has come to its end. */
  const xeroIsRead = async () => {
    await storage.stores.xeroCheckpoints.want(bench.organizationId, ['payments'], clock.now());
    await bench.drain('payments');
    await bench.settle();
    for (let round = 0; round < 4; round += 1) await bench.later(35_000, 'payments');
  };
  const crmIsSwept = async (ids: readonly string[]) => {
    await bench.hint('payments', ids, 'event');
    await bench.settle();
    for (let round = 0; round < 4; round += 1) await bench.later(35_000, 'payments');
  };
  const inCrm = async () => {
    const request = { entity: 'payments', depth: 'all', cursor: null } as const;
    const { changes } = await bench.crm.listChanges({ ...request, signal: new AbortController().signal });
    return changes.length;
  };
  const inXero = () => bench.xero.shelf.records('payments').length;

  it('is one, where the CRM is seen first', async () => {
    enteredInXero('x1', '50.00');
    enteredInCrm('1', '50.00');
    clock.advance(2 * MINUTE);
    await crmIsSwept(['1']);
    expect(await bench.record('payments', '1')).toMatchObject({ status: 'synced', xeroId: 'x1' });
    await xeroIsRead();
    expect([await inCrm(), inXero()]).toEqual([1, 1]);
  });

  it('is one, where Xero is seen first', async () => {
    enteredInCrm('1', '50.00');
    enteredInXero('x1', '50.00');
    clock.advance(2 * MINUTE);
    await xeroIsRead();
    expect(await bench.record('payments', '1')).toMatchObject({ status: 'synced', xeroId: 'x1' });
    expect([await inCrm(), inXero()]).toEqual([1, 1]);
    await crmIsSwept(['1']);
    expect([await inCrm(), inXero()]).toEqual([1, 1]);
  });

  it('are as many on both sides as on the one that has more, where several are alike', async () => {
    enteredInCrm('1', '20.00');
    enteredInCrm('2', '20.00');
    enteredInXero('x1', '20.00');
    clock.advance(2 * MINUTE);
    await xeroIsRead();
    expect([await inCrm(), inXero()]).toEqual([2, 2]);
    expect(await bench.statuses('payments')).toEqual({ synced: ['1', '2'] });
  });

  it('are two, where day or amount differ', async () => {
    enteredInCrm('1', '20.00');
    enteredInXero('x1', '20.00', '2026-05-11');
    enteredInXero('x2', '21.00');
    clock.advance(2 * MINUTE);
    await xeroIsRead();
    expect([await inCrm(), inXero()]).toEqual([3, 3]);
  });

  it('is not made in the CRM while that cannot be asked what it has', async () => {
    enteredInXero('x1', '50.00');
    clock.advance(2 * MINUTE);
    const { stores } = storage;
    const sweep = { organizationId: bench.organizationId, entity: 'payments', holder: 'other' } as const;
    const checkpoint = await stores.sweeps.begin({ ...sweep, ttlMs: 60_000 });
    await xeroIsRead();
    expect(await inCrm()).toBe(0);
    if (!checkpoint) throw new Error('a sweep is under way');
    await stores.sweeps.end({ checkpoint, holder: 'other', full: false, nextAt: clock.now() });
    await xeroIsRead();
    expect(await inCrm()).toBe(1);
  });
});
