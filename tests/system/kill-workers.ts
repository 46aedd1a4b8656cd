import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeProcess } from '@sync/testing';
import { waitUntil } from '@sync/testing';
import type { SeededRandom } from './kill-random.js';
import { timedCalls } from './rate-calls.js';
import type { RedisDatabase } from './redis-database.js';
import type { Stage } from './stage.js';

/** A worker that does nothing for so long after a kill is killed all the same. */
const NO_SIGN_MS = 15_000;

/** Within this an answer is in the ledger, in milliseconds. */
const BOOKED_MS = 200;

/** Worker processes, of which some are killed and replaced. */
export interface WorkerCrew {
  start(count: number): void;
  /** SIGKILL to one of them or to all, and as many new ones. */
  strike(random: SeededRandom): Promise<void>;
  stop(): Promise<void>;
}

/** When to kill. */
export interface KillPlan {
  kills: number;
  /** Kills come within so many milliseconds of a writing call: while calls are made, answered and booked. */
  strikeWithinMs: number;
  /** Spare calls: what becomes of one that is cut off is only asked about a minute later. */
  betweenCalls: boolean;
}

/** What the kills came to. */
export interface KillReport {
  kills: number;
  flushes: number;
  /** Calls that were open when their worker was killed. */
  callsCutOff: number;
}

/** No workers yet. */
export function workerCrew(stage: Stage): WorkerCrew {
  let workers: NodeProcess[] = [];
  const replace = async (index: number) => {
    const [killed] = workers.splice(index, 1, stage.spawnWorker());
    await killed?.kill('SIGKILL');
  };
  return {
    start: (count) => {
      workers.push(...Array.from({ length: count }, () => stage.spawnWorker()));
    },
    strike: async (random) => {
      const victim = random.between(0, workers.length + 1);
      const victims = victim === workers.length ? workers.map((_, index) => index) : [victim];
      await Promise.all(victims.map(replace));
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
      workers = [];
    },
  };
}

/** Kills at random moments of a run that is under way, and flushes Redis at some of them. */
export async function killAtRandom(
  stage: Stage,
  crew: WorkerCrew,
  plan: KillPlan & { random: SeededRandom; redis: RedisDatabase | null; runId: string },
): Promise<KillReport> {
  const { kills, strikeWithinMs, betweenCalls, random, redis, runId } = plan;
  const flushAt = redis ? [Math.floor(kills / 3), Math.floor((2 * kills) / 3)] : [];
  const report: KillReport = { kills: 0, flushes: 0, callsCutOff: 0 };
  for (let n = 0; n < kills; n += 1) {
    await nextSign(stage, Date.now());
    await sleep(random.between(0, strikeWithinMs));
    if (betweenCalls) await noCallOpen(stage);
    const run = await stage.service.storage.admin.run(stage.organizationId, runId);
    if (run?.status !== 'queued' && run?.status !== 'running')
      throw new Error(`the run was over after ${n} kills`);
    report.callsCutOff += await openCalls(stage);
    await crew.strike(random);
    report.kills += 1;
    if (flushAt.includes(n)) {
      await redis?.flush();
      report.flushes += 1;
    }
  }
  return report;
}

/** The next writing call after this moment, if one comes in time. */
async function nextSign({ sandbox }: Stage, since: number): Promise<void> {
  const came = waitUntil(
    async () => (await timedCalls(sandbox, since)).some(({ method }) => method !== 'GET'),
    { timeoutMs: NO_SIGN_MS, intervalMs: 50, what: 'a writing call' },
  );
  await came.catch(() => undefined);
}

/** The answer of the last call has been booked as well. */
async function noCallOpen({ sandbox }: Stage): Promise<void> {
  const isBooked = async () => {
    const recent = await timedCalls(sandbox, Date.now() - 60_000);
    return recent.every(({ endedAt }) => endedAt !== null && Date.now() - endedAt > BOOKED_MS);
  };
  await waitUntil(isBooked, { timeoutMs: 30_000, intervalMs: 10, what: 'no call to be open' });
}

async function openCalls({ sandbox }: Stage): Promise<number> {
  const recent = await timedCalls(sandbox, Date.now() - 60_000);
  return recent.filter(({ endedAt }) => endedAt === null).length;
}
