import type { Entity } from '@sync/domain';
import { EXISTENCE } from '../decide-gone.js';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { cancelInCrm, openSettledSale, statusesInXero } from '../testing/real/settled-sale.js';
import { customer, invoice, payment } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const HOUR = 3_600_000;

describe('a record that is gone from one side', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = async (settings: SettingsChange = {}) => {
    bench = await openSettledSale({ clock, openBench }, settings);
  };
  const statuses = (entity: Entity) => statusesInXero(bench, entity);
  const codes = async () => (await bench.issues()).map(({ code }) => code);
  const inCrm = async (entity: Entity, id: string) => {
    const [reading] = await bench.crm.read(entity, [id], new AbortController().signal);
    return reading?.state === 'found' ? reading.record : null;
  };
  const endInXero = async (
    entity: Entity,
    status: 'voided' | 'deleted' | 'archived',
    mergedInto?: string,
  ) => {
    const [record] = bench.xero.shelf.records(entity);
    const derived = { status, ...(mergedInto ? { mergedInto } : {}) };
    bench.xero.shelf.edit(entity, record?.xeroId ?? '', { derived });
    await bench.later(24 * HOUR, entity);
  };
  const choose = async (entity: Entity, side: 'crm' | 'xero') => {
    const { id } = await bench.record(entity, '1');
    await storage.stores.conflicts.choose(bench.organizationId, id, { [EXISTENCE]: side });
    await bench.settle();
  };

  describe('the CRM', () => {
    it('stays in Xero and is told, where that is the policy', async () => {
      await open({ goneFromCrm: 'ignore' });
      await cancelInCrm(bench);
      expect(await codes()).toEqual(['INVOICE_CANCELLED_IN_CRM']);
      expect(statuses('invoices')).toEqual(['approved']);
    });

    it('is voided in Xero, where that is the policy, once', async () => {
      await open({ goneFromCrm: 'void' });
      await cancelInCrm(bench);
      expect(statuses('invoices')).toEqual(['voided']);
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'excluded' });
      await bench.hint('invoices', ['1']);
      await bench.later(HOUR, 'invoices');
      expect(bench.xero.calls.map(({ action }) => action)).toEqual(['void']);
      expect(await codes()).toEqual([]);
    });

    it('waits for a person by default; either answer holds', async () => {
      for (const side of ['crm', 'xero'] as const) {
        await open();
        await cancelInCrm(bench);
        expect(await bench.issues()).toMatchObject([{ code: 'VOID_TO_DECIDE', severity: 'warning' }]);
        expect(await bench.statuses('invoices')).toEqual({ synced: ['1'] });
        expect(statuses('invoices')).toEqual(['approved']);
        await choose('invoices', side);
        expect(statuses('invoices')).toEqual([side === 'crm' ? 'voided' : 'approved']);
        await bench.hint('invoices', ['1']);
        await bench.later(HOUR, 'invoices');
        expect(await codes()).toEqual(side === 'crm' ? [] : ['INVOICE_CANCELLED_IN_CRM']);
        const { items } = await storage.stores.conflicts.list({
          organizationId: bench.organizationId,
          cursor: null,
          limit: 9,
        });
        expect(items).toEqual([]);
      }
    });

    it('is another record in Xero when it is wanted again', async () => {
      await open({ goneFromCrm: 'void' });
      await cancelInCrm(bench);
      bench.crm.put('invoices', [invoice('1')]);
      await bench.hint('invoices', ['1'], 'event');
      await bench.settle();
      expect(statuses('invoices')).toEqual(['voided', 'approved']);
      const [first, second] = bench.xero.shelf.records('invoices').map(({ keys }) => keys.marker);
      expect(second).toBe(`${first}.2`);
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'synced' });
    });

    it('is left alone where nothing flows into Xero', async () => {
      await open({ goneFromCrm: 'void' });
      const directions = { invoices: 'to-crm' } as const;
      await storage.admin.updateSettings(bench.organizationId, { directions });
      await cancelInCrm(bench);
      expect(statuses('invoices')).toEqual(['approved']);
    });

    it('as a payment that was changed is deleted in Xero and made anew, if what goes may go', async () => {
      await open({ goneFromCrm: 'void' });
      bench.crm.put('payments', [payment('1', { amount: '60.00' })]);
      await bench.hint('payments', ['1'], 'event');
      await bench.settle();
      expect(bench.xero.calls.map(({ action }) => action)).toEqual(['void', 'create']);
      expect(
        bench.xero.shelf.records('payments').map(({ owned, derived }) => [owned.amount, derived.status]),
      ).toEqual([
        ['50.00', 'voided'],
        ['60.00', 'active'],
      ]);
      await bench.hint('payments', ['1'], 'event');
      await bench.later(6 * HOUR, 'payments');
      expect(bench.xero.calls).toHaveLength(2);
    });

    it('as a payment that a bank statement confirms stays, and is told', async () => {
      await open({ goneFromCrm: 'void' });
      const [record] = bench.xero.shelf.records('payments');
      bench.xero.shelf.edit('payments', record?.xeroId ?? '', {
        derived: { status: 'approved', reconciled: true },
      });
      await bench.later(6 * HOUR, 'payments');
      bench.crm.put('payments', [payment('1', { amount: '60.00' })]);
      await bench.hint('payments', ['1'], 'event');
      await bench.settle();
      expect(await codes()).toEqual(['PAYMENT_CHANGED']);
      expect(bench.xero.calls).toEqual([]);
    });

    it('is taken out of Xero once, though nobody heard that it was', async () => {
      await open({ goneFromCrm: 'void' });
      bench.xero.onWrite(({ action }) => (action === 'void' ? 'done untold' : 'done'));
      await cancelInCrm(bench);
      clock.advance(70_000);
      await bench.drain('invoices');
      await bench.settle();
      expect(bench.xero.calls.map(({ action }) => action)).toEqual(['void']);
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'excluded' });
    });
  });

  describe('Xero', () => {
    it('stays in the CRM and is told, where that is the policy', async () => {
      await open({ goneFromXero: 'ignore' });
      await endInXero('invoices', 'voided');
      expect(await codes()).toEqual(['GONE_FROM_XERO']);
      expect(await inCrm('invoices', '1')).toMatchObject({ status: 'open' });
    });

    it('is cancelled in the CRM, where that is the policy, and nothing goes back', async () => {
      await open({ goneFromXero: 'void' });
      await endInXero('invoices', 'voided');
      expect(await inCrm('invoices', '1')).toMatchObject({ status: 'cancelled' });
      await bench.hint('invoices', ['1'], 'event');
      await bench.later(HOUR, 'invoices');
      expect(await codes()).toEqual([]);
      expect(bench.xero.calls).toEqual([]);
      expect(await bench.record('invoices', '1')).toMatchObject({ status: 'excluded' });
    });

    it('is taken out of the CRM where it has no status, as a payment of an invoice that flows both ways', async () => {
      await open({ goneFromXero: 'void' });
      await endInXero('payments', 'deleted');
      expect(await inCrm('payments', '1')).toBeNull();
      expect(await bench.record('payments', '1')).toMatchObject({ status: 'excluded' });
    });

    it('waits for a person by default; either answer holds', async () => {
      for (const side of ['crm', 'xero'] as const) {
        await open();
        await endInXero('invoices', 'voided');
        expect(await codes()).toEqual(['VOID_TO_DECIDE']);
        await choose('invoices', side);
        expect(await inCrm('invoices', '1')).toMatchObject({ status: side === 'crm' ? 'open' : 'cancelled' });
        await bench.hint('invoices', ['1']);
        await bench.later(HOUR, 'invoices');
        expect(await codes()).toEqual(side === 'crm' ? ['GONE_FROM_XERO'] : []);
        expect(bench.xero.calls).toEqual([]);
      }
    });

    it('is told where nothing flows into the CRM', async () => {
      await open({ writeBack: false, goneFromXero: 'void' });
      await endInXero('invoices', 'voided');
      expect(await codes()).toEqual(['GONE_FROM_XERO']);
      expect(bench.crm.calls.write).toBe(0);
    });

    it('as a contact is archived in the CRM, once, however often it is looked at', async () => {
      await open({ goneFromXero: 'void', directions: { customers: 'two-way' } });
      await endInXero('customers', 'archived');
      expect(await inCrm('customers', '1')).toMatchObject({ active: false });
      for (let look = 0; look < 2; look += 1) {
        await bench.hint('customers', ['1']);
        await bench.settle();
      }
      expect(bench.crm.calls.write).toBe(1);
    });

    it('as a contact that was merged goes on as the one that it was merged into', async () => {
      await open({ goneFromXero: 'void' });
      bench.xero.shelf.put('customers', xeroRecord('survivor', { name: 'Survivor' }, clock.now()));
      await endInXero('customers', 'archived', 'survivor');
      expect(await bench.record('customers', '1')).toMatchObject({ status: 'synced', xeroId: 'survivor' });
      bench.crm.put('customers', [customer('1', { phone: '7' })]);
      await bench.hint('customers', ['1'], 'event');
      await bench.settle();
      expect(bench.xero.calls.map(({ action }) => action)).toEqual(['update']);
      expect(bench.xero.calls[0]?.body).toContain('"xeroId":"survivor"');
    });
  });
});
