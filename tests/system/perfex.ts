import { decimal, money } from '@sync/domain';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
  type PerfexDatabaseOptions,
  perfexLedger,
  type PerfexVolume,
} from '../../libs/testing/src/perfex/index.js';
import { FALLBACK_SUPPLIER } from './same-books.js';
import { resourceOf, writing } from './sandbox-control.js';
import { expectSettled, openIssues } from './settled.js';
import { BEAT_MS, openStage, type Stage, type StageOptions } from './stage.js';

/** Which Perfex is synced. Without a volume it holds one record for each case that a reader must get right. */
export interface PerfexProof {
  database: Required<Pick<PerfexDatabaseOptions, 'shape' | 'strict'>>;
  volume?: PerfexVolume;
  /** The issues that it leads to, by code. */
  issues: readonly string[];
  timeoutMs: number;
}

/** Anything but Perfex's own `tbl`. */
const PREFIX = 'crm_';

/**
 * A Perfex database is brought over to the cent, a second sync writes nothing, and a line that somebody edits is one
 * write.
 */
export function provePerfexSync({ database, volume, issues, timeoutMs }: PerfexProof): void {
  let perfex: PerfexDatabase;
  let stage: Stage;
  beforeAll(async () => {
    perfex = await createPerfexDatabase({ ...database, prefix: PREFIX, seeded: volume === undefined });
    if (volume) await fillPerfexDatabase(perfex, volume);
    stage = await openPerfexStage(perfex);
  }, timeoutMs);
  afterAll(async () => {
    await stage.close();
    await perfex.drop();
  });

  it(
    'brings every invoice over, its total, tax, paid and due equal to the cent',
    async () => {
      expect(await stage.sync('full', timeoutMs)).toMatchObject({ status: 'completed' });
      await expectPerfexBooks(stage, perfex);
      await expectSettled(stage);
      expect((await openIssues(stage)).map(({ code }) => code).toSorted()).toEqual(issues);
    },
    timeoutMs,
  );

  it(
    'writes nothing the second time',
    async () => {
      await stage.sandbox.forgetCalls();
      await stage.sync('full', timeoutMs);
      await stage.sync('incremental', timeoutMs);
      expect(writing(await stage.sandbox.calls())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'finds the edit of one line by itself, and writes that invoice',
    async () => {
      await stage.sandbox.forgetCalls();
      await amendLine(perfex);
      await stage.sync('incremental', timeoutMs);
      const writes = writing(await stage.sandbox.calls());
      expect(writes.map((call) => `${call.method} ${resourceOf(call)}`)).toEqual(['POST Invoices']);
      await expectPerfexBooks(stage, perfex);
    },
    timeoutMs,
  );
}

/** A stage whose CRM is this database. */
export function openPerfexStage(
  { reader, prefix }: Pick<PerfexDatabase, 'reader' | 'prefix'>,
  options: StageOptions = {},
): Promise<Stage> {
  return openStage({
    beatMs: BEAT_MS,
    ...options,
    crm: { kind: 'perfex', ...reader, prefix, allowPrivateAddresses: true },
    currencies: ['EUR'],
  });
}

/** Counts and sums of every entity, and each invoice, are those that SQL finds in the database. */
async function expectPerfexBooks(stage: Stage, perfex: PerfexDatabase): Promise<void> {
  const { entities } = await perfexLedger(perfex);
  const ledger = await stage.sandbox.ledger(true);
  const { customers, vendors, expenses, ...documentsOf } = entities;
  const found = Object.keys(documentsOf).map((entity) => {
    const { count, total, tax, paid, due } = ledger[entity] ?? {};
    return [entity, { count, total, tax, paid, due }];
  });
  expect(Object.fromEntries(found)).toEqual(documentsOf);
  // Who is bought from shows in Xero by its documents only, and a vendor may have none.
  const people = [...(ledger['customers']?.documents ?? []), ...(ledger['vendors']?.documents ?? [])];
  const known = people.filter(({ name }) => name !== FALLBACK_SUPPLIER);
  expect(known).toHaveLength(customers.count + vendors.count);
  const { count, total } = ledger['expenses'] ?? {};
  expect({ count, total }).toEqual(await withoutParked(stage, expenses));
  const documents = (ledger['invoices']?.documents ?? []).map(({ number, total, tax, paid, due }) => [
    number,
    { total, tax, paid, due },
  ]);
  expect(Object.fromEntries(documents)).toEqual(await invoicesOf(perfex));
}

/** What is spent in a currency for which its payment mode has no bank account stays in the CRM. */
async function withoutParked({ service, organizationId }: Stage, all: { count: number; total: string }) {
  const page = { status: 'parked', text: null, cursor: null, limit: 50 } as const;
  const { items } = await service.storage.admin.records({ organizationId, entity: 'expenses', ...page });
  const organization = await service.parts.stores.organizations.load(organizationId);
  if (!organization) throw new Error('there is no organization');
  const crm = await service.parts.crmOf(organization);
  const ids = items.map(({ crmId }) => crmId ?? '');
  const readings = await crm.read('expenses', ids, new AbortController().signal);
  const parked = readings.flatMap((reading) => (reading.state === 'found' ? [reading.record] : []));
  const total = parked.reduce((sum, record) => sum.minus(record.total), decimal(all.total));
  return { count: all.count - parked.length, total: money(total.toFixed()) };
}

async function invoicesOf({ connection, table }: PerfexDatabase): Promise<Record<string, object>> {
  const [rows] = await connection.query(
    `select concat(i.prefix, lpad(i.number, 6, '0')) as number, i.total, i.total_tax as tax,
       cast(coalesce(p.paid, 0) as decimal(15,2)) as paid,
       cast(i.total - coalesce(p.paid, 0) - coalesce(c.credited, 0) as decimal(15,2)) as due
     from ?? i left join (select invoiceid, sum(amount) as paid from ?? group by invoiceid) p on p.invoiceid = i.id
       left join (select u.invoice_id, sum(u.amount) as credited from ?? u join ?? n on n.id = u.credit_id
         where n.status <> 3 group by u.invoice_id) c on c.invoice_id = i.id
     where i.status not in (5, 6)`,
    ['invoices', 'invoicepaymentrecords', 'credits', 'creditnotes'].map(table),
  );
  const invoices = rows as { number: string; total: string; tax: string; paid: string; due: string }[];
  return Object.fromEntries(invoices.map(({ number, ...amounts }) => [number, amounts]));
}

/** Somebody rewords a line; Perfex leaves no trace of when. */
async function amendLine({ connection, table }: PerfexDatabase): Promise<void> {
  await connection.query(
    `update ?? set description = concat(description, ', amended') where rel_type = 'invoice' and rel_id = (
       select min(i.id) from ?? i where i.status = 1 and not exists (select 1 from ?? p where p.invoiceid = i.id))
     order by id limit 1`,
    [table('itemable'), table('invoices'), table('invoicepaymentrecords')],
  );
}
