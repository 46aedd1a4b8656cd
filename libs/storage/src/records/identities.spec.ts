import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import type { XeroRecord } from '@sync/engine';
import { migrateDatabase } from '../migrate.js';
import { CANDIDATES } from './identities.js';
import { type Bench, only, openBench, xeroRecord } from '../testing/bench.js';

describe('identity keys', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
  });

  afterAll(async () => {
    await database.drop();
  });

  beforeEach(async () => {
    bench = await openBench(database.url);
  });

  afterEach(async () => {
    await bench.close();
  });

  const absorb = (records: XeroRecord[], freshAsOf: Date | null = null) =>
    bench.storage.stores.identities.absorb({
      organizationId: bench.organizationId,
      entity: 'customers',
      codecVersion: 1,
      records,
      freshAsOf,
    });
  const candidates = async (keys: Partial<XeroRecord['keys']>, organizationId = bench.organizationId) => {
    const wanted = xeroRecord('', keys).keys;
    const found = await bench.storage.stores.identities.candidates(organizationId, 'customers', [wanted]);
    return found.map(({ xeroId }) => xeroId);
  };

  it.each([
    ['marker', { marker: 'm1' }, { marker: 'm1' }],
    ['number, whatever its case', { number: 'INV-1' }, { number: 'inv-1' }],
    ['name, whatever its case', { name: 'Acme Ltd' }, { name: 'ACME LTD' }],
    ['e-mail', { email: 'A@b.example' }, { email: 'a@B.example' }],
    ['tax number, however written', { taxNumber: 'GB 123-45' }, { taxNumber: 'gb12345' }],
    ['parent and total', { parentXeroId: 'p', total: '9.00' }, { parentXeroId: 'p', total: '9.00' }],
  ])('find a record by its %s', async (_, keys, wanted) => {
    await absorb([xeroRecord('x1', keys), xeroRecord('x2', { name: 'somebody else' })]);
    expect(await candidates(wanted)).toEqual(['x1']);
  });

  it.each([
    ['nothing at all', {}],
    ['a tax number without a letter or digit', { taxNumber: ' - ' }],
    ['a parent alone', { parentXeroId: 'p' }],
    ['another total', { parentXeroId: 'p', total: '9.01' }],
  ])('find nothing by %s', async (_, wanted) => {
    await absorb([xeroRecord('x1', { taxNumber: '-', parentXeroId: 'p', total: '9.00' })]);
    expect(await candidates(wanted)).toEqual([]);
  });

  it('belong to one organization', async () => {
    await absorb([xeroRecord('x1', { name: 'Acme' })]);
    const stranger = await bench.another();
    expect(await candidates({ name: 'Acme' }, stranger.id)).toEqual([]);
  });

  it('come back whole, with a date that no time zone shifts', async () => {
    const record: XeroRecord = {
      ...xeroRecord('x1', { number: '1', currency: 'GBP', date: '2026-03-29', total: '10.10' }),
      derived: { status: 'voided', total: '10.10' },
      updatedAt: new Date('2026-04-01T10:00:00.123Z'),
    };
    await absorb([record]);
    const { identities } = bench.storage.stores;
    const found = only(await identities.candidates(bench.organizationId, 'customers', [record.keys]));
    expect(found).toEqual({ ...record, live: false, boundCrmIds: [], markedByUs: false });
  });

  it('tell a marker of ours from one of another installation or of a lost database', async () => {
    await bench.hint('payments', ['7']);
    const ours = only(await bench.claim('payments')).binding.id;
    const { identities } = bench.storage.stores;
    const { organizationId } = bench;
    const keys = { parentXeroId: 'i1', total: '5.00' };
    const records = [
      xeroRecord('x1', { ...keys, marker: `${ours}.2` }),
      xeroRecord('x2', { ...keys, marker: '0197f0a0-0000-7000-8000-000000000009' }),
    ];
    await identities.absorb({
      organizationId,
      entity: 'payments',
      codecVersion: 1,
      records,
      freshAsOf: null,
    });
    const found = await identities.candidates(organizationId, 'payments', [
      records[0]?.keys ?? xeroRecord('x').keys,
    ]);
    expect(Object.fromEntries(found.map(({ xeroId, markedByUs }) => [xeroId, markedByUs]))).toEqual({
      x1: true,
      x2: false,
    });
  });

  it('tell which records are archived, voided or deleted', async () => {
    const derived = (status: XeroRecord['derived']['status']) => ({ derived: { status } });
    await absorb([
      xeroRecord('live'),
      { ...xeroRecord('archived'), ...derived('archived') },
      { ...xeroRecord('voided'), ...derived('voided') },
      { ...xeroRecord('another'), ...derived('deleted') },
    ]);
    const { identities } = bench.storage.stores;
    const dead = await identities.dead(bench.organizationId, 'customers', [
      'live',
      'archived',
      'voided',
      'unheard',
    ]);
    expect(dead.toSorted()).toEqual(['archived', 'voided']);
  });

  it('that a reading of all that belongs to something did not hold are gone, and nobody else', async () => {
    const { identities } = bench.storage.stores;
    const { organizationId } = bench;
    const step = { organizationId, entity: 'credit-applications', codecVersion: 1, freshAsOf: null } as const;
    const hints = { lane: 'event', pullFrom: null } as const;
    const [kept, gone, late, other] = ['kept', 'gone', 'late', 'other'].map((id) =>
      xeroRecord(id, { parentXeroId: id === 'other' ? 'note-2' : 'note-1' }),
    ) as [XeroRecord, XeroRecord, XeroRecord, XeroRecord];
    await identities.absorb({ ...step, records: [kept, gone, other] });
    bench.clock.advance(1000);
    const askedAt = bench.clock.now();
    bench.clock.advance(1000);
    // Made while the reading was under way.
    await identities.absorb({ ...step, records: [late] });
    await identities.absorb({ ...step, records: [kept], hints, wholeOf: { parentIds: ['note-1'], askedAt } });
    const ids = ['kept', 'gone', 'late', 'other'];
    expect(await identities.dead(organizationId, 'credit-applications', ids)).toEqual(['gone']);
  });

  it('take a marker of any form for what it is', async () => {
    const markers = ['INV-7 / 2', '0197f0a0', '', '.2', '0197f0a0-0000-7000-8000-00000000000g'];
    await absorb(markers.map((marker, n) => xeroRecord(`x${n}`, { marker, name: 'Acme' })));
    expect(await candidates({ name: 'acme' })).toHaveLength(markers.length);
    const { identities } = bench.storage.stores;
    const ids = markers.map((_, n) => `x${n}`);
    const copies = await identities.copies(bench.organizationId, 'customers', ids);
    expect(copies.map(({ markedBy }) => markedBy)).toEqual(markers.map(() => null));
  });

  it('find the binding that a marker names by its id, however many there are', async () => {
    const client = new Client({ connectionString: database.url, options: '-c enable_seqscan=off' });
    await client.connect();
    try {
      const wanted = JSON.stringify([xeroRecord('x', { number: '1' }).keys]);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${CANDIDATES}`, [
        bench.organizationId,
        'invoices',
        wanted,
      ]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/using binding_pkey on binding m .*\n\s*Index Cond: \(id = /);
    } finally {
      await client.end();
    }
  });

  it('are not replaced by an older reading', async () => {
    const at = (iso: string, name: string) => ({ ...xeroRecord('x1', { name }), updatedAt: new Date(iso) });
    await absorb([at('2026-04-02T00:00:00Z', 'new name')]);
    await absorb([at('2026-04-01T00:00:00Z', 'old name')]);
    expect(await candidates({ name: 'new name' })).toEqual(['x1']);
    expect(await candidates({ name: 'old name' })).toEqual([]);
  });

  it('know how fresh they are, which only a complete reading tells and none takes back', async () => {
    const { identities } = bench.storage.stores;
    const freshness = () => identities.freshness(bench.organizationId, 'customers');
    const later = new Date('2026-05-02T00:00:00Z');
    expect(await freshness()).toBeNull();
    await absorb([xeroRecord('x1')]);
    expect(await freshness()).toBeNull();
    await absorb([], later);
    await absorb([], new Date('2026-05-01T00:00:00Z'));
    await absorb([xeroRecord('x2')]);
    expect(await freshness()).toEqual(later);
  });
});
