import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, invoice, payment } from '../testing/records.js';

const MINUTE = 60_000;

describe('a record that was deleted in the CRM and entered there anew', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;
  let held: string;

  beforeEach(async () => {
    bench = await openBench({ settings: { goneFromCrm: 'ignore' } });
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1')]);
    await bench.hint('payments', ['1']);
    await bench.settle();
    held = (await bench.record('invoices', '1')).xeroId ?? '';
    bench.xero.calls.length = 0;
  });

  const anew = () => bench.crm.put('invoices', [invoice('2', { number: 'INV-1' })]);
  const codes = async () => (await bench.issues()).map(({ code }) => code);
  const events = async (...ids: string[]) => {
    await bench.hint('invoices', ids, 'event');
    await bench.settle();
  };
  const expectTakenOver = async () => {
    expect(await bench.record('invoices', '2')).toMatchObject({ status: 'synced', xeroId: held });
    expect(await bench.record('invoices', '1')).toMatchObject({ status: 'excluded', xeroId: null });
    expect(bench.xero.shelf.records('invoices')).toHaveLength(1);
    expect(bench.xero.calls).toEqual([]);
    expect(await codes()).toEqual([]);
  };

  it.each([
    ['both are told of at once', [['1', '2']]],
    ['the deletion is told of first', [['1'], ['2']]],
    ['the deletion is not told of', [['2']]],
  ])('takes the place of the old one in Xero, where %s', async (_, told) => {
    bench.crm.lose('invoices', '1');
    anew();
    for (const ids of told) await events(...ids);
    await expectTakenOver();
  });

  describe('where Xero follows what goes from the CRM', () => {
    beforeEach(() => storage.admin.updateSettings(bench.organizationId, { goneFromCrm: 'void' }));
    const live = () =>
      bench.xero.shelf
        .records('invoices')
        .flatMap(({ xeroId, derived }) => (derived.status === 'voided' ? [] : [xeroId]));
    const expectOnlyTheNewOne = async () => {
      clock.advance(MINUTE);
      await bench.settle();
      const { status, xeroId } = await bench.record('invoices', '2');
      expect({ status, live: live() }).toEqual({ status: 'synced', live: [xeroId] });
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'excluded' });
      expect(await codes()).toEqual([]);
    };

    it.each([
      ['both are told of at once', [['1', '2']]],
      ['both are told of at once, the new one first', [['2', '1']]],
      ['the deletion is told of first', [['1'], ['2']]],
      ['the deletion is not told of', [['2']]],
    ])('stands in Xero once, where %s', async (_, told) => {
      bench.crm.lose('invoices', '1');
      anew();
      for (const ids of told) await events(...ids);
      await expectOnlyTheNewOne();
    });

    it('goes on by itself when the old one, which held its place, is taken out', async () => {
      anew();
      await events('2');
      expect(await codes()).toEqual(['DUPLICATE_CLAIM']);
      bench.crm.lose('invoices', '1');
      await events('1');
      await expectOnlyTheNewOne();
    });

    it('takes over nothing of which nobody knows whether it was just taken out', async () => {
      bench.xero.onWrite(({ action }) => (action === 'void' ? 'done untold' : 'done'));
      bench.crm.lose('invoices', '1');
      await events('1');
      anew();
      await events('2');
      clock.advance(MINUTE);
      await bench.drain('invoices');
      await expectOnlyTheNewOne();
    });
  });

  it('waits while the old one is still there, and goes on by itself when that is deleted', async () => {
    anew();
    await events('2');
    expect(await codes()).toEqual(['DUPLICATE_CLAIM']);
    bench.crm.lose('invoices', '1');
    await events('1');
    await expectTakenOver();
  });

  it('takes nothing from one that the CRM has as a draft again', async () => {
    bench.crm.answer('invoices', { id: '1', state: 'excluded', reason: 'draft' });
    anew();
    await events('1', '2');
    expect(await bench.record('invoices', '1')).toMatchObject({ xeroId: held });
    const issues = (await bench.issues()).map(({ code, meta }) => [code, meta['reason']]);
    expect(issues).toContainEqual(['GONE_FROM_CRM', 'is a draft again in the CRM']);
    expect(issues).toContainEqual(['DUPLICATE_CLAIM', undefined]);
  });

  it('is the one whose changes are posted from then on', async () => {
    bench.crm.lose('invoices', '1');
    anew();
    await events('1', '2');
    bench.crm.put('invoices', [invoice('2', { number: 'INV-1', reference: 'Order 5' })]);
    await events('2');
    expect(bench.xero.calls.map(({ action, crmIds }) => [action, crmIds])).toEqual([['update', ['2']]]);
    expect(bench.xero.shelf.records('invoices').map(({ xeroId }) => xeroId)).toEqual([held]);
  });

  it('keeps what it took when the old one is put back: that one parks, and is not posted again', async () => {
    bench.crm.lose('invoices', '1');
    anew();
    await events('1', '2');
    bench.crm.put('invoices', [invoice('1')]);
    await events('1');
    expect(await bench.record('invoices', '2')).toMatchObject({ status: 'synced', xeroId: held });
    expect(await bench.record('invoices', '1')).toMatchObject({
      status: 'parked',
      reason: 'DUPLICATE_CLAIM',
    });
    expect(bench.xero.shelf.records('invoices')).toHaveLength(1);
  });

  it('is not posted again where it is a payment, which bears no number', async () => {
    bench.crm.lose('payments', '1');
    bench.crm.put('payments', [payment('2')]);
    await bench.hint('payments', ['2'], 'event');
    await bench.settle();
    expect(bench.xero.shelf.records('payments')).toHaveLength(1);
    expect(await bench.statuses('payments')).toEqual({ synced: ['2'], excluded: ['1'] });
  });

  it('is told from a second payment that is like the first in everything', async () => {
    bench.crm.put('payments', [payment('2')]);
    await bench.hint('payments', ['2'], 'event');
    await bench.settle();
    expect(bench.xero.shelf.records('payments')).toHaveLength(2);
    expect(await bench.statuses('payments')).toEqual({ synced: ['1', '2'] });
  });
});
