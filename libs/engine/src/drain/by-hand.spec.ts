import { SyncError } from '@sync/domain';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, invoice, payment } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const MINUTE = 60_000;

describe('a payment that a person entered in Xero', () => {
  const { clock, openBench } = withRealStorage();
  let bench: DrainBench;
  let invoiceXeroId: string;

  beforeEach(async () => {
    bench = await openBench();
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    await arrives('1', '10.00');
    invoiceXeroId = (await bench.record('invoices', '1')).xeroId ?? '';
  });

  const arrives = async (id: string, amount: string) => {
    bench.crm.put('payments', [payment(id, { amount })]);
    await bench.hint('payments', [id], 'event');
    await bench.settle();
  };
  const entered = (xeroId: string, total: string) => {
    const facts = { parentXeroId: invoiceXeroId, currency: 'USD', date: '2026-05-10', total };
    bench.xero.shelf.put('payments', {
      ...xeroRecord(xeroId, facts, clock.now()),
      derived: { status: 'approved' },
    });
  };
  const paid = () => bench.xero.shelf.records('payments').map(({ keys }) => keys.total);

  it('a minute ago is not posted a second time', async () => {
    clock.advance(1_000);
    entered('by-hand', '50.00');
    clock.advance(MINUTE);
    await arrives('2', '50.00');
    expect(await bench.record('payments', '2')).toMatchObject({ status: 'synced', xeroId: 'by-hand' });
    expect(paid()).toEqual(['10.00', '50.00']);
  });

  it('just now is looked for when Xero says that the invoice has less left to pay, and not parked', async () => {
    entered('by-hand', '90.00');
    const error = new SyncError('validation', 'too much', { code: 'PAYMENT_EXCEEDS_DUE' });
    bench.xero.refuse = () => error;
    await arrives('2', '90.00');
    expect(await bench.record('payments', '2')).toMatchObject({ status: 'synced', xeroId: 'by-hand' });
    expect(await bench.issues()).toEqual([]);
  });

  it('is looked for once in a drain, however long it goes on: a backfill would list little but its own payments', async () => {
    bench.xero.batchSize = { payments: 1 };
    bench.xero.onWrite(() => {
      clock.advance(2_000);
      return 'done';
    });
    clock.advance(MINUTE + 1);
    const all = ids(60, 101);
    bench.crm.put(
      'payments',
      all.map((id) => payment(id, { amount: `0.${id.slice(1)}` })),
    );
    await bench.hint('payments', all);
    const before = { listings: bench.xero.most.listings, at: clock.now().getTime() };
    await bench.drain('payments');
    expect(clock.now().getTime() - before.at).toBeGreaterThan(MINUTE);
    expect(paid()).toHaveLength(1 + all.length);
    expect(bench.xero.most.listings - before.listings).toBe(1);
  });
});
