import { type Entity, SyncError } from '@sync/domain';
import { definitions } from '@sync/entities';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, invoice, payment } from '../testing/records.js';
import { encoded } from '../testing/scripted-wire.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const MINUTE = 60_000;

describe('what Xero refused', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const refusal = () =>
    new SyncError('validation', 'more than is due', {
      code: 'PAYMENT_EXCEEDS_DUE',
      meta: { amount: '999.00' },
    });
  /** A sweep of everything lists these, a quarter of an hour later. */
  const swept = async (entity: Entity, ids: readonly string[], after = 15 * MINUTE) => {
    clock.advance(after);
    const { sweeps } = storage.stores;
    const { organizationId } = bench;
    const held = { holder: 'spec', ttlMs: 60_000 };
    const checkpoint = await sweeps.begin({ organizationId, entity, ...held });
    if (!checkpoint) throw new Error('a sweep is under way');
    const hints = ids.map((crmId) => ({ entity, crmId }));
    await sweeps.page({ checkpoint, ...held, cursor: 'end', hints, changed: false, runId: null });
    await sweeps.end({ checkpoint, holder: 'spec', full: true, nextAt: clock.now() });
    await bench.settle();
  };
  const callsOf = (entity: Entity) => bench.xero.calls.filter((call) => call.entity === entity).length;
  /** The customer and his invoice are in Xero; payments 1 and 2 are refused. */
  const refused = async () => {
    bench = await openBench();
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.crm.put('payments', [payment('1'), payment('2')]);
    bench.xero.refuse = (crmId) =>
      bench.xero.calls.at(-1)?.entity === 'payments' && crmId ? refusal() : null;
    await bench.hint('payments', ['1', '2']);
    await bench.settle();
    expect(await bench.statuses('payments')).toEqual({ parked: ['1', '2'] });
    // By now it is long ago that anything moved in Xero.
    await swept('payments', ['1', '2']);
    bench.xero.calls.length = 0;
  };
  /** From now on Xero takes this payment; default: every one. */
  const accepted = (id: string | null = null) => {
    bench.xero.refuse = (crmId) => (id === null || crmId === id ? null : refusal());
  };

  it('is not sent again by sweeps of everything, and stays an open issue', async () => {
    await refused();
    const before = await bench.record('payments', '1');
    for (let quarter = 0; quarter < 4; quarter += 1) await swept('payments', ['1', '2']);
    expect(bench.xero.calls).toEqual([]);
    expect(await bench.statuses('payments')).toEqual({ parked: ['1', '2'] });
    expect((await bench.issues()).map(({ code }) => code)).toEqual([
      'PAYMENT_EXCEEDS_DUE',
      'PAYMENT_EXCEEDS_DUE',
    ]);
    expect(await bench.record('payments', '1')).toEqual(before);
  });

  it('is sent again after a day, since not everything that Xero goes by is known here', async () => {
    await refused();
    await swept('payments', ['1', '2'], 25 * 60 * MINUTE);
    expect(callsOf('payments')).toBeGreaterThan(0);
    bench.xero.calls.length = 0;
    accepted();
    await swept('payments', ['1', '2']);
    expect(callsOf('payments')).toBe(0);
    await swept('payments', ['1', '2'], 25 * 60 * MINUTE);
    expect(await bench.statuses('payments')).toEqual({ synced: ['1', '2'] });
  });

  it.each<[string, () => unknown]>([
    ['the record', () => bench.crm.put('payments', [payment('1', { amount: '10.00' })])],
    [
      'the settings of Xero',
      async () => {
        bench.xero.reference = { ...bench.xero.reference, currencies: ['USD', 'EUR'] };
        await storage.stores.organizations.saveReference(
          bench.organizationId,
          bench.xero.reference,
          clock.now(),
        );
      },
    ],
  ])('is sent again by the next sweep once %s changed', async (_, change) => {
    await refused();
    accepted('1');
    await change();
    await swept('payments', ['1']);
    expect(await bench.statuses('payments')).toEqual({ parked: ['2'], synced: ['1'] });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'its invoice in Xero',
      async () => {
        clock.advance(5 * MINUTE);
        const [record] = bench.xero.shelf.records('invoices');
        bench.xero.shelf.edit('invoices', record?.xeroId ?? '', { owned: { reference: 'unlocked' } });
        await storage.stores.xeroCheckpoints.want(bench.organizationId, ['invoices'], clock.now());
        await bench.drain('invoices');
      },
    ],
    [
      'another payment of its invoice',
      async () => {
        clock.advance(5 * MINUTE);
        const [record] = bench.xero.shelf.records('invoices');
        await storage.stores.identities.absorb({
          organizationId: bench.organizationId,
          entity: 'payments',
          codecVersion: definitions.payments.codecVersion,
          records: [xeroRecord('other', { parentXeroId: record?.xeroId ?? '' }, clock.now())],
          freshAsOf: null,
        });
      },
    ],
  ])('is sent again as soon as it is read that %s changed', async (_, change) => {
    await refused();
    accepted();
    await change();
    await bench.settle();
    expect(await bench.statuses('payments')).toEqual({ synced: ['1', '2'] });
  });

  it('is sent again at once where a person retries', async () => {
    await refused();
    accepted('2');
    const { id } = await bench.record('payments', '2');
    await storage.stores.hints.redrive(bench.organizationId, [id], 'event');
    await bench.settle();
    expect(await bench.statuses('payments')).toEqual({ parked: ['1'], synced: ['2'] });
  });

  it('costs no reading either, of what flows both ways', async () => {
    const settings = { writeBack: true, directions: { customers: 'two-way' } } as const;
    bench = await openBench({ settings });
    await bench.listed('customers');
    bench.crm.put('customers', [customer('1')]);
    await bench.hint('customers', ['1']);
    await bench.settle();
    await bench.later(MINUTE, 'customers');
    bench.xero.refuse = () => new SyncError('validation', 'no', { code: 'REFUSED_BY_XERO' });
    bench.crm.put('customers', [customer('1', { phone: '1' })]);
    await bench.hint('customers', ['1'], 'event');
    await bench.settle();
    await swept('customers', ['1']);
    bench.xero.calls.length = 0;
    const settled = bench.xero.most.listings;
    await storage.stores.xeroCheckpoints.schedule(
      bench.organizationId,
      ['customers', 'vendors'],
      new Date(clock.now().getTime() + 24 * 60 * MINUTE),
    );
    await swept('customers', ['1']);
    expect(bench.xero.calls).toEqual([]);
    expect(bench.xero.most.listings).toBe(settled);
  });

  it('is made once more, and then left, where Xero came to another total than the CRM', async () => {
    bench = await openBench();
    bench.crm.put('customers', [customer('1')]);
    bench.crm.put('invoices', [invoice('1')]);
    bench.xero.onEncode((request) => {
      const result = encoded(definitions, request);
      return result.ok && request.entity === 'invoices'
        ? { ...result, expected: { total: '100.00' } }
        : result;
    });
    bench.xero.onWrite(
      ({ entity }) =>
        (results) =>
          results.map((result) =>
            result.state === 'accepted' && entity === 'invoices'
              ? {
                  ...result,
                  record: { ...result.record, derived: { ...result.record.derived, total: '99.99' } },
                }
              : result,
          ),
    );
    await bench.hint('invoices', ['1']);
    await bench.settle();
    expect((await bench.issues()).map(({ code }) => code)).toEqual(['XERO_TOTAL_DIFFERS']);
    for (let quarter = 0; quarter < 3; quarter += 1) await swept('invoices', ['1']);
    const made = callsOf('invoices');
    for (let quarter = 0; quarter < 4; quarter += 1) await swept('invoices', ['1']);
    expect(callsOf('invoices')).toBe(made);
    expect(await bench.statuses('invoices')).toEqual({ parked: ['1'] });
  });
});
