import type { ClaimedOperation, Outcome } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, only, openBench, written } from '../testing/bench.js';

describe('waiting for parents', () => {
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

  const claimed = async (entity: Entity, crmId: string, lane: 'event' | 'backfill' = 'backfill') => {
    await bench.hint(entity, [crmId], { lane });
    const all = await bench.claim(entity);
    const others = all.filter(({ binding }) => binding.crmId !== crmId);
    await bench.storage.stores.operations.release(bench.organizationId, others);
    return only(all.filter(({ binding }) => binding.crmId === crmId));
  };
  const waitsFor = (operation: ClaimedOperation, ...parents: [Entity, string][]): Outcome => ({
    operation,
    kind: 'waiting',
    parents: parents.map(([entity, crmId]) => ({ entity, crmId })),
    label: 'INV-1',
    birthMark: null,
  });
  const parked = (
    operation: ClaimedOperation,
    change: Partial<Extract<Outcome, { kind: 'parked' }>> = {},
  ): Outcome => ({
    operation,
    kind: 'parked',
    code: 'CUSTOMER_NAME_MISSING',
    meta: {},
    label: null,
    ...change,
  });
  const redrive = () => bench.storage.stores.operations.redriveWaiters();

  it('makes the parents due in the lane of the child, and wakes the child once they are bound', async () => {
    const invoice = await claimed('invoices', 'i1', 'event');
    await bench.settle([waitsFor(invoice, ['customers', 'c1'], ['items', 't1'])]);
    const record = await bench.storage.admin.record(bench.organizationId, invoice.binding.id);
    expect(record).toMatchObject({ status: 'waiting', reason: 'customers c1, items t1', label: 'INV-1' });
    const customer = only(await bench.claim('customers', { lanes: ['event'] }));
    expect(await redrive()).toBe(0);
    await bench.settle([written(customer, 'x-c1')]);
    expect(await redrive()).toBe(0);
    await bench.settle([written(only(await bench.claim('items')), 'x-t1')]);
    expect(await redrive()).toBe(1);
    expect(only(await bench.claim('invoices')).lane).toBe('event');
  });

  it('lets the child go on at once when its parent settles between the decision and the wait', async () => {
    const customer = await claimed('customers', 'c1');
    const invoice = await claimed('invoices', 'i1');
    await bench.settle([written(customer, 'x-c1')]);
    await bench.settle([waitsFor(invoice, ['customers', 'c1'])]);
    expect(await bench.claim('customers')).toEqual([]);
    expect(await bench.claim('invoices')).toHaveLength(1);
  });

  it('never leaves a child asleep when parent and child settle at the same moment', async () => {
    const rounds = Array.from({ length: 25 }, (_, n) => `r${n}`);
    for (const id of rounds) {
      const customer = await claimed('customers', id);
      const invoice = await claimed('invoices', id);
      await Promise.all([
        bench.settle([written(customer, id)]),
        bench.settle([waitsFor(invoice, ['customers', id])]),
      ]);
    }
    await redrive();
    const looked = await bench.claim('customers');
    await bench.settle(
      looked.map((operation) => ({
        operation,
        kind: 'unchanged',
        warnings: [],
        label: 'l',
        lookAgainAt: null,
      })),
    );
    await redrive();
    expect(await bench.claim('invoices')).toHaveLength(rounds.length);
  });

  it('tells the child when the parent is set aside, so that it can say so itself', async () => {
    const invoice = await claimed('invoices', 'i1');
    await bench.settle([waitsFor(invoice, ['customers', 'c1'])]);
    await bench.settle([parked(only(await bench.claim('customers')))]);
    expect(await redrive()).toBe(1);
    const { stores } = bench.storage;
    const states = await stores.operations.parents(bench.organizationId, [
      { entity: 'customers', crmId: 'c1' },
    ]);
    expect(states).toMatchObject([{ status: 'parked', live: false, issueCode: 'CUSTOMER_NAME_MISSING' }]);
  });

  it('asks for another look at a parent that was set aside before the child was decided', async () => {
    await bench.settle([parked(await claimed('customers', 'c1'))]);
    bench.clock.advance(1000);
    await bench.settle([waitsFor(await claimed('invoices', 'i1'), ['customers', 'c1'])]);
    expect(await bench.claim('invoices')).toEqual([]);
    expect(await bench.claim('customers')).toHaveLength(1);
  });

  it('wakes what was parked for the sake of a parked parent, once that one is bound', async () => {
    await bench.settle([parked(await claimed('customers', 'c1'))]);
    const awaits = [{ entity: 'customers', crmId: 'c1' }] as const;
    await bench.settle([parked(await claimed('invoices', 'i1'), { code: 'PARENT_NOT_SYNCED', awaits })]);
    expect(await redrive()).toBe(0);
    const customer = await claimed('customers', 'c1');
    expect(await redrive()).toBe(0);
    await bench.settle([written(customer, 'x-c1')]);
    expect(await redrive()).toBe(1);
    expect(await redrive()).toBe(0);
  });

  it('waits for a parent that is linked but has something due: it may be another record tomorrow', async () => {
    await bench.settle([written(await claimed('customers', 'c1'), 'x-c1')]);
    const invoice = await claimed('invoices', 'i1');
    await bench.hint('customers', ['c1']);
    await bench.settle([waitsFor(invoice, ['customers', 'c1'])]);
    expect(await redrive()).toBe(0);
    expect(await bench.claim('invoices')).toEqual([]);
    await bench.settle([written(only(await bench.claim('customers')), 'x-c1')]);
    expect(await redrive()).toBe(1);
  });

  it('does not spin: children of a parent that waits itself leave it to its own parents', async () => {
    await bench.settle([waitsFor(await claimed('invoices', 'i1'), ['customers', 'c1'])]);
    await bench.settle([waitsFor(await claimed('payments', 'p1'), ['invoices', 'i1'])]);
    expect(await bench.claim('invoices')).toEqual([]);
    await bench.settle([waitsFor(await claimed('payments', 'p2', 'event'), ['invoices', 'i1'])]);
    expect(only(await bench.claim('invoices')).lane).toBe('event');
  });

  it('does not shorten the pause of a parent that is tried again later', async () => {
    const dueAt = new Date(bench.clock.now().getTime() + 60_000);
    const customer = await claimed('customers', 'c1');
    await bench.settle([{ operation: customer, kind: 'again', dueAt, reason: 'slow', free: false }]);
    await bench.settle([waitsFor(await claimed('invoices', 'i1'), ['customers', 'c1'])]);
    expect(await bench.claim('customers')).toEqual([]);
    bench.clock.advance(60_000);
    expect(only(await bench.claim('customers')).attempts).toBe(1);
  });

  it('re-drives after a mapping was saved: what lacked it, and who waited for that', async () => {
    await bench.settle([parked(await claimed('taxes', 't1'), { code: 'TAX_NOT_MAPPED' })]);
    await bench.settle([parked(await claimed('invoices', 'i1'), { code: 'PARENT_NOT_SYNCED' })]);
    await bench.settle([parked(await claimed('customers', 'c1'))]);
    await bench.storage.stores.mappings.save(bench.organizationId, [
      { kind: 'tax', key: 't1', label: 'VAT', value: 'OUTPUT2', source: 'suggested', reason: null },
    ]);
    expect(await bench.claim('taxes')).toHaveLength(1);
    expect(await bench.claim('invoices')).toHaveLength(1);
    expect(await bench.claim('customers')).toEqual([]);
  });
});
