import { type Entity, type IssueCode, SyncError } from '@sync/domain';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, invoice, payment } from '../testing/records.js';

const MINUTE = 60_000;

describe('who follows the advice', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1', { amount: '10.00' })]);
    await bench.hint('payments', ['1']);
    await bench.settle();
    bench.xero.calls.length = 0;
  });

  const told = async (entity: Entity, ...ids: string[]) => {
    await bench.hint(entity, ids, 'event');
    await bench.settle();
  };
  const retried = async (entity: Entity, id: string) => {
    const record = await bench.record(entity, id);
    await storage.stores.hints.redrive(bench.organizationId, [record.id], 'event');
    await bench.settle();
  };
  const expectIssues = async (...codes: IssueCode[]) => {
    expect((await bench.issues()).map(({ code }) => code)).toEqual(codes);
  };
  const deletedInXero = (entity: Entity) => {
    clock.advance(MINUTE + 1);
    for (const record of bench.xero.shelf.records(entity))
      bench.xero.shelf.put(entity, { ...record, derived: { status: 'deleted' }, updatedAt: clock.now() });
  };
  const paid = () =>
    bench.xero.shelf
      .records('payments')
      .filter(({ derived }) => derived.status !== 'deleted')
      .map(({ keys }) => keys.total);

  describe('on a payment that was changed', () => {
    beforeEach(async () => {
      bench.crm.put('payments', [payment('1', { amount: '20.00' })]);
      await told('payments', '1');
      await expectIssues('PAYMENT_CHANGED');
    });

    it('and undoes the change, is done', async () => {
      bench.crm.put('payments', [payment('1', { amount: '10.00' })]);
      await told('payments', '1');
      await expectIssues();
      expect(paid()).toEqual(['10.00']);
    });

    it('and deletes it on both sides and enters the right one in the CRM, is done', async () => {
      deletedInXero('payments');
      bench.crm.lose('payments', '1');
      bench.crm.put('payments', [payment('2', { amount: '20.00' })]);
      await told('payments', '1', '2');
      await expectIssues();
      expect(paid()).toEqual(['20.00']);
      expect(await bench.statuses('payments')).toEqual({ excluded: ['1'], synced: ['2'] });
    });
  });

  describe('on an invoice that a payment locks', () => {
    const locked = new SyncError('validation', 'has payments', { code: 'INVOICE_LOCKED_BY_PAYMENT' });
    beforeEach(async () => {
      bench.xero.refuse = () => (paid().length > 0 ? locked : null);
      bench.crm.put('invoices', [invoice('1', { total: '120.00', subtotal: '120.00' })]);
      await told('invoices', '1');
      await expectIssues('INVOICE_LOCKED_BY_PAYMENT');
    });

    it('and undoes the change, is done', async () => {
      bench.crm.put('invoices', [invoice('1')]);
      await told('invoices', '1');
      await expectIssues();
    });

    it('and removes the payment in Xero for the while of a retry, is done', async () => {
      deletedInXero('payments');
      await retried('invoices', '1');
      await expectIssues();
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'synced' });
    });
  });

  const goneStays = (goneFromCrm: 'ignore' | 'ask') =>
    storage.admin.updateSettings(bench.organizationId, { goneFromCrm });

  it.each([
    ['ignore', 'INVOICE_CANCELLED_IN_CRM'],
    ['ask', 'VOID_TO_DECIDE'],
  ] as const)(
    'on an invoice that is cancelled in the CRM (%s), and voids it in Xero and retries, is done',
    async (policy, code) => {
      await goneStays(policy);
      bench.crm.put('invoices', [invoice('1', { status: 'cancelled' })]);
      await told('invoices', '1');
      await expectIssues(code);
      deletedInXero('invoices');
      await retried('invoices', '1');
      await expectIssues();
    },
  );

  it.each([
    ['ignore', 'GONE_FROM_CRM'],
    ['ask', 'VOID_TO_DECIDE'],
  ] as const)(
    'on a record that is gone from the CRM (%s), and deletes it in Xero and retries, is done',
    async (policy, code) => {
      await goneStays(policy);
      bench.crm.lose('invoices', '1');
      await told('invoices', '1');
      await expectIssues(code);
      deletedInXero('invoices');
      await retried('invoices', '1');
      await expectIssues();
      expect(await bench.record('invoices', '1')).toMatchObject({
        status: 'excluded',
        reason: 'deleted-in-crm',
      });
    },
  );
});
