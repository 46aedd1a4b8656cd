import type { CrmEntity, Entity } from '@sync/domain';
import { EXISTENCE } from '../decide-gone.js';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real-storage.js';
import { customer, ids, invoice, payment } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const HOUR = 3_600_000;

describe('a record that is gone from one side', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  /** Customer 1 with an invoice and its payment, on both sides. */
  const open = async (settings: SettingsChange = {}) => {
    const all: SettingsChange = { writeBack: true, ...settings };
    bench = await openBench({ settings: all });
    await bench.listed('customers', 'invoices', 'payments');
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1')]);
    for (const entity of ['customers', 'invoices', 'payments'] as const) await bench.hint(entity, ['1']);
    await bench.settle();
    clock.advance(1000);
    bench.xero.calls.length = 0;
    bench.crm.calls.write = 0;
  };
  const statuses = (entity: Entity) => bench.xero.shelf.records(entity).map(({ derived }) => derived.status);
  const codes = async () => (await bench.issues()).map(({ code }) => code);
  const cancelInCrm = async () => {
    bench.crm.put('invoices', [invoice('1', { status: 'cancelled' })]);
    await bench.hint('invoices', ['1'], 'event');
    await bench.settle();
  };
  const inCrm = async (entity: CrmEntity, id: string) => {
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
      await cancelInCrm();
      expect(await codes()).toEqual(['INVOICE_CANCELLED_IN_CRM']);
      expect(statuses('invoices')).toEqual(['approved']);
    });

    it('is voided in Xero, where that is the policy, once', async () => {
      await open({ goneFromCrm: 'void' });
      await cancelInCrm();
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
        await cancelInCrm();
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
      await cancelInCrm();
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
      await cancelInCrm();
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
      await cancelInCrm();
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

  describe('together with more than 20 others within an hour', () => {
    const cancelMany = async (count: number) => {
      const all = ids(count, 10);
      bench.crm.put(
        'invoices',
        all.map((id) => invoice(id)),
      );
      await bench.hint('invoices', all);
      await bench.settle();
      bench.xero.calls.length = 0;
      bench.crm.put(
        'invoices',
        all.map((id) => invoice(id, { status: 'cancelled' })),
      );
      await bench.hint('invoices', all);
      await bench.settle();
    };

    it('is held until a person confirms, and then goes on', async () => {
      await open({ goneFromCrm: 'void' });
      await cancelMany(21);
      expect(bench.xero.calls).toEqual([]);
      expect(await bench.issues('MASS_CHANGE_HELD')).toMatchObject(
        Array.from({ length: 21 }, () => ({ scope: 'record', entity: 'invoices', meta: { count: 21 } })),
      );
      expect((await bench.statuses('invoices')).parked).toHaveLength(21);
      const whole = { organizationId: bench.organizationId, entity: null, cursor: null, limit: 50 };
      const held = await storage.stores.brake.held(whole);
      expect(held.items).toHaveLength(21);
      expect(held.items[0]).toMatchObject({ entity: 'invoices', effect: 'void-in-xero' });
      expect(held.items.map(({ label }) => label)).not.toContain(null);
      expect(await storage.stores.brake.confirm(bench.organizationId)).toBe(true);
      expect((await storage.stores.brake.held(whole)).items).toEqual([]);
      clock.advance(60_000);
      await bench.settle();
      expect(bench.xero.calls.flatMap(({ crmIds }) => crmIds)).toHaveLength(21);
      expect(await codes()).toEqual([]);
      expect(await storage.stores.brake.confirm(bench.organizationId)).toBe(false);
    });

    it('counts those of the last hour only, and none that is not grave', async () => {
      await open({ goneFromCrm: 'void' });
      await cancelMany(20);
      expect(statuses('invoices').filter((status) => status === 'voided')).toHaveLength(20);
      clock.advance(HOUR + 1);
      await cancelInCrm();
      expect(statuses('invoices').filter((status) => status === 'voided')).toHaveLength(21);
      const renamed = ids(30, 100).map((id) => customer(id));
      bench.crm.put('customers', renamed);
      await bench.hint(
        'customers',
        renamed.map(({ id }) => id),
      );
      await bench.settle();
      bench.crm.put(
        'customers',
        renamed.map((one) => ({ ...one, phone: '7' })),
      );
      await bench.hint(
        'customers',
        renamed.map(({ id }) => id),
      );
      await bench.settle();
      expect(await codes()).toEqual([]);
    });

    const changeAmounts = async () => {
      const all = ids(21, 10);
      bench.crm.put(
        'invoices',
        all.map((id) => invoice(id)),
      );
      await bench.hint('invoices', all);
      await bench.settle();
      bench.crm.put(
        'invoices',
        all.map((id) => invoice(id, { adjustment: '1.00', total: '101.00' })),
      );
      bench.xero.calls.length = 0;
      await bench.hint('invoices', all);
      await bench.settle();
      expect(bench.xero.calls).toEqual([]);
      expect(new Set(await codes())).toEqual(new Set(['MASS_CHANGE_HELD']));
      return all;
    };

    it('is held as well where what changes is how much invoices amount to', async () => {
      await open();
      const all = await changeAmounts();
      expect(await bench.statuses('invoices')).toEqual({ parked: all, synced: ['1'] });
    });

    it('holds up nothing else: a new invoice is made, and another is changed in what does not count', async () => {
      await open();
      await changeAmounts();
      bench.crm.put('invoices', [invoice('99'), invoice('1', { dueDate: '2026-07-01' })]);
      await bench.hint('invoices', ['99', '1'], 'event');
      await bench.settle();
      expect((await bench.statuses('invoices')).synced).toEqual(['1', '99']);
      expect(bench.xero.calls.map(({ action }) => action).toSorted()).toEqual(['create', 'update']);
    });

    it('stays held, each by itself as well, until it is confirmed or undone', async () => {
      await open();
      const [first = '', second = ''] = await changeAmounts();
      clock.advance(HOUR + 1);
      await bench.hint('invoices', [first]);
      await bench.settle();
      expect(bench.xero.calls).toEqual([]);
      bench.crm.put('invoices', [invoice(second)]);
      await bench.hint('invoices', [second]);
      await bench.settle();
      const { brake } = storage.stores;
      expect(await brake.heldByEntity(bench.organizationId)).toMatchObject([
        { entity: 'invoices', count: 20 },
      ]);
      await brake.confirm(bench.organizationId);
      await bench.settle();
      expect(bench.xero.calls.flatMap(({ crmIds }) => crmIds)).toHaveLength(20);
      expect(await codes()).toEqual([]);
    });
  });
});
