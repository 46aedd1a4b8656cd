import { type IssueCode, ISSUES, issueEntry, type LookedAtAgain, lookedAtAgain } from '@sync/domain';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written, xeroRecord } from '../testing/bench.js';

const CODES = Object.keys(ISSUES) as IssueCode[];
const SET_ASIDE = CODES.filter((code) => {
  const { scope, severity } = issueEntry(code);
  return severity === 'blocking' && (scope === 'record' || scope === 'mapping');
});

describe('a record that is set aside', () => {
  let database: TestDatabase;
  let bench: Bench;
  let ids = 0;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    bench = await openBench(database.url);
  });
  afterAll(async () => {
    await bench.close();
    await database.drop();
  });

  const next = () => `${(ids += 1)}`;
  const claimOne = async (crmId: string) => {
    await bench.hint('payments', [crmId]);
    return only(await bench.claim('payments'));
  };
  const dueNow = async () =>
    (await bench.claim('payments')).map(({ binding }) => binding.crmId ?? binding.xeroId);
  const sweep = async (crmId: string, runId: string | null = null) => {
    const { sweeps } = bench.storage.stores;
    const { organizationId } = bench;
    const entity = 'payments';
    const held = { holder: 'spec', ttlMs: 60_000 };
    const checkpoint = await sweeps.begin({ organizationId, entity, ...held });
    if (!checkpoint) throw new Error('a sweep is under way');
    const hints = [{ entity, crmId } as const];
    await sweeps.page({ checkpoint, ...held, cursor: 'end', hints, changed: false, runId });
    await sweeps.end({ checkpoint, holder: 'spec', full: false, nextAt: bench.clock.now() });
  };

  /** Sets a record aside with this problem, lets the one thing happen, and says whether it is due by that. */
  const DUE_BY: Record<LookedAtAgain, (code: IssueCode) => Promise<boolean>> = {
    sweep: async (code) => {
      const crmId = await parked(code);
      await sweep(crmId);
      return (await dueNow()).includes(crmId);
    },
    listing: async (code) => {
      const xeroId = `x-${next()}`;
      const { identities, hints } = bench.storage.stores;
      const { organizationId } = bench;
      await hints.hint({ organizationId, lane: 'backfill', hints: [{ entity: 'payments', xeroId }] });
      const operation = only(await bench.claim('payments'));
      await bench.settle([{ operation, kind: 'parked', code, meta: {}, label: null }]);
      await identities.absorb({
        organizationId,
        entity: 'payments',
        codecVersion: 1,
        records: [xeroRecord(xeroId)],
        freshAsOf: null,
        hints: { lane: 'backfill', pullFrom: null },
      });
      return (await dueNow()).includes(xeroId);
    },
    mapping: async (code) => {
      const crmId = await parked(code);
      const mapping = { kind: 'account', key: 'sales', label: 'Sales', value: '200' } as const;
      await bench.storage.stores.mappings.save(bench.organizationId, [
        { ...mapping, source: 'confirmed', reason: null },
      ]);
      return (await dueNow()).includes(crmId);
    },
    parent: async (code) => {
      const invoice = next();
      await bench.hint('invoices', [invoice]);
      const parent = only(await bench.claim('invoices'));
      await bench.settle([
        { operation: parent, kind: 'parked', code: 'RECORD_INVALID', meta: {}, label: null },
      ]);
      const crmId = next();
      const operation = await claimOne(crmId);
      const awaits = [{ entity: 'invoices', crmId: invoice } as const];
      await bench.settle([{ operation, kind: 'parked', code, meta: {}, label: null, awaits }]);
      await bench.hint('invoices', [invoice]);
      await bench.settle([written(only(await bench.claim('invoices')), `x-${next()}`)]);
      await bench.storage.stores.operations.redriveWaiters();
      return (await dueNow()).includes(crmId);
    },
    claim: (code) => dueByCode(code),
    approval: (code) => dueByCode(code),
    confirmation: (code) => dueByCode(code),
    choice: async (code) => {
      const crmId = next();
      const operation = await claimOne(crmId);
      const conflicts = [
        {
          field: 'date',
          crm: '1',
          xero: '2',
          crmSeenAt: bench.clock.now(),
          xeroUpdatedAt: null,
          choice: null,
        },
      ];
      await bench.settle([{ operation, kind: 'parked', code, meta: {}, label: null, conflicts }]);
      const { id } = operation.binding;
      await bench.storage.stores.conflicts.choose(bench.organizationId, id, { date: 'crm' });
      return (await dueNow()).includes(crmId);
    },
  };

  const parked = async (code: IssueCode, basis?: string) => {
    const crmId = next();
    const operation = await claimOne(crmId);
    const refusal = basis === undefined ? {} : { basis: { hash: basis, hangsOn: [] } };
    await bench.settle([{ operation, kind: 'parked', code, meta: {}, label: null, ...refusal }]);
    return crmId;
  };
  const dueByCode = async (code: IssueCode) => {
    const crmId = await parked(code);
    await bench.storage.stores.hints.redriveParked(bench.organizationId, [code]);
    return (await dueNow()).includes(crmId);
  };

  it.each(SET_ASIDE)('with %s is due again by each thing that may have ended it', async (code) => {
    const things = lookedAtAgain(code) ?? [];
    expect(things).toEqual(expect.arrayContaining(['sweep', 'listing']));
    for (const thing of things) expect([thing, await DUE_BY[thing](code)]).toEqual([thing, true]);
  });

  it('is so only with problems of records: a wider scope is tried again on a beat of its own', () => {
    const others = CODES.filter((code) => !SET_ASIDE.includes(code));
    expect(others.map(lookedAtAgain)).toEqual(others.map(() => null));
  });

  describe('since Xero refused it', () => {
    const refusedOf = async (crmId: string) =>
      only((await bench.claim('payments')).filter(({ binding }) => binding.crmId === crmId)).refused;

    it('keeps in mind what that rested on while it is merely listed', async () => {
      const crmId = await parked('REFUSED_BY_XERO', 'basis');
      await sweep(crmId);
      expect(await refusedOf(crmId)).toEqual({ hash: 'basis', at: bench.clock.now() });
    });

    it('keeps it in mind from one look to the next, with issue and time as they were', async () => {
      const crmId = await parked('REFUSED_BY_XERO', 'basis');
      const at = bench.clock.now();
      for (const round of [1, 2]) {
        bench.clock.advance(60_000);
        await sweep(crmId);
        const operation = only(await bench.claim('payments'));
        expect([round, operation.refused]).toEqual([round, { hash: 'basis', at }]);
        await bench.settle([{ operation, kind: 'still-refused' }]);
      }
      const filter = { organizationId: bench.organizationId, open: true, code: 'REFUSED_BY_XERO' } as const;
      const page = { scope: null, entity: null, cursor: null, limit: 10 };
      const all = await bench.storage.admin.records({
        organizationId: bench.organizationId,
        entity: 'payments',
        status: 'parked',
        text: null,
        cursor: null,
        limit: 1000,
      });
      const record = only(all.items.filter((one) => one.crmId === crmId));
      const { items } = await bench.storage.admin.issues({ ...filter, ...page, recordId: record.id });
      expect(only(items)).toMatchObject({ count: 1, lastSeenAt: at });
    });

    it.each([
      ['an event of the CRM', (crmId: string) => bench.hint('payments', [crmId], { lane: 'event' })],
      [
        'a retry of its code',
        () => bench.storage.stores.hints.redriveParked(bench.organizationId, ['REFUSED_BY_XERO']),
      ],
      [
        'a run that somebody asked for',
        async (crmId: string) => {
          const { organizationId } = bench;
          const request = { organizationId, mode: 'full', entities: ['payments'] } as const;
          const runId = await bench.storage.stores.runs.create(request);
          await sweep(crmId, runId);
        },
      ],
    ] as const)('forgets it by %s', async (_, happen) => {
      const crmId = await parked('REFUSED_BY_XERO', 'basis');
      await happen(crmId);
      expect(await refusedOf(crmId)).toBeNull();
    });
  });
});
