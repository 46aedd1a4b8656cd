import type { ClaimedOperation, Outcome } from '@sync/engine';
import { migrateDatabase } from '@sync/storage';
import { type Bench, openBench, written } from '@sync/storage/dist/testing/bench.js';
import { createTestDatabase } from '@sync/testing';
import { type Benchmark, elapsedMs, type Sample } from './benchmark.js';
import { percentile } from './measure.js';

const HINTED = 20_000;
const WAITING = 5000;
const PARENTS = 100;
const BATCH = 50;

/** The ledger on a real Postgres, through the stores that the service uses; each round on an empty database. */
export const ledger: Benchmark = {
  about: 'hint 20,000 records, claim and settle 50, due(), redriveWaiters with 5,000 waiting, on Postgres',
  rounds: 3,
  needs: ['postgres'],
  open: () =>
    Promise.resolve({
      round: () => onFreshDatabase((bench) => measureLedger(bench, HINTED)),
      warmUp: async () => void (await onFreshDatabase((bench) => measureLedger(bench, WAITING))),
    }),
};

async function onFreshDatabase<Result>(work: (bench: Bench) => Promise<Result>): Promise<Result> {
  const database = await createTestDatabase({ migrate: migrateDatabase });
  const bench = await openBench(database.url);
  try {
    return await work(bench);
  } finally {
    await bench.close();
    await database.drop();
  }
}

async function measureLedger(bench: Bench, size: number): Promise<Sample[]> {
  const ids = Array.from({ length: size }, (_, n) => String(n));
  const of = size.toLocaleString('en-US');
  const { operations } = bench.storage.stores;
  return [
    {
      figure: `hint ${of} new records`,
      value: await elapsedMs(() => bench.hint('invoices', ids)),
      unit: 'ms',
    },
    {
      figure: `hint the same ${of} again`,
      value: await elapsedMs(() => bench.hint('invoices', ids)),
      unit: 'ms',
    },
    { figure: `due() with ${of} due`, value: await median(10, () => operations.due()), unit: 'ms' },
    ...(await claimAndSettle(bench)),
    ...(await redrive(bench)),
  ];
}

/** What a writing call with 50 invoices costs the database, before and after. */
async function claimAndSettle(bench: Bench): Promise<Sample[]> {
  const [claims, settlements]: [number[], number[]] = [[], []];
  for (let time = 0; time < 20; time += 1) {
    let claimed: ClaimedOperation[] = [];
    claims.push(
      await elapsedMs(async () => void (claimed = await bench.claim('invoices', { limit: BATCH }))),
    );
    settlements.push(
      await elapsedMs(() => bench.settle(claimed.map((each) => written(each, `x-${each.binding.id}`)))),
    );
  }
  return [
    { figure: `claim ${BATCH}`, value: percentile(claims, 50), unit: 'ms' },
    { figure: `settle ${BATCH} as written`, value: percentile(settlements, 50), unit: 'ms' },
  ];
}

async function redrive(bench: Bench): Promise<Sample[]> {
  const { operations } = bench.storage.stores;
  await putToWait(bench);
  const waiting = WAITING.toLocaleString('en-US');
  const none = await median(5, () => operations.redriveWaiters());
  await settleParents(bench);
  let woken = 0;
  const all = await elapsedMs(async () => void (woken = await operations.redriveWaiters()));
  return [
    { figure: `redriveWaiters, ${waiting} waiting, none ready`, value: none, unit: 'ms' },
    { figure: `redriveWaiters, ${waiting} waiting, all ready`, value: all, unit: 'ms' },
    { figure: 'woken by it', value: woken, unit: 'operations' },
  ];
}

/** Payments, each waiting for one of a hundred customers that nobody has heard of yet. */
async function putToWait(bench: Bench): Promise<void> {
  await bench.hint(
    'payments',
    Array.from({ length: WAITING }, (_, n) => String(n)),
  );
  for (let done = 0; done < WAITING; done += 500) {
    const claimed = await bench.claim('payments', { limit: 500 });
    await bench.settle(claimed.map(waitsForParent));
  }
}

function waitsForParent(operation: ClaimedOperation): Outcome {
  const crmId = `parent-${Number(operation.binding.crmId) % PARENTS}`;
  return {
    operation,
    kind: 'waiting',
    parents: [{ entity: 'customers', crmId }],
    label: '',
    birthMark: null,
  };
}

async function settleParents(bench: Bench): Promise<void> {
  const parents = await bench.claim('customers', { limit: PARENTS });
  await bench.settle(parents.map((each) => written(each, `x-${each.binding.id}`)));
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push(await elapsedMs(work));
  return percentile(taken, 50);
}
