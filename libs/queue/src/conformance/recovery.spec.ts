import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBell, openQueueBackend, startQueueWorker } from '../index.js';
import { eventually, WorkBench } from './bench.js';
import { openRelay } from './relay.js';
import { serversUnderTest } from './servers.js';

/** The held worker as one script, since a plain Node process reads no TypeScript. */
function heldWorkerScript(): string {
  const options = ['--bundle', '--platform=node', '--packages=external', '--log-level=error'];
  const esbuild = require.resolve('esbuild/bin/esbuild');
  return execFileSync(esbuild, [join(__dirname, 'held-worker.ts'), ...options], { encoding: 'utf8' });
}

for (const server of serversUnderTest(process.env)) {
  const describeIt = server.skipped ? describe.skip : describe;
  describeIt(`recovery on ${server.kind} ${server.skipped ?? ''}`, () => {
    let bench: WorkBench;
    let script: string;
    const endings: (() => unknown)[] = [];
    beforeAll(async () => {
      bench = await WorkBench.open(server);
      script = heldWorkerScript();
    });
    afterEach(async () => {
      for (const end of endings.splice(0).reverse()) await end();
      await bench.clear();
    });
    afterAll(() => bench.close());

    async function processThatHoldsAJob(): Promise<ChildProcess> {
      const child = spawn(process.execPath, ['-e', script, JSON.stringify(bench.space.place)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      endings.push(() => child.kill('SIGKILL'));
      await once(child.stdout, 'data');
      return child;
    }

    it('runs the job of a killed process again within 15 s', async () => {
      await bench.ring('org-1');
      const child = await processThatHoldsAJob();
      child.kill('SIGKILL');
      const killedAt = Date.now();
      await bench.work('invoices', async ({ organizationId }) => ({ organizationId }));
      const job = await eventually(
        async () => (await bench.backend.queue('invoices').getCompleted())[0],
        15_000,
      );
      expect(Date.now() - killedAt).toBeLessThan(15_000);
      expect(job.stalledCounter).toBe(1);
    });

    it('asks a run to stop that has lost its lock', async () => {
      const stopped: unknown[] = [];
      await bench.work('invoices', async ({ signal }) => {
        await bench.space.lose();
        await once(signal, 'abort');
        return { n: stopped.push(signal.reason) };
      });
      await bench.ring('org-1');
      expect(await eventually(async () => stopped[0], 12_000)).toBe('lock lost');
    });

    it('says not-rung while the server is away, and goes on when it is back', async () => {
      const { redisUrl, databaseUrl, prefix } = bench.space.place;
      const relay = await openRelay(redisUrl ?? databaseUrl ?? '');
      endings.push(() => relay.cut());
      const url = redisUrl ? { redisUrl: relay.url } : { databaseUrl: relay.url };
      const { logger } = bench;
      const backend = await openQueueBackend({ ...url, prefix, workers: 1, logger });
      endings.push(() => backend.close());
      const bell = createBell({ backend, logger });
      const ran: string[] = [];
      const worker = startQueueWorker({
        backend,
        queue: 'invoices',
        concurrency: 1,
        logger,
        handler: async ({ organizationId }) => ({ n: ran.push(organizationId) }),
      });
      endings.push(() => worker.close({ deadlineMs: 1_000 }));
      await worker.ready();
      const ring = (organizationId: string) =>
        bell.ring({
          queue: 'invoices',
          organizationId,
          organizationName: 'Acme Ltd',
          label: 'invoices',
          priority: 'event',
        });
      await relay.cut();
      await expect(backend.ping()).rejects.toThrow();
      expect(await ring('org-1')).toBe('not-rung');
      await sleep(3_000);
      await relay.restore();
      const backAt = Date.now();
      await eventually(async () => ((await ring('org-2')) === 'not-rung' ? undefined : true));
      await eventually(async () => ran[0]);
      expect(Date.now() - backAt).toBeLessThan(10_000);
      // A line a second or so, and no storm of them.
      expect(bench.logged.length).toBeLessThan(40);
    });
  });
}
