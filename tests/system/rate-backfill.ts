import { writeFile } from 'node:fs/promises';
import type { NodeProcess } from '@sync/testing';
import { waitUntil } from '@sync/testing';
import { callsPerMinute, callTable, seenTraffic, timedCalls } from './rate-calls.js';
import { type MeasuredEvent, postEvents } from './rate-events.js';
import { openRedisDatabase, type RedisDatabase } from './redis-database.js';
import { expectSameBooks } from './same-books.js';
import { openStage, type Stage } from './stage.js';

/** Xero's limits for one app and organisation. */
const LIMITS = { enabled: true, minute: 60, concurrent: 5, day: 5000 };

/** A backfill within Xero's limits. */
export interface RateProof {
  /** Eligible invoices; a fifth of it customers, seven tenths payments. */
  size: number;
  /** How long Xero takes for each call. */
  latencyMs: number;
  queues: 'redis' | 'postgres';
  /** Between two events that are posted meanwhile. */
  eventPauseMs: number;
  timeoutMs: number;
}

/** Two worker processes use up what Xero allows and never more, and an event does not wait for the backfill. */
export function proveRate(proof: RateProof): void {
  const { size, latencyMs, timeoutMs } = proof;
  let redis: RedisDatabase | null = null;
  let stage: Stage;
  let workers: NodeProcess[] = [];
  let events: MeasuredEvent[] = [];

  beforeAll(async () => {
    redis = proof.queues === 'redis' ? await openRedisDatabase() : null;
    stage = await openStage({ size, worker: 'none', ...(redis ? { redisUrl: redis.url } : {}) });
    workers = [stage.spawnWorker(), stage.spawnWorker()];
    await stage.confirm();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await stage.close();
    await redis?.close();
  }, 60_000);

  it(
    'brings everything over, to the cent, and events on the way',
    async () => {
      await stage.sandbox.post('limits', { ...LIMITS, latencyMs });
      events = await backfill(stage, proof);
      await expectSameBooks(stage.sandbox);
    },
    timeoutMs,
  );

  it('has an event in Xero within 10 seconds', async () => {
    console.info(
      `events: ${events.map(({ what, seconds }) => `${what} ${seconds.toFixed(1)} s`).join(', ')}`,
    );
    expect(new Set(events.map(({ what }) => what)).size).toBe(3);
    expect(events.filter(({ seconds }) => seconds > 10)).toEqual([]);
    const xero = await stage.sandbox.ledger(true);
    expect(events.filter(({ isIn }) => !isIn(xero))).toEqual([]);
  });

  it('stays within the limits, and uses up what they allow', async () => {
    const calls = await timedCalls(stage.sandbox);
    const seen = await seenTraffic(stage.sandbox);
    const minutes = callsPerMinute(calls);
    console.info(`backfill of ${size} invoices on ${proof.queues}: ${JSON.stringify({ ...seen, minutes })}`);
    const table = process.env['RATE_TABLE'];
    if (table) await writeFile(table, callTable(calls));
    expect(seen.refused).toBe(0);
    expect(seen.maxInMinute).toBeLessThanOrEqual(60);
    expect(seen.maxOpen).toBeLessThanOrEqual(5);
    expect(minutes.filter((count) => count < 57)).toEqual([]);
  });
}

async function backfill(stage: Stage, { eventPauseMs, timeoutMs }: RateProof): Promise<MeasuredEvent[]> {
  const stop = new AbortController();
  const runId = await stage.startRun('full');
  const completed = waitUntil(
    async () => (await stage.service.storage.admin.run(stage.organizationId, runId))?.status === 'completed',
    { timeoutMs: timeoutMs - 30_000, intervalMs: 500, what: 'the backfill to end' },
  ).finally(() => stop.abort());
  const [events] = await Promise.all([
    postEvents(stage, { pauseMs: eventPauseMs, stop: stop.signal }),
    completed,
  ]);
  await stage.quiet();
  return events;
}
