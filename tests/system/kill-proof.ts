import { waitUntil } from '@sync/testing';
import { seededRandom } from './kill-random.js';
import { secondsUntilTakenOver, slowCrm } from './kill-takeover.js';
import { killAtRandom, type KillPlan, type WorkerCrew, workerCrew } from './kill-workers.js';
import { openRedisDatabase, type RedisDatabase } from './redis-database.js';
import { expectSameBooks } from './same-books.js';
import { expectSettled } from './settled.js';
import { openStage, type Stage } from './stage.js';

/** A backfill whose workers are killed. */
export interface KillProof extends KillPlan {
  size: number;
  /** How long Xero, and the CRM, take for each call. */
  latencyMs: number;
  crmLatencyMs: number;
  takeovers: number;
  queues: 'redis' | 'postgres';
  timeoutMs: number;
}

/** Workers may be killed at any moment, and Redis may lose everything: each record is in Xero once, to the cent. */
export function proveSurvival(proof: KillProof): void {
  const { size, latencyMs, crmLatencyMs, takeovers, queues, timeoutMs } = proof;
  let redis: RedisDatabase | null = null;
  let stage: Stage;
  let crew: WorkerCrew;

  beforeAll(async () => {
    redis = queues === 'redis' ? await openRedisDatabase() : null;
    stage = await openStage({ size, worker: 'none', ...(redis ? { redisUrl: redis.url } : {}) });
    crew = workerCrew(stage);
    crew.start(2);
    await stage.confirm();
  }, 120_000);

  afterAll(async () => {
    await crew.stop();
    await stage.close();
    await redis?.close();
  }, 60_000);

  it(
    'brings everything over once, to the cent, whenever a worker dies',
    async () => {
      const random = seededRandom();
      console.info(`queues in ${queues}: KILL_SEED=${random.seed}`);
      await stage.sandbox.post('limits', { latencyMs });
      await slowCrm(stage, crmLatencyMs);
      const runId = await stage.startRun('full');
      const report = await killAtRandom(stage, crew, { ...proof, random, redis, runId });
      // Slow answers only made sure that claims were held when workers died.
      await slowCrm(stage, 0);
      await completed(stage, runId, timeoutMs);
      console.info(`${size} invoices, queues in ${queues}: ${JSON.stringify(report)}`);
      await stage.quiet(timeoutMs);
      await expectSettled(stage);
      await expectSameBooks(stage.sandbox);
    },
    timeoutMs,
  );

  it(
    'takes over, within 15 seconds, what a killed worker had claimed and not sent',
    async () => {
      await stage.sandbox.post('limits', { latencyMs: 0 });
      const seconds: number[] = [];
      for (let n = 0; n < takeovers; n += 1) {
        seconds.push(await secondsUntilTakenOver(stage, crew));
        await stage.quiet();
      }
      console.info(`queues in ${queues}: unsent claims taken over after ${seconds.join(', ')} s`);
      expect(seconds.filter((one) => one > 15)).toEqual([]);
      await expectSameBooks(stage.sandbox);
    },
    timeoutMs,
  );
}

/** A batch of which nobody knows what became of it is asked about when its call can no longer come through. */
function completed(stage: Stage, runId: string, timeoutMs: number): Promise<boolean> {
  return waitUntil(
    async () => (await stage.service.storage.admin.run(stage.organizationId, runId))?.status === 'completed',
    { timeoutMs, intervalMs: 500, what: 'the run to be completed' },
  );
}
