import { CRM_ENTITIES } from '@sync/domain';
import type { BenchRequest, DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { creditApplication, creditNote, customer, invoice, refund } from '../testing/records.js';

const HOUR = 3_600_000;

describe('credits', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const tell = async (resourceId: string) => {
    const { organizations, webhooks } = storage.stores;
    const tenantId = (await organizations.load(bench.organizationId))?.xeroConnection.tenantId ?? '';
    await webhooks.receive('client', [{ tenantId, category: 'CREDITNOTE', resourceId, at: null }]);
  };
  const open = async (change: Partial<BenchRequest> = {}) => {
    bench = await openBench({ ...change });
    const mode = { kind: 'payment-mode', key: '1', label: 'Bank', value: 'bank-1', reason: null } as const;
    await storage.stores.mappings.save(bench.organizationId, [{ ...mode, source: 'confirmed' }]);
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1', { credited: '50.00' })]);
    bench.crm.put('credit-notes', [creditNote('1')]);
  };

  it('follow their credit note and their invoice, whichever is heard of first', async () => {
    await open();
    bench.crm.put('credit-applications', [creditApplication('1')]);
    bench.crm.put('refunds', [refund('1')]);
    await bench.hint('refunds', ['1']);
    await bench.hint('credit-applications', ['1']);
    await bench.settle();
    for (const entity of ['credit-notes', 'credit-applications', 'refunds', 'invoices'] as const)
      expect(await bench.statuses(entity)).toEqual({ synced: ['1'] });
    expect(await bench.issues()).toEqual([]);
  });

  it('that are alike in everything are two', async () => {
    await open();
    bench.crm.put('credit-applications', [creditApplication('1'), creditApplication('2')]);
    await bench.hint('credit-applications', ['1']);
    await bench.settle();
    await bench.hint('credit-applications', ['2']);
    await bench.settle();
    expect(await bench.statuses('credit-applications')).toEqual({ synced: ['1', '2'] });
    expect(bench.xero.shelf.records('credit-applications')).toHaveLength(2);
  });

  it('that a bookkeeper applied by hand a minute ago are taken for what they are, once', async () => {
    await open();
    await bench.hint('invoices', ['1']);
    await bench.hint('credit-notes', ['1']);
    await bench.settle();
    bench.crm.put('credit-applications', [creditApplication('1')]);
    await bench.hint('credit-applications', ['1']);
    await bench.settle();
    const [byHand] = bench.xero.shelf.records('credit-applications');
    if (!byHand) throw new Error('nothing was applied');
    clock.advance(1000);
    bench.xero.shelf.put('credit-applications', { ...byHand, xeroId: 'by-hand', updatedAt: clock.now() });
    // A note that is posted then says nothing of how fresh the copy of what was applied is.
    clock.advance(60_000);
    bench.crm.put('credit-notes', [creditNote('2')]);
    bench.crm.put('credit-applications', [creditApplication('2')]);
    await bench.hint('credit-notes', ['2']);
    await bench.hint('credit-applications', ['2']);
    await bench.settle();
    expect((await bench.record('credit-applications', '2')).xeroId).toBe('by-hand');
    expect(bench.xero.shelf.records('credit-applications')).toHaveLength(2);
  });

  it.each(['a listing', 'a webhook'])(
    'that were taken back in Xero are missing from their note, as %s of it shows',
    async (told) => {
      await open({ settings: { writeBack: true, goneFromXero: 'ask' } });
      bench.crm.put('credit-applications', [creditApplication('1'), creditApplication('2')]);
      await bench.hint('credit-applications', ['1', '2']);
      await bench.settle();
      const { shelf } = bench.xero;
      const [note] = shelf.records('credit-notes');
      const { id, xeroId } = await bench.record('credit-applications', '1');
      clock.advance(1000);
      shelf.lose('credit-applications', xeroId ?? '');
      shelf.edit('credit-notes', note?.xeroId ?? '', { derived: { status: 'approved', credited: '50.00' } });
      if (told === 'a webhook') {
        await tell(note?.xeroId ?? '');
        await bench.later(5_000, 'credit-notes');
      } else await bench.later(4 * HOUR, 'credit-applications');
      expect((await bench.issues('VOID_TO_DECIDE')).map(({ recordId }) => recordId)).toEqual([id]);
    },
  );

  it('of an invoice that is not meant for Xero are not, either', async () => {
    await open();
    bench.crm.put('invoices', [invoice('1', { status: 'draft' })]);
    bench.crm.put('credit-applications', [creditApplication('1')]);
    await bench.hint('credit-applications', ['1']);
    await bench.settle();
    expect(await bench.statuses('credit-applications')).toEqual({ excluded: ['1'] });
  });

  it.each<[string, Partial<BenchRequest>]>([
    ['are switched off', { settings: { directions: { 'credit-notes': 'off' } } }],
    [
      'are not known to the CRM',
      { crm: { entities: CRM_ENTITIES.filter((entity) => !/credit/.test(entity)) } },
    ],
  ])('that %s are told with the invoice that they are applied to', async (_why, change) => {
    await open(change);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    expect(await bench.statuses('invoices')).toEqual({ synced: ['1'] });
    expect((await bench.issues()).map(({ code, meta }) => [code, meta])).toEqual([
      ['INVOICE_HAS_CREDITS', { credited: '50.00 USD' }],
    ]);
  });
});
