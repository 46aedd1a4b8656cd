import type { ClaimedOperation, Outcome } from '@sync/engine';
import { createTestDatabase, type TestDatabase } from '@sync/testing';
import { migrateDatabase } from '../migrate.js';
import { type Bench, openBench, written } from '../testing/bench.js';

const RECORDS = 300;
const ids = Array.from({ length: RECORDS }, (_, n) => String(n));

/** A generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const shuffled = (next: () => number): string[] =>
  ids
    .map((id) => ({ id, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ id }) => id);

describe('hints, settlements and re-drives at once', () => {
  let database: TestDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrate: migrateDatabase, template: 'storage' });
    bench = await openBench(database.url, 20);
  });

  afterAll(async () => {
    await bench.close();
    await database.drop();
  });

  const outcomeOf = (operation: ClaimedOperation, next: () => number): Outcome => {
    const { crmId, entity } = operation.binding;
    const choice = next();
    if (entity === 'invoices' && choice < 0.4) {
      const parents = [String(Math.floor(next() * RECORDS * 2)), crmId ?? ''];
      return {
        operation,
        kind: 'waiting',
        parents: parents.map((id) => ({ entity: 'customers', crmId: id })),
        label: '',
        birthMark: null,
      };
    }
    if (choice < 0.6) return { operation, kind: 'parked', code: 'TAX_NOT_MAPPED', meta: {}, label: null };
    return written(operation, `${entity}-${crmId}`);
  };

  const hinter = async (seed: number) => {
    const next = random(seed);
    for (let round = 0; round < 8; round += 1) {
      const entity = next() < 0.5 ? 'customers' : 'invoices';
      await bench.hint(entity, shuffled(next), { lane: next() < 0.3 ? 'event' : 'backfill' });
    }
  };
  const settler = async (entity: 'customers' | 'invoices', seed: number) => {
    const next = random(seed);
    for (let round = 0; round < 25; round += 1) {
      const claimed = await bench.claim(entity, { limit: 40 });
      await bench.settle(claimed.map((operation) => outcomeOf(operation, next)));
    }
  };
  const redriver = async () => {
    for (let round = 0; round < 15; round += 1) {
      await bench.storage.stores.operations.redriveWaiters();
      await bench.storage.stores.hints.redriveParked(bench.organizationId, ['TAX_NOT_MAPPED']);
    }
  };

  it('never wait for each other in a ring, and lose no operation', async () => {
    const { runs } = bench.storage.stores;
    const canceller = async () => {
      for (let round = 0; round < 5; round += 1) {
        const runId = await runs.create({
          organizationId: bench.organizationId,
          entities: ['customers'],
          mode: 'full',
        });
        await bench.hint('customers', shuffled(random(round)), { runId });
        await runs.cancel(bench.organizationId, runId);
      }
    };
    await Promise.all([
      ...[1, 2, 3, 4].map(hinter),
      ...[5, 6, 7].map((seed) => settler('invoices', seed)),
      ...[8, 9].map((seed) => settler('customers', seed)),
      redriver(),
      canceller(),
    ]);
    const [stats] = await bench.query(
      'select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(stats).toEqual({ deadlocks: 0 });
    const stuck = await bench.query(
      `select b.id from binding b left join sync_operation o on o.binding_id = b.id
       where o.binding_id is null and b.status in ('pending', 'waiting')`,
    );
    expect(stuck).toEqual([]);
    const claims = await bench.query('select binding_id from sync_operation where claim_id is not null');
    expect(claims).toEqual([]);
  });
});
