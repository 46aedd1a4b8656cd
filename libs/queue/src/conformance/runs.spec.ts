import { queueCatalogue } from '../index.js';
import { eventually, WorkBench } from './bench.js';
import { serversUnderTest } from './servers.js';

for (const server of serversUnderTest(process.env)) {
  const describeIt = server.skipped ? describe.skip : describe;
  describeIt(`runs on ${server.kind} ${server.skipped ?? ''}`, () => {
    let bench: WorkBench;
    beforeAll(async () => {
      bench = await WorkBench.open(server);
    });
    afterEach(() => bench.clear());
    afterAll(() => bench.close());

    const queue = () => bench.backend.queue('invoices');
    const theOnly = (state: 'completed' | 'failed' | 'delayed' | 'active') =>
      eventually(async () => (await queue().getJobs([state]))[0]);

    it('shows what happened: log lines, progress, and the return value', async () => {
      await bench.work('invoices', async ({ log, progress }) => {
        await log('12 invoices due');
        await progress({ done: 12, of: 12 });
        return { outcome: 'drained', written: 12 };
      });
      await bench.ring('org-1');
      const job = await theOnly('completed');
      expect(job.returnvalue).toEqual({ outcome: 'drained', written: 12 });
      expect(job.progress).toEqual({ done: 12, of: 12 });
      expect((await queue().getJobLogs(job.id ?? '')).logs).toEqual(['12 invoices due']);
    });

    it('runs a delayed job at its time, having spent no attempt', async () => {
      const started: number[] = [];
      const until = Date.now() + 700;
      await bench.work('invoices', async ({ delayUntil }) => {
        started.push(Date.now());
        return started.length < 2 ? delayUntil(until) : {};
      });
      await bench.ring('org-1');
      expect((await theOnly('delayed')).attemptsMade).toBe(0);
      const job = await theOnly('completed');
      expect(job.attemptsMade).toBe(1);
      expect(started).toHaveLength(2);
      expect(started[1]).toBeGreaterThanOrEqual(until);
      expect(started[1]).toBeLessThan(until + 1_500);
      expect(bench.logged.filter((line) => line.level !== 'info')).toEqual([]);
    });

    it('leaves a delayed job delayed when it is rung for again', async () => {
      await bench.work('invoices', ({ delayUntil }) => delayUntil(Date.now() + 60_000));
      await bench.ring('org-1', 'backfill');
      await theOnly('delayed');
      expect(await bench.ring('org-1', 'event')).toBe('raised');
      const job = await theOnly('delayed');
      expect(job.delay).toBeGreaterThan(50_000);
      expect(await queue().getJobCountByTypes('prioritized', 'waiting', 'active')).toBe(0);
    });

    it('delays even if the handler swallows what delayUntil rejects with', async () => {
      const swallowed: unknown[] = [];
      await bench.work('invoices', async ({ delayUntil }) => {
        await delayUntil(Date.now() + 60_000).catch((err: unknown) => swallowed.push(err));
        return {};
      });
      await bench.ring('org-1');
      await eventually(async () => swallowed[0]);
      expect((await theOnly('delayed')).failedReason).toBeFalsy();
    });

    it('tries a failed job again later, at most five times, and keeps secrets of the error to the log', async () => {
      await bench.work('invoices', async () => {
        throw Object.assign(new Error('password hunter2 of Jane Doe refused'), { kind: 'auth' });
      });
      await bench.ring('org-1');
      const job = await theOnly('delayed');
      expect(job.attemptsMade).toBe(1);
      expect(job.opts.attempts).toBe(5);
      expect(job.delay).toBeGreaterThanOrEqual(1_000);
      const shown = JSON.stringify(job);
      expect(shown).not.toMatch(/hunter2|Jane/);
      const logged = bench.logged.find((line) => line.level === 'error')?.fields;
      expect(logged).toMatchObject({ err: { message: 'password hunter2 of Jane Doe refused' } });
      expect(job.failedReason).toBe(`auth: see log ${(logged as { correlationId: string }).correlationId}`);
    });

    it.each([new Error('x'), Object.assign(new Error('x'), { kind: 'Jane Doe' }), 'a thrown string'])(
      'calls an error without a kind of ours unexpected (%s)',
      async (thrown) => {
        await bench.work('invoices', () => Promise.reject(thrown));
        await bench.ring('org-1');
        expect((await theOnly('delayed')).failedReason).toMatch(/^unexpected: see log [0-9a-f-]{36}$/);
      },
    );

    it('runs a failed job again when a person asks for it', async () => {
      let broken = true;
      await bench.work('invoices', async () => {
        if (broken) throw new Error('database away');
        return { outcome: 'drained' };
      });
      await queue().add(
        'Acme Ltd · invoices',
        { v: 1, organizationId: 'org-1' },
        { priority: 1, attempts: 1 },
      );
      const failed = await theOnly('failed');
      broken = false;
      await failed.retry();
      expect((await theOnly('completed')).returnvalue).toEqual({ outcome: 'drained' });
    });

    it('makes a new job for a ring after a failed one', async () => {
      await bench.work('invoices', () => Promise.reject(new Error('database away')));
      await bench.ring('org-1');
      const job = await theOnly('delayed');
      for (let attempt = 1; attempt < 5; attempt += 1) {
        await eventually(async () => ((await job.getState()) === 'delayed' ? true : undefined));
        await job.promote();
        await eventually(async () =>
          ((await queue().getJob(job.id ?? ''))?.attemptsMade ?? 0) > attempt ? true : undefined,
        );
      }
      await theOnly('failed');
      expect(await bench.ring('org-1')).toBe('rung');
    });

    it('leaves a payload of another version to another release', async () => {
      const handled: unknown[] = [];
      await bench.work('invoices', async ({ payload }) => ({ n: handled.push(payload) }));
      await queue().add('Acme Ltd · invoices', { v: 2, tenant: 'org-1' }, { priority: 1 });
      const job = await theOnly('delayed');
      expect(job.attemptsMade).toBe(0);
      expect(job.data).toEqual({ v: 2, tenant: 'org-1' });
      expect(handled).toEqual([]);
    });

    it('fails at once what is no payload, and says which field without its value', async () => {
      const handled: unknown[] = [];
      await bench.work('invoices', async ({ payload }) => ({ n: handled.push(payload) }));
      const data = { v: 1, organizationId: 'Jane Doe' };
      await queue().add('Acme Ltd · invoices', data, { priority: 1, attempts: 5 });
      expect((await theOnly('failed')).failedReason).toBe('not a payload of invoices: organizationId');
      expect(handled).toEqual([]);
    });

    it('keeps on working when the queue loses a job under way', async () => {
      const finished: string[] = [];
      await bench.work('invoices', async ({ organizationId, log, progress }) => {
        if (organizationId === 'org-1') await bench.space.lose();
        await log('after the loss');
        await progress(100);
        return { n: finished.push(organizationId) };
      });
      await bench.ring('org-1');
      await eventually(async () => finished[0]);
      await bench.ring('org-2');
      await eventually(async () => finished[1]);
      expect(finished).toEqual(['org-1', 'org-2']);
    });

    it('closes gracefully: the signal asks the job to end, and its result is kept', async () => {
      const worker = await bench.work('invoices', async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { outcome: 'stopped early' };
      });
      expect(await bench.ring('org-1')).toBe('rung');
      await eventually(async () => worker.running() || undefined);
      await worker.close({ deadlineMs: 5_000 });
      expect((await theOnly('completed')).returnvalue).toEqual({ outcome: 'stopped early' });
    });

    it('closes at the deadline though a job does not end', async () => {
      let release = () => {};
      const worker = await bench.work('invoices', async () => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return {};
      });
      expect(await bench.ring('org-1')).toBe('rung');
      await eventually(async () => worker.running() || undefined);
      const before = Date.now();
      await worker.close({ deadlineMs: 300 });
      expect(Date.now() - before).toBeLessThan(2_000);
      release();
    });

    it('keeps the last thousand finished jobs, completed ones for a day', () => {
      const { removeOnComplete, removeOnFail } = queueCatalogue.invoices.options;
      expect(removeOnComplete).toEqual({ age: 86_400, count: 1_000 });
      expect(removeOnFail).toEqual({ count: 1_000 });
    });
  });
}
