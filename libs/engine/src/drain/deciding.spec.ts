import { type Entity, type Invoice, type Json, SyncError } from '@sync/domain';
import { definitions } from '@sync/entities';
import type { Definitions } from '../definition.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, ids, invoice, payment } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';
import { IDENTITIES_FRESH_MS, LOOK_AGAIN_MS } from './timing.js';

describe('from a claim to its outcome', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    bench = await openBench();
  });

  const synced = async (entity: Entity, id = '1') => {
    await bench.hint(entity, [id]);
    await bench.settle();
    bench.xero.calls.length = 0;
  };

  it('moves a tax row to the set of taxes that it stands for: one record in Xero for both', async () => {
    const tax = { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] };
    bench.crm.answer('taxes', { id: '4', state: 'found', record: tax, birthMark: null });
    await bench.hint('taxes', ['4']);
    await bench.hint('taxes', ['VAT|20']);
    await bench.settle();
    expect(await bench.statuses('taxes')).toEqual({ synced: ['VAT|20'] });
    expect(bench.xero.shelf.records('taxes')).toHaveLength(1);
  });

  it('looks at an event once more after 30 s if it decides to nothing: CRMs post before they commit', async () => {
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    await bench.hint('customers', ['1'], 'event');
    await bench.settle();
    expect(bench.xero.calls).toEqual([]);
    bench.crm.put('customers', [customer('1', { phone: 'committed since' })]);
    clock.advance(LOOK_AGAIN_MS - 1);
    expect(await bench.due()).toEqual({});
    clock.advance(1);
    await bench.settle();
    expect(bench.xero.calls).toHaveLength(1);
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({});
  });

  it.each([
    ['is not there yet', { id: '2', state: 'missing' }],
    ['is a draft yet', { id: '2', state: 'excluded', reason: 'draft' }],
  ] as const)('looks once more at an event of a record that %s', async (_, reading) => {
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    bench.crm.answer('invoices', reading);
    await bench.hint('invoices', ['2'], 'event');
    await bench.settle();
    expect((await bench.statuses('invoices')).excluded).toEqual(['2']);
    bench.crm.put('invoices', [invoice('2')]);
    clock.advance(LOOK_AGAIN_MS);
    await bench.settle();
    expect((await bench.statuses('invoices')).synced).toEqual(['2']);
  });

  it('looks once more, not for ever, at an event of a record that is gone', async () => {
    await storage.admin.updateSettings(bench.organizationId, { goneFromCrm: 'ignore' });
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    bench.crm.lose('customers', '1');
    await bench.hint('customers', ['1', '2'], 'event');
    await bench.settle();
    expect((await bench.issues()).map(({ code }) => code)).toEqual(['GONE_FROM_CRM']);
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({ customers: 2 });
    bench.crm.put('customers', [customer('1')]);
    await bench.settle();
    expect(await bench.issues()).toEqual([]);
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({});
  });

  it('looks at an event that decides to nothing twice, not for ever', async () => {
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    await bench.hint('customers', ['1'], 'event');
    await bench.settle();
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({ customers: 1 });
    await bench.settle();
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({});
  });

  it('looks at a record of the backfill once only', async () => {
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    await synced('customers');
    clock.advance(LOOK_AGAIN_MS);
    expect(await bench.due()).toEqual({});
  });

  it('writes nothing for a new form of the snapshots, and sees the next change in the new form', async () => {
    bench.crm.put(
      'customers',
      ids(2).map((id) => customer(id)),
    );
    await synced('customers', '1');
    const newForm: Definitions = {
      ...definitions,
      customers: {
        ...definitions.customers,
        codecVersion: 2,
        owned: (record) => ({ called: record.name, phone: record.phone }),
      },
    };
    const parts = { ...bench.parts, definitions: newForm };
    await bench.hint('customers', ['1']);
    await bench.drain('customers', { parts });
    expect(bench.xero.calls).toEqual([]);
    await bench.hint('customers', ['1']);
    await bench.drain('customers', { parts });
    expect(bench.xero.calls).toEqual([]);
    bench.crm.put('customers', [customer('1', { phone: '7' })]);
    await bench.hint('customers', ['1']);
    await bench.drain('customers', { parts });
    expect(bench.xero.calls.map(({ action }) => action)).toEqual(['update']);
    expect(bench.xero.calls[0]?.body).toContain('"changed":["phone"]');
  });

  it('writes an edit that was parked before the form changed, in the fields that both forms have', async () => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    await synced('invoices');
    const locked = new SyncError('validation', 'paid', { code: 'INVOICE_LOCKED_BY_PAYMENT' });
    bench.xero.refuse = () => locked;
    bench.crm.put('invoices', [invoice('1', { dueDate: '2026-07-01' })]);
    await synced('invoices');
    expect(await bench.statuses('invoices')).toEqual({ parked: ['1'] });
    bench.xero.refuse = () => null;
    bench.xero.calls.length = 0;
    const { owned } = definitions.invoices;
    const newForm: Definitions = {
      ...definitions,
      invoices: {
        ...definitions.invoices,
        codecVersion: definitions.invoices.codecVersion + 1,
        owned: (record) => ({ ...owned(record), lines: withKind(record), channel: 'web' }),
      },
    };
    await bench.hint('invoices', ['1']);
    await bench.drain('invoices', { parts: { ...bench.parts, definitions: newForm } });
    expect(bench.xero.calls.map(({ action }) => action)).toEqual(['update']);
    expect(bench.xero.calls[0]?.body).toContain('"changed":["dueDate"]');
    expect(await bench.statuses('invoices')).toEqual({ synced: ['1'] });
  });

  it('makes no call for what differs in nothing that it owns', async () => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    await synced('invoices');
    bench.crm.put('invoices', [invoice('1', { paid: '40.00', credited: '1.00' })]);
    await synced('invoices');
    expect(bench.xero.shelf.records('invoices')).toHaveLength(1);
  });

  it('reads the keys of Xero once, not for every batch and not while they are fresh', async () => {
    bench.crm.put(
      'customers',
      ids(120).map((id) => customer(id)),
    );
    await bench.hint('customers', ids(120));
    await bench.drain('customers');
    expect(bench.xero.most.listings).toBe(1);
    bench.crm.put('customers', [customer('500')]);
    await synced('customers', '500');
    expect(bench.xero.most.listings).toBe(1);
    clock.advance(IDENTITIES_FRESH_MS + 1);
    bench.crm.put('customers', [customer('501')]);
    await synced('customers', '501');
    expect(bench.xero.most.listings).toBe(2);
  });

  it('reads every page of the keys, though a record moves to the end meanwhile', async () => {
    const { shelf } = bench.xero;
    shelf.pageSize = 2;
    const at = (seconds: number) => new Date(clock.now().getTime() - 3_600_000 + seconds * 1000);
    const put = (n: number, seconds: number) =>
      shelf.put('customers', xeroRecord(`x${n}`, { taxNumber: `T${n}`, name: `Theirs ${n}` }, at(seconds)));
    ids(6).forEach((id) => put(Number(id), Number(id) * 10));
    let pages = 0;
    bench.xero.onList(() => {
      pages += 1;
      // Edited by somebody while the second page is read: by page numbers another record would be passed over.
      if (pages === 2) put(1, 1000);
    });
    bench.crm.put(
      'customers',
      ids(6).map((id) => customer(id, { taxNumber: `T${id}` })),
    );
    await bench.hint('customers', ids(6));
    await bench.settle();
    expect(bench.xero.calls).toEqual([]);
    const bound = await Promise.all(ids(6).map(async (id) => (await bench.record('customers', id)).xeroId));
    expect(bound).toEqual(ids(6).map((id) => `x${id}`));
  });

  it('parks a child of a parked parent with the reason, and wakes it when the parent is bound', async () => {
    bench.crm.put('customers', [customer('1', { name: null })]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1')]);
    await bench.hint('payments', ['1']);
    await bench.settle();
    expect((await bench.record('customers', '1')).reason).toBe('CUSTOMER_NAME_MISSING');
    expect((await bench.record('payments', '1')).reason).toBe('PARENT_NOT_SYNCED');
    expect(bench.xero.calls).toEqual([]);
    bench.crm.put('customers', [customer('1')]);
    await bench.hint('customers', ['1']);
    await bench.settle();
    expect((await bench.statuses('payments')).synced).toEqual(['1']);
    expect(await bench.issues()).toEqual([]);
  });

  it('decides by what is there, not by how often or in what order it was told', async () => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    for (const entity of ['invoices', 'customers', 'invoices', 'customers'] as const) {
      await bench.hint(entity, ['1', '1'], 'event');
    }
    await bench.settle();
    clock.advance(LOOK_AGAIN_MS);
    await bench.settle();
    expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['customers', 'invoices']);
  });

  it('sees a change that comes while it reads: the record is looked at again', async () => {
    bench.crm.put('customers', [customer('1')]);
    bench.crm.whileReading(async () => {
      bench.crm.whileReading(null);
      await bench.hint('customers', ['1'], 'event');
    });
    await bench.hint('customers', ['1']);
    await bench.drain('customers');
    bench.crm.put('customers', [customer('1', { phone: '1' })]);
    await bench.settle();
    clock.advance(LOOK_AGAIN_MS);
    await bench.settle();
    expect(bench.xero.calls.map(({ action }) => action).slice(0, 2)).toEqual(['create', 'update']);
    expect(bench.xero.shelf.records('customers')).toHaveLength(1);
  });

  it('reads the settings of Xero again before it parks a record for what an old copy of them says', async () => {
    bench.crm.put('customers', [customer('1')]);
    await synced('customers');
    bench.crm.put('invoices', [invoice('1', { currency: 'EUR' })]);
    bench.xero.reference = { ...bench.xero.reference, currencies: ['USD', 'EUR'] };
    clock.advance(16 * 60_000);
    await synced('invoices');
    expect((await bench.statuses('invoices')).synced).toEqual(['1']);
    bench.crm.put('invoices', [invoice('2', { currency: 'GBP' })]);
    const asked = bench.xero.most.references;
    await synced('invoices', '2');
    expect((await bench.record('invoices', '2')).reason).toBe('CURRENCY_NOT_ENABLED');
    expect(bench.xero.most.references).toBe(asked);
  });

  it('shows nobody what an error of ours says', async () => {
    bench.xero.onEncode(() => {
      throw new SyncError('bug', 'secret detail');
    });
    bench.crm.put('customers', [customer('1')]);
    await bench.hint('customers', ['1']);
    await bench.settle();
    expect(JSON.stringify(await bench.issues())).not.toContain('secret');
    expect(await bench.statuses('customers')).toEqual({ failed: ['1'] });
  });
});

/** Lines with a field that an older form did not have. */
function withKind({ lines }: Invoice): Json {
  return lines.map((line) => ({ ...line, taxes: [...line.taxes].map((tax) => ({ ...tax })), kind: 'work' }));
}
